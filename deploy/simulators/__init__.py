"""Faithful stand-ins, on this machine, for the outside systems that Parvis speaks to."""
