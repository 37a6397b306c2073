"""Microservice chassis: what every process of the portal needs and no word of its domain."""
