"""The API for business applications: scoped, expiring tokens; list, read, change state."""
