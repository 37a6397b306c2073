"""What people tell the webmaster about the portal."""
