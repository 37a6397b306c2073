"""Browser sessions in Redis: the cookie holds a secret, Redis its hash and sealed content.

Idle and absolute limits, rotation, one index per account so that all its sessions can be ended.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from redis.asyncio import Redis

from chassis.clock import Clock, IdSource, hash_secret
from chassis.keyring import DataKey, SealBroken

TOUCH_SECONDS = 60
MAX_HELD = 20
TOKEN_LENGTH = 43


@dataclass
class Session:
    """What we remember of a browser. `token` is the cookie's value; `seen` is in Unix seconds."""

    token: str
    created: float
    seen: float
    content: dict[str, Any] = field(default_factory=dict)
    changed: bool = True
    fresh: bool = True
    former_tokens: list[str] = field(default_factory=list)

    def __repr__(self) -> str:
        return "Session(...)"

    @property
    def csrf_token(self) -> str:
        """Return the secret that every form of this session carries."""
        return str(self.content["csrf"])

    @property
    def account(self) -> Mapping[str, Any] | None:
        """Return who is signed in: account_id, identifier, display_name, roles."""
        return self.content.get("account")

    def get(self, name: str, default: Any = None) -> Any:
        """Return what is kept under `name`."""
        return self.content.get(name, default)

    def put(self, name: str, value: Any) -> None:
        """Keep `value` (JSON) under `name`."""
        self.content[name] = value
        self.changed = True

    def pop(self, name: str, default: Any = None) -> Any:
        """Return what was kept under `name` and forget it."""
        if name not in self.content:
            return default
        self.changed = True
        return self.content.pop(name)

    def key_of(self, request_id: str) -> str:
        """Return the secret key of a request that this browser holds, or ''."""
        return str(self.content.get("keys", {}).get(request_id, ""))

    def hold_key(self, request_id: str, key: str) -> None:
        """Keep the key of a request; the oldest of too many is let go."""
        self._hold("keys", request_id, key)

    def begun_with(self, request_id: str) -> tuple[str, int] | None:
        """Return the procedure and version that a request follows, when this browser saw it."""
        found = self.content.get("begun", {}).get(request_id)
        return (str(found[0]), int(found[1])) if found else None

    def note_begun(self, request_id: str, procedure_id: str, version: int) -> None:
        """Remember which version of which procedure a request follows now."""
        if self.begun_with(request_id) != (procedure_id, version):
            self._hold("begun", request_id, [procedure_id, version])

    def kept_version(self, request_id: str) -> int | None:
        """Return the newer version that a draft's owner chose not to follow, in this visit."""
        found = self.content.get("kept_versions", {}).get(request_id)
        return int(found) if found is not None else None

    def keep_version(self, request_id: str, newer: int) -> None:
        """Remember that a draft's owner was told of a newer version and keeps the one begun."""
        self._hold("kept_versions", request_id, newer)

    def _hold(self, table: str, request_id: str, value: Any) -> None:
        held = {name: one for name, one in self.get(table, {}).items() if name != request_id}
        newest = dict(list(held.items())[-(MAX_HELD - 1) :])
        self.put(table, {**newest, request_id: value})

    def flash(self, kind: str, text: str) -> None:
        """Say something on the next page shown: kind success, info, warning or error."""
        self.put("flashes", [*self.get("flashes", []), {"kind": kind, "text": text}][-5:])


class SessionStore:
    """Reads and writes sessions; times are the clock's, and Redis forgets the idle ones."""

    def __init__(
        self, redis: Redis, key: bytes, clock: Clock, *, idle_seconds: int, absolute_seconds: int
    ) -> None:
        self._redis = redis
        self._seal = DataKey(key)
        self._clock = clock
        self._ids = IdSource()
        self._idle = idle_seconds
        self._absolute = absolute_seconds

    def new_session(self) -> Session:
        """Return a session that exists nowhere yet."""
        now = self._clock.now().timestamp()
        return Session(self._ids.new_secret(), now, now, {"csrf": self._ids.new_secret()})

    async def find_session(self, token: str) -> Session | None:
        """Return the session of a cookie, unless it is unknown, idle too long or too old."""
        if len(token) != TOKEN_LENGTH:
            return None
        name = _name(token)
        sealed = await self._redis.get(name)
        if sealed is None:
            return None
        try:
            kept = json.loads(self._seal.open(_bytes(sealed), name))
        except SealBroken:
            return None
        now = self._clock.now().timestamp()
        if now - kept["seen"] > self._idle or now - kept["created"] > self._absolute:
            await self._redis.delete(name)
            return None
        session = Session(token, kept["created"], kept["seen"], kept["content"], False, False)
        session.changed = now - session.seen > TOUCH_SECONDS
        return session

    async def save_session(self, session: Session) -> None:
        """Write the session; it lives until it is idle or too old."""
        session.seen = self._clock.now().timestamp()
        name = _name(session.token)
        kept = {"created": session.created, "seen": session.seen, "content": session.content}
        sealed = self._seal.seal(json.dumps(kept, ensure_ascii=False).encode(), name)
        remaining = self._absolute - (session.seen - session.created)
        seconds = max(1, int(min(self._idle, remaining)))
        async with self._redis.pipeline(transaction=True) as pipeline:
            # one that was ended while this request was under way stays ended
            pipeline.set(name, sealed, ex=seconds, xx=not session.fresh)
            for former in session.former_tokens:
                pipeline.delete(_name(former))
            if session.account is not None:
                index = _index(session.account["account_id"])
                pipeline.sadd(index, name)
                pipeline.expire(index, self._absolute)
            await pipeline.execute()
        session.changed, session.fresh, session.former_tokens = False, False, []

    def rotate(self, session: Session) -> None:
        """Give the session a new token and form secret: at sign-in, and whenever rights change."""
        session.former_tokens.append(session.token)
        session.token = self._ids.new_secret()
        session.created = self._clock.now().timestamp()
        session.fresh = True
        session.put("csrf", self._ids.new_secret())

    async def end_session(self, session: Session) -> None:
        """Forget a session here and now, whatever its cookie becomes."""
        await self._redis.delete(_name(session.token))

    async def end_account(self, account_id: str, *, but: Session | None = None) -> None:
        """End every session of an account, but one if it is named."""
        index = _index(account_id)
        kept = _name(but.token) if but is not None else ""
        names = await self._names(index)
        gone = [name for name in names if name != kept]
        if gone:
            await self._redis.delete(*gone)
            await self._redis.srem(index, *gone)

    async def list_account(self, account_id: str) -> list[tuple[str, Session]]:
        """Return the living sessions of an account as (handle, session), the newest first."""
        names = await self._names(_index(account_id))
        sealed = await self._redis.mget(names) if names else []
        found: list[tuple[str, Session]] = []
        for name, value in zip(names, sealed, strict=True):
            if value is not None:
                kept = json.loads(self._seal.open(_bytes(value), name))
                session = Session("", kept["created"], kept["seen"], kept["content"], False, False)
                found.append((_handle(name), session))
        return sorted(found, key=lambda pair: -pair[1].created)

    async def end_handle(self, account_id: str, handle: str) -> None:
        """End the session of an account that `list_account` gave this handle."""
        index = _index(account_id)
        for name in await self._names(index):
            if _handle(name) == handle:
                await self._redis.delete(name)
                await self._redis.srem(index, name)

    def handle_of(self, session: Session) -> str:
        """Return the handle that `list_account` gives this very session."""
        return _handle(_name(session.token))

    async def _names(self, index: str) -> list[str]:
        return [_bytes(name).decode() for name in await self._redis.smembers(index)]


def _bytes(value: bytes | str) -> bytes:
    """Narrow what the client may give as either; ours never decodes."""
    return value if isinstance(value, bytes) else value.encode()


def _name(token: str) -> str:
    return f"session:{hash_secret(token).hex()}"


def _index(account_id: str) -> str:
    return f"account-sessions:{account_id}"


def _handle(name: str) -> str:
    # a digest of the digest: shown on pages, of no use to whoever reads Redis or the page
    return hash_secret(name).hex()[:16]
