"""Freezing an account whose use was not its owner's (ACC-07)."""
