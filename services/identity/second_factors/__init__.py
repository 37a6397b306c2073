"""Second factors: one-time codes, passkeys, recovery codes (ACC-11)."""
