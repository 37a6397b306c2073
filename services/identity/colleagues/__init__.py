"""Who works for a service: colleagues for one another, and where each is written to (REQ-07)."""
