"""Signing in with an identity that FranceConnect or ProConnect vouches for (ACC-12)."""
