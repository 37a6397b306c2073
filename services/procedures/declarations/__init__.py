"""The declaration of honour that a person certifies, kept exactly as it was shown."""
