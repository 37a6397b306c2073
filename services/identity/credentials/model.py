"""Passwords and sign-ins: their rules and what can be said when one is refused."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from chassis.errors import DomainError
from services.identity.accounts.model import State

MIN_CHARACTERS = 12
MAX_CHARACTERS = 128


class SignInRefused(DomainError):
    """Wrong identifier or wrong password or no active account: never said which."""

    code = "sign-in-refused"


class AccountNotUsable(DomainError):
    """The password is right, and the account is pending, frozen, suspended or terminated."""

    code = "account-not-usable"

    def __init__(self, state: State) -> None:
        super().__init__(state=str(state))


class PasswordWrong(DomainError):
    """The person who is signed in did not type their own password."""

    code = "password-wrong"


class PasswordMissing(DomainError):
    """The account is signed in to in another way, and has no password yet."""

    code = "password-missing"


class PasswordRefused(DomainError):
    """The new password does not meet every rule; `rules` says which."""

    code = "password-refused"

    def __init__(self, rules: Sequence[str]) -> None:
        super().__init__(rules=list(rules))


class Delayed(DomainError):
    """Not now: try again after `retry_after` seconds."""

    code = "delayed"

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after=retry_after)
        self.retry_after = retry_after


class TooManyAttempts(Delayed):
    """Too many failures for this identifier or from this address."""

    code = "too-many-attempts"


class SignInsBusy(Delayed):
    """As many passwords as the machine can bear are being checked; nothing was tried."""

    code = "sign-ins-busy"


class SignInsUnavailable(DomainError):
    """Failures cannot be counted, so that no password is tried."""

    code = "sign-ins-unavailable"


@dataclass(frozen=True)
class Attempt:
    """What somebody typed; `client_address` is the browser's, as the gateway saw it."""

    identifier: str
    password: str
    client_address: str
    device: str = ""

    def __repr__(self) -> str:
        return "Attempt(...)"


@dataclass(frozen=True)
class Credential:
    """What a password is checked against, and whether its account may be used."""

    account_id: UUID
    password_hash: str
    state: State
    has_second_factor: bool = False


def normalise_password(password: str) -> str | None:
    """Return the password in NFC, whole; None when it is longer than any that we accept."""
    normal = unicodedata.normalize("NFC", password)
    return normal if len(normal) <= MAX_CHARACTERS else None


def is_strong(password: str) -> bool:
    """Say whether it has 12 characters of the four types (ACC-03)."""
    types = (str.islower, str.isupper, str.isdigit, is_special)
    present = all(any(of_type(character) for character in password) for of_type in types)
    return present and MIN_CHARACTERS <= len(password) <= MAX_CHARACTERS


def is_special(character: str) -> bool:
    """Say whether a character is neither a letter nor a digit."""
    return not character.isalnum()
