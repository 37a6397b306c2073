"""What the portal does a second beside bare servers, in one run on this machine (`make bench`)."""
