"""The head of the audit trail, made public each day."""
