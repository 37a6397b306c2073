"""What the person follows after filing: journal, messages, corrections, letters."""
