"""The gateway before the real legal and procedures services."""

from tests.gateway.pages.legal.conftest import portal as portal
