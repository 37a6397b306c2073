"""Numbers that check themselves: SIRET, RNA, IBAN, licence plates."""

import re

from stdnum import iban
from stdnum.exceptions import ValidationError
from stdnum.fr import siret

RNA = re.compile(r"W[0-9]{9}")
# since 2009 (no I, O, U; SS is kept back), and the plates of before that are still on the road
SIV_PLATE = re.compile(r"([A-HJ-NP-TV-Z]{2})([0-9]{3})([A-HJ-NP-TV-Z]{2})")
FNI_PLATE = re.compile(r"([0-9]{1,4})([A-HJ-NP-TV-Z]{1,3})(0[1-9]|[1-8][0-9]|9[0-5]|2[AB]|97[1-6])")


def read_siret(text: str) -> str | None:
    """Return the 14 figures of a SIRET whose check figure is right, else None."""
    try:
        return str(siret.validate(re.sub(r"[\s.\-]", "", text)))
    except ValidationError:
        return None


def read_rna(text: str) -> str | None:
    """Return the number of an association in the national register, e.g. `W302001234`."""
    compact = re.sub(r"[\s.\-]", "", text).upper()
    return compact if RNA.fullmatch(compact) else None


def read_iban(text: str) -> str | None:
    """Return the account number without spaces, else None."""
    try:
        return str(iban.validate(re.sub(r"[\s.\-]", "", text).upper()))
    except ValidationError:
        return None


def read_plate(text: str) -> str | None:
    """Return a French licence plate in its written form, e.g. `AB-123-CD` or `1234 AB 30`."""
    compact = re.sub(r"[\s.\-]", "", text).upper()
    if (found := SIV_PLATE.fullmatch(compact)) and "SS" not in (found[1], found[3]):
        return "-".join(found.groups())
    if found := FNI_PLATE.fullmatch(compact):
        return " ".join(found.groups())
    return None
