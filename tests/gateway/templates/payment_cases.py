"""Cases of the pages of payments and of the cash office."""

from typing import Any

from tests.gateway.templates.desk_cases import FOLLOWED
from tests.gateway.templates.samples import PROCEDURE

WATER = {
    **PROCEDURE,
    "id": "paiement-facture-eau",
    "kind": "payment",
    "title": "Payer une facture d’eau",
    "form": None,
    "payment": {
        "name": "Direction générale des Finances publiques (PayFiP)",
        "url": "https://www.payfip.gouv.fr/tpa/accueilportail.web",
        "terms_note": "Ses conditions sont publiées sur son site.",
        "data_shared": ["La référence", "Le montant"],
        "reference_help": "La référence à 18 chiffres est en haut à droite.",
    },
}
TERMS = {
    "title": "Conditions générales d’utilisation",
    "version": 2,
    "content_hash": "9d5e3a",
    "effective_from": "2026-01-01T00:00:00+01:00",
}
BILL: dict[str, Any] = {
    "procedure": WATER,
    "terms": TERMS,
    "terms_due": True,
    "errors": [],
    "request_key": "cle",
    "typed": {"reference": "", "amount": "", "exer": "", "email": ""},
}
WRONG_BILL = {
    **BILL,
    "typed": {"reference": '<"', "amount": "x", "exer": "", "email": "a"},
    "errors": [
        {"field": "reference", "message": "La référence n’a que des lettres et des chiffres."},
        {"field": "amount", "message": "Écrivez le montant en euros."},
        {"field": "accepted", "message": "Cochez la case."},
    ],
}
ATTEMPT = {
    "id": "0192f0c1-0000-7000-8000-000000000001",
    "state": "paid",
    "label": "Payé.",
    "created_at": "2026-11-24T09:00:00+00:00",
    "looked_up_at": None,
    "authorisation": "000001",
    "has_receipt": True,
    "events": [
        {"at": "2026-11-24T09:00:00+00:00", "kind": "started"},
        {"at": "2026-11-24T09:04:00+00:00", "kind": "paid"},
    ],
}
DUE: dict[str, Any] = {
    "id": "0192f0c1-0000-7000-8000-000000000002",
    "procedure": {"id": "paiement-facture-eau", "title": "Payer une facture d’eau"},
    "reference": "202600000000000123",
    "exer": "2026",
    "amount_cents": 4590,
    "amount": "45,90 €",
    "object": "Payer une facture d eau",
    "state": "due",
    "message": "Cette facture reste à payer.",
    "can_start": True,
    "created_at": "2026-11-24T09:00:00+00:00",
    "attempts": [],
}
CHECKING = {
    **DUE,
    "state": "open",
    "message": "Nous vérifions auprès de la DGFiP.",
    "attempts": [{**ATTEMPT, "state": "open", "has_receipt": False}],
}
PAID = {**DUE, "state": "paid", "message": "Payé.", "can_start": False, "attempts": [ATTEMPT]}
OF_A_REQUEST = {
    **DUE,
    "state": "refused",
    "message": "Le paiement a été refusé par la banque. Rien n’a été débité.",
    "request_id": "0192f0c1-0000-7000-8000-000000000009",
}
SETTINGS = {
    "id": "eau-assainissement",
    "numcli": "006382",
    "mode": "web_service",
    "saisie": "T",
    "account": "Régie de l’eau",
    "minimum_cents": 100,
    "maximum_cents": 500000,
    "active": True,
    "revision": 3,
    "changed_at": "2026-11-24T09:00:00+00:00",
    "changed_by": None,
}
ROW = {
    "id": "0192f0c1-0000-7000-8000-000000000001",
    "exer": "2026",
    "refdet": "202600000000000123",
    "mode": "web_service",
    "saisie": "T",
    "amount_cents": 4590,
    "state": "open",
    "result": None,
    "authorisation": None,
    "transacted_at": None,
    "created_at": "2026-11-24T09:00:00+00:00",
    "looked_up_at": None,
    "next_look_up_at": None,
}
OFFICE: dict[str, Any] = {
    "regie": "eau-assainissement",
    "name": "Eau et assainissement",
    "office": {
        "name": "Eau et assainissement",
        "procedures": [{"id": "paiement-facture-eau", "title": "Payer une facture d’eau"}],
        "settings": SETTINGS,
        "counts": [{"state": "paid", "attempts": 3, "cents": 13770}],
        "alerts": [
            {
                "id": 1,
                "kind": "overpaid",
                "detail": "202600000000000123",
                "attempt_id": None,
                "raised_at": "2026-11-24T09:00:00+00:00",
            }
        ],
        "refunds": [
            {
                "attempt_id": "0192f0c1-0000-7000-8000-000000000001",
                "amount_cents": 4590,
                "state": "queued",
                "note": "",
                "queued_at": "2026-11-24T09:00:00+00:00",
                "refdet": "202600000000000123",
                "exer": "2026",
            }
        ],
    },
    "attempts": [ROW, {**ROW, "state": "paid"}, {**ROW, "state": "disputed"}],
    "typed": SETTINGS,
    "errors": [],
    "report": None,
}
REPORT = {
    "outcomes": {"confirmed": 12, "invalid": 1},
    "lines": [{"line": 4, "outcome": "invalid", "detail": "montant"}],
}
EMPTY_OFFICE = {
    **OFFICE,
    "office": {"settings": None, "counts": [], "alerts": [], "refunds": [], "procedures": []},
    "attempts": [],
    "typed": {},
}
FEE = {
    "procedure": {**WATER, "fee": {"amount_cents": 15000}},
    "dossier": {"id": "1", "number": "NM-2026-000123-K"},
    "errors": [],
    "payment_key": "cle",
    "email": "",
}
FEES = {
    "due": "Frais à payer : 150,00 €. Le paiement peut se faire maintenant ou plus tard.",
    "paid": "Frais payés : 150,00 €.",
}
PAYMENT_PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "bill": ("payments/bill.html", BILL),
    "fee": ("payments/fee.html", FEE),
    **{
        f"request-fee-{state}": (
            "requests/request.html",
            {**FOLLOWED, "fee": {"state": state, "amount_cents": 15000, "message": message}},
        )
        for state, message in FEES.items()
    },
    "bill-wrong": ("payments/bill.html", WRONG_BILL),
    "bill-terms-accepted": ("payments/bill.html", {**BILL, "terms_due": False}),
    **{
        f"payment-{found['state']}": (
            "payments/payment.html",
            {"payment": found, "procedure": WATER},
        )
        for found in (DUE, CHECKING, PAID, OF_A_REQUEST)
    },
    "payment-departure": (
        "payments/departure.html",
        {
            "payment": DUE,
            "procedure": WATER,
            "handoff": WATER["payment"],
            "leave_url": "https://www.payfip.gouv.fr/tpa/paiementws.web?idop=1",
        },
    ),
    **{
        f"payment-return-{state}": (
            "payments/return.html",
            {"payment": payment, "state": state, "own_url": ""},
        )
        for state, payment in (
            ("paid", PAID),
            ("refused", {**DUE, "state": "refused", "message": "Refusé par la banque."}),
            ("open", CHECKING),
            ("checking", None),
            ("not-recognised", None),
        )
    },
    "payments": ("payments/list.html", {"payments": [PAID, DUE]}),
    "payments-none": ("payments/list.html", {"payments": []}),
    "regies": (
        "staff/payments/regies.html",
        {"regies": [{"id": "eau-assainissement", "name": "Eau"}]},
    ),
    "regies-none": ("staff/payments/regies.html", {"regies": []}),
    "regie": ("staff/payments/regie.html", OFFICE),
    "regie-report": ("staff/payments/regie.html", {**OFFICE, "report": REPORT}),
    "regie-empty": ("staff/payments/regie.html", EMPTY_OFFICE),
    "regie-wrong": (
        "staff/payments/regie.html",
        {**OFFICE, "errors": [{"field": "numcli", "message": "Ce réglage n’est pas valable."}]},
    ),
}
