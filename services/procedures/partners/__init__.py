"""Partner organisations: where one may be sent, whether they answer, what they were told."""
