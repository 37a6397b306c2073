"""How each domain error of the service is told over HTTP."""

from chassis.problems import Problem, ProblemTable
from services.identity.accounts.model import AccountNotFound, ChangeRefused, IdentifierTaken
from services.identity.copies.model import CopyNotFound, TooManyCopies
from services.identity.credentials.model import (
    AccountNotUsable,
    PasswordMissing,
    PasswordRefused,
    PasswordWrong,
    SignInRefused,
    SignInsUnavailable,
)
from services.identity.emails.model import EmailUnchanged
from services.identity.erasures.model import StaffAccountKept
from services.identity.favourites.model import ProcedureNameRefused, TooManyFavourites
from services.identity.federations.model import LastWayIn, LinkNotFound, LinkTaken, WrongProvider
from services.identity.moderation.model import OwnAccount, SecondPersonNeeded
from services.identity.profiles.model import FieldNotFound, ProfileRefused
from services.identity.proofs.model import ProofRefused
from services.identity.registrations.model import RegistrationConflict, RegistrationRefused
from services.identity.rights.model import ReceivedLater, RequestNotFound
from services.identity.second_factors.model import (
    FactorNeeded,
    FactorNotFound,
    FactorRefused,
    TooManyFactors,
)

PROBLEMS: ProblemTable = {
    AccountNotFound: Problem(404, "No such account"),
    AccountNotUsable: Problem(403, "The account cannot be used at present"),
    ChangeRefused: Problem(409, "The account is in another state"),
    CopyNotFound: Problem(404, "No such copy, or no longer"),
    EmailUnchanged: Problem(422, "The account already has this address"),
    FactorNeeded: Problem(409, "A member of staff keeps a second factor"),
    FactorNotFound: Problem(404, "No such second factor"),
    FactorRefused: Problem(403, "The second factor is not the right one"),
    FieldNotFound: Problem(404, "No such datum"),
    IdentifierTaken: Problem(409, "The identifier is taken"),
    LastWayIn: Problem(409, "Nobody could sign in to the account any more"),
    LinkNotFound: Problem(404, "No such link"),
    LinkTaken: Problem(409, "The identity is linked to another account"),
    OwnAccount: Problem(403, "Nobody moderates their own account"),
    PasswordMissing: Problem(403, "The account has no password yet"),
    PasswordRefused: Problem(422, "The password does not meet every rule"),
    PasswordWrong: Problem(403, "The password is wrong"),
    ProcedureNameRefused: Problem(422, "This is not the name of a procedure"),
    ProfileRefused: Problem(422, "Some data are not right"),
    ProofRefused: Problem(410, "The link or the token is no longer good"),
    ReceivedLater: Problem(422, "The day of receipt is still to come"),
    RegistrationConflict: Problem(409, "The key was used for another registration"),
    RegistrationRefused: Problem(422, "Something that was typed is not right"),
    RequestNotFound: Problem(404, "No such request, or it was answered"),
    SecondPersonNeeded: Problem(403, "A second person must agree"),
    SignInRefused: Problem(401, "The identifier or the password is wrong"),
    SignInsUnavailable: Problem(503, "Nobody can sign in at present", {"Retry-After": "5"}),
    StaffAccountKept: Problem(409, "An account with a role is first relieved of it"),
    TooManyCopies: Problem(409, "Copies are still to be made or downloaded"),
    TooManyFactors: Problem(409, "As many second factors as there may be"),
    TooManyFavourites: Problem(409, "As many procedures are pinned as can be"),
    WrongProvider: Problem(403, "Staff and residents sign in with different providers"),
}
