"""The gateway before the real procedures service."""

from tests.gateway.pages.legal.conftest import portal as portal
