"""The cash officer's pages: what is paid, what is to be seen to, settings, files."""
