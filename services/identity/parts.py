"""The parts of the running service, by typed key."""

from aiohttp import web

from services.identity.accounts.service import AccountService
from services.identity.colleagues.service import ColleagueService
from services.identity.copies.service import CopyService
from services.identity.credentials.own import OwnPasswordService
from services.identity.credentials.service import PasswordService
from services.identity.credentials.sign_in import SignInService
from services.identity.emails.service import EmailChangeService
from services.identity.erasures.service import ErasureService
from services.identity.events.service import EventService
from services.identity.favourites.service import FavouriteService
from services.identity.federations.opening import OpeningService
from services.identity.federations.service import FederationService
from services.identity.freezes.service import FreezeService
from services.identity.moderation.service import ModerationService
from services.identity.profiles.service import ProfileService
from services.identity.recoveries.service import RecoveryService
from services.identity.registrations.service import RegistrationService
from services.identity.rights.service import RightsService
from services.identity.second_factors.service import SecondFactorService

ACCOUNTS = web.AppKey("accounts", AccountService)
COLLEAGUES = web.AppKey("colleagues", ColleagueService)
COPIES = web.AppKey("copies", CopyService)
EMAIL_CHANGES = web.AppKey("email_changes", EmailChangeService)
ERASURES = web.AppKey("erasures", ErasureService)
EVENTS = web.AppKey("events", EventService)
FACTORS = web.AppKey("factors", SecondFactorService)
FAVOURITES = web.AppKey("favourites", FavouriteService)
FEDERATIONS = web.AppKey("federations", FederationService)
OPENINGS = web.AppKey("openings", OpeningService)
FREEZES = web.AppKey("freezes", FreezeService)
MODERATION = web.AppKey("moderation", ModerationService)
OWN_PASSWORDS = web.AppKey("own_passwords", OwnPasswordService)
PASSWORDS = web.AppKey("passwords", PasswordService)
PROFILES = web.AppKey("profiles", ProfileService)
RECOVERIES = web.AppKey("recoveries", RecoveryService)
REGISTRATIONS = web.AppKey("registrations", RegistrationService)
RIGHTS = web.AppKey("rights", RightsService)
SIGN_INS = web.AppKey("sign_ins", SignInService)
