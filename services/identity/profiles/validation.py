"""What each datum of a profile must be; returns it in the form in which it is kept."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

import phonenumbers

from authority.profile import AuthorityProfile
from services.identity.profiles.model import FIELDS, GENDERS, TITLES

MOST_CHARACTERS = 200
OLDEST = date(1900, 1, 1)
# metropolitan and overseas codes, Monaco and the CEDEX ones: all have five digits
POSTAL_CODE = re.compile(r"\d{5}")
# INSEE codes: 2A and 2B are Corsica's departments, 99100 is France
BIRTH_COMMUNE = re.compile(r"\d{5}|2[AB]\d{3}")
BIRTH_COUNTRY = re.compile(r"99\d{3}")


class Fault(ValueError):
    """What is wrong, as a stable code."""


class ProfileValidation:
    """Checks data one by one, then those that must agree."""

    def __init__(self, profile: AuthorityProfile) -> None:
        self._communes = {commune.insee: commune for commune in profile.communes}
        self._rules: Mapping[str, Callable[[str, date], str]] = {
            "title": _title,
            "birth_date": _birth_date,
            "gender": _gender,
            "birth_commune": _birth_commune,
            "birth_country": _birth_country,
            "postal_code": _postal_code,
            "commune": self._commune,
            "phone": _phone,
        }

    def check(
        self, values: Mapping[str, str], kept: Mapping[str, str], today: date
    ) -> tuple[dict[str, str], list[dict[str, str]]]:
        """Return what to store, and a fault for each datum that is not right."""
        clean: dict[str, str] = {}
        faults: dict[str, str] = {}
        for name, value in values.items():
            try:
                clean[name] = self._one(name, value, today)
            except Fault as fault:
                faults[name] = str(fault)
        if not faults and not self._agree({**kept, **clean}):
            faults["postal_code" if "postal_code" in clean else "commune"] = "commune-mismatch"
        return clean, [
            {"pointer": f"/{name}", "code": code, "message": code} for name, code in faults.items()
        ]

    def _one(self, name: str, value: str, today: date) -> str:
        if name not in FIELDS:
            raise Fault("unknown-field")
        text = " ".join(unicodedata.normalize("NFC", value).split())
        if not text:
            raise Fault("empty")
        if len(text) > MOST_CHARACTERS:
            raise Fault("too-long")
        if any(unicodedata.category(character).startswith("C") for character in text):
            raise Fault("forbidden-character")
        rule = self._rules.get(name)
        return rule(text, today) if rule is not None else text

    def _commune(self, text: str, _today: date) -> str:
        if text not in self._communes:
            raise Fault("commune-unknown")
        return text

    def _agree(self, values: Mapping[str, str]) -> bool:
        """A municipality of ours has one of its own postal codes."""
        commune, code = self._communes.get(values.get("commune", "")), values.get("postal_code")
        return commune is None or code is None or code in commune.postal_codes


def _title(text: str, _today: date) -> str:
    if text.casefold() not in TITLES:
        raise Fault("title-unknown")
    return text.casefold()


def _birth_date(text: str, today: date) -> str:
    try:
        born = date.fromisoformat(text)
    except ValueError:
        raise Fault("date-invalid") from None
    if not OLDEST <= born <= today:
        raise Fault("date-out-of-range")
    return born.isoformat()


def _gender(text: str, _today: date) -> str:
    if text not in GENDERS:
        raise Fault("gender-unknown")
    return text


def _birth_commune(text: str, _today: date) -> str:
    code = text.replace(" ", "").upper()
    if not BIRTH_COMMUNE.fullmatch(code) or code.startswith("99"):
        raise Fault("birth-commune-invalid")
    return code


def _birth_country(text: str, _today: date) -> str:
    if not BIRTH_COUNTRY.fullmatch(text):
        raise Fault("birth-country-invalid")
    return text


def _postal_code(text: str, _today: date) -> str:
    code = text.replace(" ", "")
    if not POSTAL_CODE.fullmatch(code) or code.startswith("00"):
        raise Fault("postal-code-invalid")
    return code


def _phone(text: str, _today: date) -> str:
    try:
        number = phonenumbers.parse(text, "FR")
    except phonenumbers.NumberParseException:
        raise Fault("phone-invalid") from None
    if not phonenumbers.is_valid_number(number):
        raise Fault("phone-invalid")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
