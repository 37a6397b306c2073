"""Destruction of personal data at the announced day after the decision (REQ-09)."""
