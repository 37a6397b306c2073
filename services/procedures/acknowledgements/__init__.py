"""Electronic acknowledgements of filing: PDF and e-mail (CRPA L112-11)."""
