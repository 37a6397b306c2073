"""The link by mail that brings a person without account back to a draft (SES-03)."""
