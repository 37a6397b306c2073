"""The controls of the DGFiP on what it is sent; the first fault found is the one answered."""

import re
from collections.abc import Mapping

from deploy.simulators.dgfip.model import FORM, Refused

MINIMUM_CENTS, MAXIMUM_CENTS = 100, 9_999_999
SAISIES = {FORM: "TXAM", "web_service": "TXAMW"}
URL_LENGTH = 250


def check_request(mode: str, fields: Mapping[str, str], clients: Mapping[str, str]) -> None:
    """Raise `Refused` with the code of the first control that fails."""
    for control in (_client, _year, _reference, _amount, _address, _object):
        control(fields)
    if fields["numcli"] not in clients:
        raise Refused("T2", "Numéro client inconnu")
    if len(fields["saisie"]) != 1 or fields["saisie"] not in SAISIES[mode]:
        raise Refused("S1", "SAISIE incorrect")


def check_urls(notify_url: str, return_url: str) -> None:
    """Raise `Refused` unless both addresses can be called."""
    if not _is_url(notify_url):
        raise Refused("N1", "URLNOTIF incorrect")
    if not _is_url(return_url):
        raise Refused("D1", "URLREDIRECT incorrect")


def check_client_number(number: str, clients: Mapping[str, str]) -> str:
    """Return the label of a client, or raise `Refused` T1 or T2."""
    _client({"numcli": number})
    if number not in clients:
        raise Refused("T2", "Numéro client inconnu")
    return clients[number]


def _client(fields: Mapping[str, str]) -> None:
    _match(r"[0-9]{6}", fields["numcli"], "T1", "Numéro client incorrect")


def _year(fields: Mapping[str, str]) -> None:
    _match(r"[0-9]{0,4}", fields["exer"], "E1", "EXER incorrect")


def _reference(fields: Mapping[str, str]) -> None:
    _match(r"[A-Za-z0-9]{6,30}", fields["refdet"], "R3", "REFDET incorrect")


def _amount(fields: Mapping[str, str]) -> None:
    amount = fields["montant"]
    _match(r"[0-9]{3,7}", amount, "M1", "MONTANT incorrect")
    if int(amount) < MINIMUM_CENTS:
        raise Refused("M3", "MONTANT inférieur au minimum")
    if int(amount) > MAXIMUM_CENTS:
        raise Refused("M5", "MONTANT supérieur au maximum")


def _address(fields: Mapping[str, str]) -> None:
    if not fields["mel"]:
        raise Refused("A1", "Adresse MEL absente")
    if not 6 <= len(fields["mel"]) <= 80:
        raise Refused("A2", "Adresse MEL incorrecte")
    _match(r"[^@\s]+@[^@\s]+\.[^@\s]+", fields["mel"], "A2", "Adresse MEL incorrecte")


def _object(fields: Mapping[str, str]) -> None:
    _match(r"[A-Za-z0-9 ]{0,99}", fields["objet"], "O1", "OBJET incorrect")


def _match(pattern: str, text: str, code: str, label: str) -> None:
    # ASCII only, and `$` would forgive a line break at the end
    if not text.isascii() or not re.fullmatch(pattern, text):
        raise Refused(code, label)


def _is_url(text: str) -> bool:
    return len(text) <= URL_LENGTH and bool(re.fullmatch(r"https?://[^\s]+", text))
