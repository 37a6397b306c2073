"""Mails that tell the person, and the service, what happened to a request."""
