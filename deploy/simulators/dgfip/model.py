"""What the DGFiP knows of a payment, and the faults that it answers with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

FORM, WEB_SERVICE = "form", "web_service"
# card, direct debit, card refused, debit refused, abandoned
RESULTS = ("P", "V", "R", "Z", "A")
# the fields that both modes send and that a result echoes
ECHOED = ("exer", "mel", "montant", "numcli", "objet", "refdet", "saisie")


class Refused(Exception):
    """A functional fault of the DGFiP: `code`, what it calls it, and more words."""

    def __init__(self, code: str, label: str, text: str = "") -> None:
        super().__init__(f"{code} {label}")
        self.code, self.label, self.text = code, label, text or label


@dataclass
class Operation:
    """One payment under way or over; `fields` are those of ECHOED as they were sent."""

    idop: str
    mode: str
    fields: Mapping[str, str]
    return_url: str
    created_at: datetime
    notify_url: str = ""
    result: str = ""
    authorisation: str = ""
    decided_at: datetime | None = None
    # what a result says in place of what was sent or done: a wrong amount, an earlier date
    echo: dict[str, str] = field(default_factory=dict)

    def echoed(self) -> dict[str, str]:
        """Return the fields as a result tells them."""
        return {**self.fields, **self.echo}


@dataclass(frozen=True)
class Decision:
    """What a person did on the payment page, and how the news of it travels."""

    result: str
    notify: str = "now"
    echo: Mapping[str, str] = field(default_factory=dict)


# how a notification travels: sent now, twice, two hours later, overnight, or never
NOTIFY = {"now": (0,), "twice": (0, 0), "late": (7200,), "overnight": (43_200,), "never": ()}
