"""The browser's only counterpart: sessions, pages, hand-offs; no business rule, no database."""
