"""The legal texts, version by version."""
