"""Online forms: their definition, the cleaning of answers and how answers are shown."""
