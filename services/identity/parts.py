"""The parts of the running service, by typed key."""

from aiohttp import web

from services.identity.accounts.service import AccountService
from services.identity.credentials.service import SignInService

ACCOUNTS = web.AppKey("accounts", AccountService)
SIGN_INS = web.AppKey("sign_ins", SignInService)
