"""Definitions of procedures, edited in the browser by staff and published by a second person."""
