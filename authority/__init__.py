"""The authority: its profile, its texts and its data."""
