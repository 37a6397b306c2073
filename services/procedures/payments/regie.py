"""The settings of a régie: what the DGFiP knows it by, and how it is paid online."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.errors import DomainError
from services.procedures.payments.model import Mode

# the protocol's own limits: from 1 euro, below 100 000 euros
MINIMUM_CENTS, MAXIMUM_CENTS = 100, 9_999_999
NUMCLI = re.compile(r"[0-9]{6}")
# T test, X activation; A, M and W count as money
TESTS = frozenset("TX")
REAL = frozenset("AMW")
SAISIES = {Mode.FORM: TESTS | frozenset("AM"), Mode.WEB_SERVICE: TESTS | frozenset("AMW")}
PRODUCTION = "production"


@dataclass(frozen=True)
class RegieSettings:
    """One régie; its id is the id of the service in charge in the authority profile."""

    id: str
    numcli: str
    mode: Mode
    saisie: str
    account: str
    minimum_cents: int
    maximum_cents: int
    active: bool
    revision: int = 0
    changed_at: datetime | None = None
    changed_by: UUID | None = None


def accepted_saisies(environment: str) -> Collection[str]:
    """Return the modes whose payments count: real ones in production, tests elsewhere too."""
    return REAL if environment == PRODUCTION else REAL | TESTS


def settings_faults(settings: RegieSettings, environment: str) -> list[dict[str, str]]:
    """Return what is wrong with settings, as errors of a problem document."""
    rules = [
        ("numcli", bool(settings.numcli.isascii() and NUMCLI.fullmatch(settings.numcli))),
        ("saisie", settings.saisie in SAISIES[settings.mode]),
        ("minimum_cents", settings.minimum_cents >= MINIMUM_CENTS),
        ("maximum_cents", settings.minimum_cents <= settings.maximum_cents <= MAXIMUM_CENTS),
        ("account", len(settings.account) <= 100),
    ]
    if environment != PRODUCTION:
        # a copy of the portal must never move money
        rules.append(("saisie", settings.saisie in TESTS))
    return [
        {"pointer": f"/{name}", "code": "invalid", "message": f"{name} is not valid."}
        for name, right in rules
        if not right
    ]


class RegieNotFound(DomainError):
    """The authority profile has no service of that id."""

    code = "regie-not-found"


class SettingsInvalid(DomainError):
    """Settings have faults, or somebody changed them meanwhile."""

    code = "settings-invalid"


class StaleSettings(DomainError):
    """Somebody changed the settings meanwhile."""

    code = "stale-settings"
