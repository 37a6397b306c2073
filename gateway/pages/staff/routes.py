"""Addresses of this area."""

from gateway.pages.page import Pages
from gateway.pages.staff import home

PAGES: Pages = [("GET", "/agents", home.show_home)]
