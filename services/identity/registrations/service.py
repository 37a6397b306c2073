"""Use cases of registrations: open a pending account, confirm its e-mail (ACC-01, ACC-02)."""

from collections.abc import Sequence
from uuid import UUID

from email_validator import EmailNotValidError, validate_email

from chassis.clock import hash_secret
from chassis.database import Database
from services.identity.accounts.identifiers import (
    fold_identifier,
    identifier_faults,
    tidy_identifier,
)
from services.identity.accounts.model import (
    Account,
    Change,
    IdentifierTaken,
    Profile,
    RegistrationRepeated,
    State,
)
from services.identity.accounts.service import AccountService, NewAccount
from services.identity.credentials.policy import Person
from services.identity.credentials.service import PasswordService
from services.identity.events.model import BY_OWNER
from services.identity.events.service import EventService
from services.identity.notices.model import Kind
from services.identity.notices.service import NoticeService
from services.identity.proofs.model import ProofRefused, Purpose
from services.identity.proofs.service import ProofService
from services.identity.registrations.model import (
    Registered,
    Registration,
    RegistrationConflict,
    RegistrationRefused,
)

CONFIRM_PATH = "/inscription/confirmation"


class RegistrationService:
    """Opens accounts. Nothing here depends on whether an e-mail is already known (ACC-09)."""

    def __init__(
        self,
        database: Database,
        accounts: AccountService,
        passwords: PasswordService,
        proofs: ProofService,
        events: EventService,
        notices: NoticeService,
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._passwords = passwords
        self._proofs = proofs
        self._events = events
        self._notices = notices

    async def register(self, registration: Registration) -> Registered:
        """Open a pending account and promise the mail that confirms it.

        Raises `RegistrationRefused`, `PasswordRefused`, `IdentifierTaken` (an identifier is chosen:
        that it is taken must be told) or `RegistrationConflict`. Repeated, it opens nothing more.
        """
        key = hash_secret(registration.key)
        email = check_chosen(registration.identifier, registration.email)
        identifier = tidy_identifier(registration.identifier)
        person = Person(identifier, email)
        password_hash = await self._passwords.hash_chosen(registration.password, person)
        new = NewAccount(
            Profile(identifier, "", email),
            state=State.PENDING,
            language=registration.language,
            registration_hash=key,
        )
        try:
            async with self._database.transaction() as connection:
                account = await self._accounts.open_account(connection, new)
                await self._passwords.store_hash(connection, account.id, password_hash)
                secret = await self._proofs.issue(connection, Purpose.CONFIRM_EMAIL, account.id)
                link = self._notices.link(CONFIRM_PATH, secret)
                await self._notices.tell(connection, account, Kind.CONFIRM_EMAIL, {"link": link})
        except (RegistrationRepeated, IdentifierTaken) as error:
            return await self._repeated(key, identifier, error)
        return Registered(account.id, identifier)

    async def confirm(self, secret: str) -> Account:
        """Open the account whose confirmation link was followed, or raise `ProofRefused`."""
        async with self._database.transaction() as connection:
            proof = await self._proofs.redeem(connection, Purpose.CONFIRM_EMAIL, secret)
            account = await self._accounts.lock_account(connection, _known(proof.account_id))
            await self._accounts.change_state(connection, account, Change.CONFIRM)
            await self._events.record(connection, account.id, "opened", BY_OWNER)
        return account

    async def _repeated(self, key: bytes, identifier: str, error: Exception) -> Registered:
        async with self._database.connection() as connection:
            found = await self._accounts.find_by_registration(connection, key)
        if found is None:
            raise error
        if fold_identifier(found.profile.identifier) != fold_identifier(identifier):
            raise RegistrationConflict
        return Registered(found.id, found.profile.identifier)


def check_chosen(identifier: str, email: str) -> str:
    """Return the e-mail as it is kept, or raise `RegistrationRefused`."""
    codes = identifier_faults(identifier)
    faults = [{"pointer": "/identifier", "code": code, "message": code} for code in codes]
    tidy, email_faults = tidy_email(email)
    faults += email_faults
    if faults:
        raise RegistrationRefused(faults)
    return tidy


def tidy_email(text: str) -> tuple[str, Sequence[dict[str, str]]]:
    """Return an address in its usual form, or the fault that it has; nothing is looked up."""
    try:
        found = validate_email(text.strip(), check_deliverability=False)
    except EmailNotValidError:
        return "", [{"pointer": "/email", "code": "email-invalid", "message": "email-invalid"}]
    return found.normalized, []


def _known(account_id: UUID | None) -> UUID:
    if account_id is None:
        raise ProofRefused
    return account_id
