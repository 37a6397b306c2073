"""What happened to an account, shown to its owner."""
