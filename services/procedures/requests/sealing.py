"""Answers at rest: sealed with the request's own key (DAT-05)."""

import json
from collections.abc import Mapping
from uuid import UUID

from chassis.keyring import DataKey, Keyring
from services.procedures.requests.model import PageAnswers


class RequestSeal:
    """Makes, opens and uses the data key of each request."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    def new_key(self, request_id: UUID) -> bytes:
        """Return a new wrapped key for a request."""
        return self._keyring.new_wrapped_key(f"request:{request_id}")

    def key(self, request_id: UUID, wrapped: bytes) -> DataKey:
        """Return the usable key of a request."""
        return self._keyring.unwrap(wrapped, f"request:{request_id}")

    def seal_pages(
        self, request_id: UUID, wrapped: bytes, pages: Mapping[str, PageAnswers]
    ) -> bytes:
        """Seal the answers of every page."""
        content = {
            page: {"typed": dict(answers.typed), "values": dict(answers.values)}
            for page, answers in pages.items()
        }
        plain = json.dumps(content, ensure_ascii=False).encode()
        return self.key(request_id, wrapped).seal(plain, "answers")

    def open_pages(self, request_id: UUID, wrapped: bytes, sealed: bytes) -> dict[str, PageAnswers]:
        """Open the answers of every page."""
        content = json.loads(self.key(request_id, wrapped).open(sealed, "answers"))
        return {
            page: PageAnswers(answers["typed"], answers["values"])
            for page, answers in content.items()
        }
