"""Answers already written: most people read the same few pages of an unchanged catalogue."""

import hashlib
import json
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

MAX_ANSWERS = 500


@dataclass(frozen=True)
class PreparedAnswer:
    """A JSON body and the entity tag that names exactly this content."""

    body: bytes
    etag: str

    @classmethod
    def of(cls, view: Any) -> "PreparedAnswer":
        """Write a view."""
        body = json.dumps(view, ensure_ascii=False).encode()
        return cls(body, hashlib.sha256(body).hexdigest()[:32])


@dataclass
class PreparedAnswers:
    """Answers of one state of the catalogue on one day; another state or day empties it."""

    _moment: Hashable = None
    _answers: dict[Hashable, PreparedAnswer] = field(default_factory=dict)

    def get(self, moment: Hashable, key: Hashable, view: Callable[[], Any]) -> PreparedAnswer:
        """Return the answer for `key`, writing what `view` makes when there is none."""
        if moment != self._moment:
            self._moment, self._answers = moment, {}
        answer = self._answers.get(key)
        if answer is None:
            answer = PreparedAnswer.of(view())
            if len(self._answers) < MAX_ANSWERS:
                self._answers[key] = answer
        return answer
