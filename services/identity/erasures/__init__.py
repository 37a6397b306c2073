"""Erasing accounts: at once, later, for want of use, and again after a restore (DAT-03, DAT-06)."""
