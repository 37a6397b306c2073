"""A mail that tells a member of staff what waits, on the days that he chose (REQ-07, REQ-09)."""
