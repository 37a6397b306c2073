"""Requests: begun as drafts, filed once, followed to their decision."""
