"""The declaration that a person certifies before filing (REQ-03)."""

from dataclasses import dataclass

from chassis.errors import DomainError


class DeclarationUnavailable(DomainError):
    """The text to certify cannot be had: nothing can be filed without showing it."""

    code = "declaration-unavailable"


class DeclarationUnknown(DomainError):
    """The certified text is none that was ever shown here."""

    code = "declaration-unknown"


@dataclass(frozen=True)
class Declaration:
    """A text to certify, as the legal service published it."""

    content_hash: str
    version: int
    language: str
    title: str
    html: str
