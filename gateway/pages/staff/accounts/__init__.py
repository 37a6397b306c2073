"""Accounts and the rights over personal data, in the hands of staff."""
