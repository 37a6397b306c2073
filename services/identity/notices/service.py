"""Use cases of notices: promise a mail in the transaction of what it is about, send it later."""

import base64
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

import structlog

from authority.profile import AuthorityProfile
from chassis.clock import IdSource
from chassis.database import Connection, Database
from chassis.jobs import enqueue_job
from chassis.keyring import DataKey
from chassis.mailer import Mail, Mailer
from services.identity.accounts.model import Account, AccountNotFound
from services.identity.accounts.service import AccountService
from services.identity.notices.bodies import BODIES
from services.identity.notices.model import Kind, Notice
from services.identity.notices.wording import GREETING, NOT_ME, SIGNATURE, SUBJECTS
from services.identity.proofs.model import Purpose
from services.identity.proofs.service import ProofService

SEND_NOTICE = "send-notice"
PLACE = "jobs.notice"
NOT_ME_PATH = "/gel"

log = structlog.get_logger()


class NoticeService:
    """Mail to the holders of accounts; what waits to be sent is sealed."""

    def __init__(
        self,
        database: Database,
        accounts: AccountService,
        proofs: ProofService,
        key: DataKey,
        profile: AuthorityProfile,
        public_url: str,
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._proofs = proofs
        self._key = key
        self._profile = profile
        self._public_url = public_url.rstrip("/")
        self._ids = IdSource()

    def link(self, path: str, secret: str) -> str:
        """Return the address of a page that takes a secret; the gateway drops it from there."""
        return f"{self._public_url}{path}?lien={secret}"

    async def send(self, connection: Connection, notice: Notice) -> None:
        """Promise a mail in the caller's transaction."""
        notice_id = str(self._ids.new_id())
        content = {**asdict(notice), "account_id": None}
        if notice.account_id is None:
            sealed = self._key.seal(json.dumps(content).encode(), f"{PLACE}:{notice_id}")
        else:
            key = await self._accounts.key_of(connection, notice.account_id)
            sealed = key.seal(content, f"{PLACE}:{notice_id}")
        payload = {
            "notice_id": notice_id,
            "account_id": str(notice.account_id) if notice.account_id else None,
            "sealed": base64.b64encode(sealed).decode(),
        }
        await enqueue_job(connection, SEND_NOTICE, payload)

    async def tell(
        self,
        connection: Connection,
        account: Account,
        kind: Kind,
        values: Mapping[str, str] | None = None,
        *,
        freezable: bool = False,
        to: str = "",
    ) -> None:
        """Promise a mail to the holder; `freezable` adds a link that freezes the account."""
        filled = {"identifier": account.profile.identifier, **(values or {})}
        if freezable:
            secret = await self._proofs.issue(connection, Purpose.NOT_ME, account.id)
            filled["not_me"] = self.link(NOT_ME_PATH, secret)
        address = to or account.profile.email
        if address:
            notice = Notice(kind, address, account.language, filled, account.id)
            await self.send(connection, notice)

    async def tell_staff(self, connection: Connection, account: Account) -> None:
        """Promise a mail to those who watch over unauthorised uses (ACC-07)."""
        values = {"identifier": account.profile.identifier}
        to = self._profile.unauthorised_use.email
        await self.send(connection, Notice(Kind.FROZEN_STAFF, to, "fr", values, account.id))

    async def deliver(self, payload: Mapping[str, Any], mailer: Mailer) -> None:
        """Send a promised mail; one whose account was erased meanwhile cannot be read any more."""
        try:
            notice = await self._open(payload)
        except AccountNotFound:
            log.info("a notice was dropped with its account")
            return
        await mailer.send(self._compose(notice, str(payload["notice_id"])))

    async def _open(self, payload: Mapping[str, Any]) -> Notice:
        sealed, place = base64.b64decode(payload["sealed"]), f"{PLACE}:{payload['notice_id']}"
        if payload["account_id"] is None:
            content = json.loads(self._key.open(sealed, place))
        else:
            async with self._database.connection() as connection:
                key = await self._accounts.key_of(connection, UUID(payload["account_id"]))
            content = key.open(sealed, place)
        return Notice(**{**content, "kind": Kind(content["kind"])})

    def _compose(self, notice: Notice, notice_id: str) -> Mail:
        values = {
            "authority": self._profile.name.in_language(notice.language),
            "portal": self._public_url,
            **notice.values,
        }
        parts = [GREETING, BODIES[notice.kind], *([NOT_ME] if "not_me" in values else [])]
        text = "\n\n".join(part.in_language(notice.language).format(**values) for part in parts)
        signature = SIGNATURE.in_language(notice.language).format(**values)
        return Mail(
            to=notice.to,
            subject=SUBJECTS[notice.kind].in_language(notice.language),
            text=f"{text}\n\n-- \n{signature}\n",
            message_id=f"<{notice_id}@identity.parvis>",
            language=notice.language,
        )
