"""Extractions of a service's requests: CSV, XLSX and ODS, with columns that do not move."""
