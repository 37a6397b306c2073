"""The legal texts."""
