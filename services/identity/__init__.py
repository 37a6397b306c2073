"""Identity service: who a person is, and the proof of it."""
