"""Who accepted which text, when, and the receipt that proves it."""
