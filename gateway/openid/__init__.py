"""The hand-off to an OpenID Connect provider: FranceConnect for people, ProConnect for staff."""
