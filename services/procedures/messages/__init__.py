"""Messages between a person and the service in charge of the request."""
