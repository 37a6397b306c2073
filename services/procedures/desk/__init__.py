"""The staff's desk: queues, search, opening, actions, notes, counter entry (REQ-07)."""
