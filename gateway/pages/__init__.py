"""The pages, one package per area."""
