"""Amendments that staff write, and that a second person publishes."""
