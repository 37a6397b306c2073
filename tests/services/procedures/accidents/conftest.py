"""What the accidents need: silence, and a mail server."""

import logging
from collections.abc import Iterator

import pytest
import structlog

from tests.services.procedures.acknowledgements.conftest import inbox as inbox


@pytest.fixture
def quiet() -> Iterator[None]:
    """Hundreds of errors are told to nobody: each kept traceback would keep what it was in."""
    logging.disable(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    yield
    structlog.reset_defaults()
    logging.disable(logging.NOTSET)
