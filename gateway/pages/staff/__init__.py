"""Pages of the authority's staff."""
