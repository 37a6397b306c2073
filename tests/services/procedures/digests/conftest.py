"""Agents of the waste service."""

import pytest

from tests.services.procedures.office import Desk, agent
from tests.services.procedures.portal import Portal


@pytest.fixture
def desk(portal: Portal) -> Desk:
    return Desk(portal, agent())
