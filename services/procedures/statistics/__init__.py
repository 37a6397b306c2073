"""Figures on decided requests, which survive the erasure of what they count (REQ-11)."""
