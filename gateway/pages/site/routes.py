"""Addresses of this area."""

from gateway.pages.page import Pages
from gateway.pages.site import handlers

PAGES: Pages = [
    ("GET", "/plan-du-site", handlers.show_site_map),
    ("GET", "/robots.txt", handlers.show_robots),
    ("GET", "/sitemap.xml", handlers.show_sitemap),
    ("GET", "/favicon.ico", handlers.show_favicon),
]
