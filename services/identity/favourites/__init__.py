"""Pinned procedures (ACC-06)."""
