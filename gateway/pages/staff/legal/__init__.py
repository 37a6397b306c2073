"""Staff amend the legal texts: draft, second person, schedule, history (LEG-03)."""
