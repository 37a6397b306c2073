"""A sample partner organisation's site: it answers, is slow, or is down, on demand."""
