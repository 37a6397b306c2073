"""What staff do with accounts: search, read, suspend, terminate, reinstate (ACC-08)."""
