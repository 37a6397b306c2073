"""Filing: the moment when a draft becomes a request, exactly once (REQ-03, REQ-04, REQ-05)."""
