"""Recovering a lost password or identifier by e-mail, and a frozen account."""
