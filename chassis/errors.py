"""Domain errors: facts that stop a use case. Standard library only: models may raise them."""

from typing import Any


class DomainError(Exception):
    """A fact that stops a use case. `code` is its stable name, kebab-case.

    `detail` is a sentence for the caller, `extra` more members of the problem document;
    neither may hold personal data or a secret.
    """

    code = "domain-error"

    def __init__(self, detail: str = "", **extra: Any) -> None:
        super().__init__(detail or self.code)
        self.detail = detail
        self.extra = extra


class InvalidInput(DomainError):
    """The body, the query or a header is not what the route takes; `errors` says where."""

    code = "invalid-input"

    def __init__(self, errors: list[dict[str, str]], detail: str = "") -> None:
        super().__init__(detail, errors=errors)


class NotAuthenticated(DomainError):
    """No valid caller token."""

    code = "not-authenticated"


class NotAllowed(DomainError):
    """The caller is known and may not do this."""

    code = "not-allowed"


class PartnerAway(Exception):
    """Another service or an outside system gave no usable answer: it is down, slow, or broken."""
