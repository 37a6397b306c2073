"""The gateway before the real services, for the pages of definitions."""

from tests.gateway.pages.legal.conftest import portal as portal
