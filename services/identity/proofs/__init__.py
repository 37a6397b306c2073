"""Secrets that are good once, for one purpose, for a while."""
