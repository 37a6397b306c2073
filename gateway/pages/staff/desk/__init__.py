"""The desk: agents' queues, one request and what is done to it, figures (REQ-07)."""
