"""Pages about the portal itself: site map, theme, cookies explained."""
