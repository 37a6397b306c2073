"""The whole HTTP surface of the service, one address a line."""

from chassis.routing import Route
from services.identity.accounts import handlers as accounts
from services.identity.accounts.schemas import AccountView
from services.identity.credentials import handlers as credentials
from services.identity.credentials.schemas import SignInBody, SignInView

CLIENT = {"Client-Address": "IP address of the browser, as the gateway saw it; needed"}

# fmt: off
ROUTES: list[Route] = [
    Route("POST", "/sign-ins", credentials.sign_in, "Sign a person in", body=SignInBody, answer=SignInView, problems=[403, 429], headers=CLIENT),
    Route("GET", "/accounts/{id}", accounts.show_account, "Read one's own account", answer=AccountView, problems=[404]),
]
# fmt: on
