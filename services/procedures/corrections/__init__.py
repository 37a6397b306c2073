"""What the service asks the person to correct or to add, and the answer."""
