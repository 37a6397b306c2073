"""The end of drafts that nobody comes back to: announced, then applied."""
