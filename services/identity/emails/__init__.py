"""Changing the e-mail of an account, confirmed at both addresses."""
