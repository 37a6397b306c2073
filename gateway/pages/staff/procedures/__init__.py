"""Staff amend the procedures: drafts, forms without YAML, preview, second person (CAT-06)."""
