"""Addresses of this area."""

from gateway.pages.page import Pages
from gateway.pages.payments import bill, fee, payment, returns

PAGES: Pages = [
    ("GET", "/paiements", payment.list_payments),
    ("GET", "/paiements/factures/{slug}", bill.show_bill),
    ("POST", "/paiements/factures/{slug}", bill.open_bill),
    ("GET", "/dossiers/{id}/paiement", fee.show_fee),
    ("POST", "/dossiers/{id}/paiement", fee.open_fee),
    ("GET", "/paiements/notifications", returns.take_notification),
    ("POST", "/paiements/notifications", returns.take_notification),
    ("GET", "/paiements/retour/{token}", returns.come_back),
    ("POST", "/paiements/retour/{token}", returns.come_back),
    ("GET", "/paiements/{id}", payment.show_payment),
    ("GET", "/paiements/{id}/partir", payment.show_departure),
    ("POST", "/paiements/{id}/partir", payment.leave),
    ("GET", "/paiements/{id}/attestations/{attempt}", payment.download_receipt),
]
