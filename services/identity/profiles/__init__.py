"""The data that a person chose to keep in the account (ACC-04)."""
