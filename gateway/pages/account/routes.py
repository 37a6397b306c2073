"""Addresses of this area."""

from gateway.pages.account import sign_in
from gateway.pages.page import Pages

PAGES: Pages = [
    ("GET", "/connexion", sign_in.show_sign_in),
    ("POST", "/connexion", sign_in.sign_person_in),
    ("POST", "/deconnexion", sign_in.sign_person_out),
    ("GET", "/reprise", sign_in.show_parked),
    ("GET", "/compte", sign_in.show_account),
]
