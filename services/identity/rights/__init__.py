"""The register of the rights exercised over personal data (DAT-01)."""
