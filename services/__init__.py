"""The services: each has its own process, database and description."""
