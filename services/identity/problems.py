"""How each domain error of the service is told over HTTP."""

from chassis.problems import Problem, ProblemTable
from services.identity.accounts.model import AccountNotFound
from services.identity.credentials.model import SignInRefused, SignInsUnavailable

PROBLEMS: ProblemTable = {
    AccountNotFound: Problem(404, "No such account"),
    SignInRefused: Problem(401, "The identifier or the password is wrong"),
    SignInsUnavailable: Problem(503, "Nobody can sign in at present", {"Retry-After": "5"}),
}
