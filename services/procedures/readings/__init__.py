"""Who opened a request and when (REQ-10, DAT-04)."""
