"""Signing in, and what an account shows."""
