"""Legal service: the texts that bind both sides, and the proof that they were accepted."""
