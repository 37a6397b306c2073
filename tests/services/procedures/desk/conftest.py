"""Agents of the waste service, at the desk."""

import pytest

from tests.services.procedures.office import Desk, agent
from tests.services.procedures.portal import Portal


@pytest.fixture
def desk(portal: Portal) -> Desk:
    return Desk(portal, agent())


@pytest.fixture
def supervisor(portal: Portal) -> Desk:
    return Desk(portal, agent(role="supervisor"))


@pytest.fixture
def administrator(portal: Portal) -> Desk:
    return Desk(portal, agent("", role="administrator"))
