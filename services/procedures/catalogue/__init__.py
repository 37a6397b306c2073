"""The catalogue of online procedures: definitions, versions, search and the public views."""
