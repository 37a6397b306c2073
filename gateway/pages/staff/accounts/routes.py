"""Addresses of this area."""

from gateway.pages.page import Pages
from gateway.pages.staff.accounts import accounts, factor_resets, rights

PAGES: Pages = [
    ("GET", "/agents/comptes", accounts.show_search),
    ("POST", "/agents/comptes", accounts.search),
    ("GET", "/agents/comptes/{id}", accounts.show_account),
    ("POST", "/agents/comptes/{id}", accounts.moderate),
    ("POST", "/agents/comptes/{id}/double-verification", factor_resets.ask_reset),
    ("GET", "/agents/double-verification", factor_resets.show_agreement),
    ("POST", "/agents/double-verification", factor_resets.agree),
    ("GET", "/agents/droits", rights.show_register),
    ("POST", "/agents/droits", rights.record_written),
    ("POST", "/agents/droits/{id}", rights.answer),
]
