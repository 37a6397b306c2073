"""Catalogue of procedures, their forms, and the requests that people file."""
