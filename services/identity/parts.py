"""The parts of the running service, by typed key."""

from aiohttp import web

from services.identity.accounts.service import AccountService
from services.identity.credentials.own import OwnPasswordService
from services.identity.credentials.service import PasswordService
from services.identity.credentials.sign_in import SignInService
from services.identity.emails.service import EmailChangeService
from services.identity.events.service import EventService
from services.identity.favourites.service import FavouriteService
from services.identity.freezes.service import FreezeService
from services.identity.profiles.service import ProfileService
from services.identity.recoveries.service import RecoveryService
from services.identity.registrations.service import RegistrationService
from services.identity.second_factors.service import SecondFactorService

ACCOUNTS = web.AppKey("accounts", AccountService)
EMAIL_CHANGES = web.AppKey("email_changes", EmailChangeService)
EVENTS = web.AppKey("events", EventService)
FACTORS = web.AppKey("factors", SecondFactorService)
FAVOURITES = web.AppKey("favourites", FavouriteService)
FREEZES = web.AppKey("freezes", FreezeService)
OWN_PASSWORDS = web.AppKey("own_passwords", OwnPasswordService)
PASSWORDS = web.AppKey("passwords", PasswordService)
PROFILES = web.AppKey("profiles", ProfileService)
RECOVERIES = web.AppKey("recoveries", RecoveryService)
REGISTRATIONS = web.AppKey("registrations", RegistrationService)
SIGN_INS = web.AppKey("sign_ins", SignInService)
