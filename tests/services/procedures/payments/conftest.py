"""A till for each test."""

from collections.abc import AsyncIterator

import pytest

from authority.profile import AuthorityProfile
from chassis.database import Database
from tests.services.procedures.payments.till import Till, open_till


@pytest.fixture
async def till(database: Database, profile: AuthorityProfile) -> AsyncIterator[Till]:
    async with open_till(database, profile) as opened:
        yield opened
