"""What the service holds for an account: its requests, its copy of them, its erasure."""
