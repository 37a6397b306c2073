"""Addresses of this area."""

from gateway.pages.page import Pages
from gateway.pages.staff.payments import office

PAGES: Pages = [
    ("GET", "/agents/regie", office.list_regies),
    ("GET", "/agents/regie/{regie}", office.show_regie),
    ("GET", "/agents/regie/{regie}/export", office.export_credits),
    ("POST", "/agents/regie/{regie}/reglages", office.change_settings),
    ("POST", "/agents/regie/{regie}/fichiers", office.take_daily_file),
    ("POST", "/agents/regie/{regie}/factures", office.take_bills),
    ("POST", "/agents/regie/{regie}/alertes/{alert}", office.close_alert),
    ("POST", "/agents/regie/{regie}/remboursements/{attempt}", office.settle_refund),
    ("POST", "/agents/regie/{regie}/paiements/{attempt}", office.look_up),
    ("POST", "/agents/regie/{regie}/paiements/{attempt}/fin", office.give_up),
]
