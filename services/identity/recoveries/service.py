"""Use cases of recovery (ACC-09): the request looks nothing up, a job does later.

So that text, status and time are the same whether there is an account or not.
"""

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from chassis.clock import IdSource
from chassis.database import Connection, Database
from chassis.jobs import enqueue_job
from chassis.keyring import DataKey
from services.identity.accounts.model import Account, Change, State
from services.identity.accounts.service import AccountService
from services.identity.credentials.model import AccountNotUsable
from services.identity.credentials.policy import Person
from services.identity.credentials.service import PasswordService
from services.identity.events.model import BY_LINK
from services.identity.events.service import EventService
from services.identity.federations.linking import Linking
from services.identity.notices.model import Kind, Notice
from services.identity.notices.service import NoticeService
from services.identity.proofs.model import ProofRefused, Purpose
from services.identity.proofs.service import ProofService
from services.identity.recoveries.model import MAILS_PER_PERIOD, PERIOD, Lost, RecoveryRequest
from services.identity.second_factors.model import Answer, FactorRefused
from services.identity.second_factors.verification import FactorVerification
from services.identity.session_ends import SessionEnds

RECOVER = "recover-account"
RESET_PATH = "/recuperation/mot-de-passe"
PLACE = "jobs.recovery"
USABLE = (State.ACTIVE, State.FROZEN)
# a link that freezes stays good: it may be in the mailbox of the true owner
OPENING = [purpose for purpose in Purpose if purpose != Purpose.NOT_ME]


class RecoveryService:
    """Gives people back what they lost, by the e-mail of their account."""

    def __init__(
        self,
        database: Database,
        accounts: AccountService,
        passwords: PasswordService,
        verification: FactorVerification,
        proofs: ProofService,
        events: EventService,
        notices: NoticeService,
        ends: SessionEnds,
        linking: Linking,
        key: DataKey,
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._passwords = passwords
        self._verification = verification
        self._proofs = proofs
        self._events = events
        self._notices = notices
        self._ends = ends
        self._linking = linking
        self._key = key
        self._ids = IdSource()

    async def ask(self, request: RecoveryRequest) -> None:
        """Promise to look for the account; the same work whatever was typed."""
        request_id = str(self._ids.new_id())
        content = {"lost": request.lost, "typed": request.typed}
        sealed = self._key.seal(json.dumps(content).encode(), f"{PLACE}:{request_id}")
        payload = {"request_id": request_id, "sealed": base64.b64encode(sealed).decode()}
        async with self._database.transaction() as connection:
            await enqueue_job(connection, RECOVER, payload)

    async def look_for(self, payload: Mapping[str, Any]) -> None:
        """Write to the account that was meant, if there is one (a job)."""
        sealed = base64.b64decode(payload["sealed"])
        content = json.loads(self._key.open(sealed, f"{PLACE}:{payload['request_id']}"))
        async with self._database.transaction() as connection:
            accounts = await self._meant(connection, content["typed"])
            if content["lost"] == Lost.PASSWORD:
                for account in accounts:
                    await self._send_link(connection, account)
            elif accounts:
                await self._send_identifiers(connection, accounts)

    async def look_at(self, secret: str) -> tuple[Account, bool]:
        """Return whose link it is and whether a second factor is asked; or `ProofRefused`."""
        async with self._database.connection() as connection:
            proof = await self._proofs.look_at(connection, Purpose.RECOVER_PASSWORD, secret)
            account = await self._accounts.find_account(connection, _known(proof.account_id))
            kinds = await self._verification.kinds_of(connection, account.id)
        return account, bool(kinds) and account.state == State.FROZEN

    async def reset(self, secret: str, password: str, answer: Answer | None) -> Account:
        """Store another password, end every session, and open a frozen account again.

        A frozen account that has a second factor also asks for it: whoever froze it may doubt
        the mailbox too (ACC-07). Raises `ProofRefused`, `PasswordRefused` or `FactorRefused`.
        """
        account, second = await self.look_at(secret)
        person = Person(account.profile.identifier, account.profile.email)
        password_hash = await self._passwords.hash_chosen(password, person)
        if second:
            await self._check_factor(secret, account.id, answer)
        async with self._database.transaction() as connection:
            await self._proofs.redeem(connection, Purpose.RECOVER_PASSWORD, secret)
            account = await self._accounts.lock_account(connection, account.id)
            epoch = await self._open_again(connection, account)
            await self._passwords.store_hash(connection, account.id, password_hash)
            await self._proofs.revoke(connection, account.id, *OPENING)
            await self._tell(connection, account)
        await self._ends.announce(account.id, epoch)
        return account

    async def _check_factor(self, secret: str, account_id: UUID, answer: Answer | None) -> None:
        async with self._database.transaction() as connection:
            await self._proofs.attempt(connection, Purpose.RECOVER_PASSWORD, secret)
        if answer is None:
            raise FactorRefused
        async with self._database.transaction() as connection:
            await self._verification.verify(connection, account_id, answer)

    async def _open_again(self, connection: Connection, account: Account) -> int:
        if account.state == State.FROZEN:
            await self._linking.cut_all(connection, account.id)
            return await self._accounts.change_state(connection, account, Change.RECOVER)
        if account.state != State.ACTIVE:
            raise AccountNotUsable(account.state)
        return await self._accounts.end_sessions(connection, account.id)

    async def _tell(self, connection: Connection, account: Account) -> None:
        thawed = account.state == State.FROZEN
        action = "recovered" if thawed else "password-recovered"
        await self._events.record(connection, account.id, action, BY_LINK)
        kind = Kind.RECOVERED if thawed else Kind.PASSWORD_CHANGED
        await self._notices.tell(connection, account, kind, freezable=True)

    async def _meant(self, connection: Connection, typed: str) -> Sequence[Account]:
        if "@" in typed:
            found = await self._accounts.list_by_email(connection, typed)
            return [one for one in found if one.state in USABLE]
        account = await self._accounts.find_by_identifier(connection, typed)
        return [account] if account is not None and account.state in USABLE else []

    async def _send_link(self, connection: Connection, account: Account) -> None:
        if await self._sent(connection, account.id, Purpose.RECOVER_PASSWORD) >= MAILS_PER_PERIOD:
            return
        secret = await self._proofs.issue(connection, Purpose.RECOVER_PASSWORD, account.id)
        link = self._notices.link(RESET_PATH, secret)
        await self._notices.tell(connection, account, Kind.RECOVER_PASSWORD, {"link": link})

    async def _sent(self, connection: Connection, account_id: UUID, purpose: Purpose) -> int:
        return await self._proofs.count_since(connection, account_id, purpose, PERIOD)

    async def _send_identifiers(self, connection: Connection, accounts: Sequence[Account]) -> None:
        first = accounts[0]
        if await self._sent(connection, first.id, Purpose.RECALL) >= MAILS_PER_PERIOD:
            return
        # a secret that nobody is given: it only counts
        await self._proofs.issue(connection, Purpose.RECALL, first.id)
        names = "\n".join(f"- {account.profile.identifier}" for account in accounts)
        values = {"identifiers": names}
        notice = Notice(
            Kind.RECOVER_IDENTIFIER, first.profile.email, first.language, values, first.id
        )
        await self._notices.send(connection, notice)


def _known(account_id: UUID | None) -> UUID:
    if account_id is None:
        raise ProofRefused
    return account_id
