"""Decisions: the reasons that agents start from, and the letter that tells them."""
