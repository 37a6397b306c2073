"""A form amended while drafts of it are under way: told field by field, then accepted (CAT-07)."""
