"""The catalogue of online procedures."""
