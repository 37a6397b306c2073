"""Supporting documents: received one by one, checked by content, sealed at rest."""
