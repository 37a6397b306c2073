"""Business applications are told of each step: signed, retried, logged, replayed."""
