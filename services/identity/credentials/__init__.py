"""Passwords, and signing in with them."""
