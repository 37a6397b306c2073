"""Accounts and the personal data that they keep, sealed."""
