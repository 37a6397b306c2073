"""The whole HTTP surface of the service, one address a line."""

from chassis.routing import Route
from services.identity.accounts import handlers as accounts
from services.identity.accounts.model import Change
from services.identity.accounts.schemas import AccountView, EpochView, EventPage, EventQuery
from services.identity.colleagues import handlers as colleagues
from services.identity.colleagues.schemas import (
    ColleaguesQuery,
    ColleaguesView,
    StaffAddressView,
)
from services.identity.copies import handlers as copies
from services.identity.copies.schemas import CopiesView, CopyView
from services.identity.credentials import handlers as credentials
from services.identity.credentials.schemas import (
    ChallengeView,
    PasswordBody,
    RulesBody,
    RulesView,
    SecondStepBody,
    SecretBody,
    SignInBody,
    SignInView,
    StepUpBody,
    StepUpView,
    TokenBody,
)
from services.identity.emails import handlers as emails
from services.identity.emails.schemas import EmailChangeBody, EmailConfirmationView
from services.identity.erasures import handlers as erasures
from services.identity.erasures.schemas import ErasureBody, ErasureView
from services.identity.favourites import handlers as favourites
from services.identity.federations import handlers as federations
from services.identity.federations.schemas import (
    FederatedView,
    IdentityBody,
    LinksView,
    OpeningBody,
    ProofBody,
    RefusalBody,
)
from services.identity.moderation import handlers as moderation
from services.identity.moderation.schemas import (
    ModeratedView,
    ReasonBody,
    ResetTokenBody,
    ResetTokenView,
    SearchBody,
    StaffAccountView,
)
from services.identity.profiles import handlers as profiles
from services.identity.profiles.schemas import (
    FavouritesView,
    PrefillQuery,
    PrefillView,
    ProfileBody,
    ProfileView,
)
from services.identity.recoveries import handlers as recoveries
from services.identity.recoveries.schemas import RecoveryBody, ResetBody, ResetDoneView, ResetView
from services.identity.registrations import handlers as registrations
from services.identity.registrations.schemas import (
    ConfirmationView,
    RegistrationBody,
    RegistrationView,
)
from services.identity.rights import handlers as rights
from services.identity.rights.schemas import (
    AnswerBody,
    OpenQuery,
    RightsBody,
    RightsListView,
    RightsView,
    WrittenBody,
)
from services.identity.second_factors import handlers as factors
from services.identity.second_factors.schemas import (
    EnrolmentView,
    FactorsView,
    PasskeyBody,
    RecoveryCodesView,
    StepUpTokenBody,
    TotpBody,
    TotpOfferView,
)

CLIENT = {"Client-Address": "IP address of the browser, as the gateway saw it; needed"}

# fmt: off
ROUTES: list[Route] = [
    Route("POST", "/sign-ins", credentials.sign_in, "Sign a person in", body=SignInBody, answer=SignInView, problems=[403, 429], headers=CLIENT),
    Route("POST", "/sign-ins/second-step", credentials.take_second_step, "Take the second step of a sign-in", body=SecondStepBody, answer=SignInView, problems=[403, 404, 410, 429], headers=CLIENT),
    Route("POST", "/sign-ins/passkey-challenges", credentials.ask_passkey, "Ask for a passkey as the second step", body=TokenBody, answer=ChallengeView, problems=[403, 404, 410]),
    Route("POST", "/password-rules", credentials.check_rules, "Check a password being chosen, rule by rule", body=RulesBody, answer=RulesView, problems=[403, 404]),
    Route("POST", "/registrations", registrations.register, "Open an account", body=RegistrationBody, answer=RegistrationView, status=201, problems=[403, 409, 429]),
    Route("POST", "/registrations/confirmations", registrations.confirm, "Confirm the e-mail of a new account", body=SecretBody, answer=ConfirmationView, problems=[403, 404, 409, 410]),
    Route("POST", "/recoveries", recoveries.ask, "Ask to recover a password or an identifier", body=RecoveryBody, status=202, problems=[403]),
    Route("POST", "/recoveries/links", recoveries.look_at, "Read whose recovery link it is", body=SecretBody, answer=ResetView, problems=[403, 404, 410]),
    Route("POST", "/recoveries/resets", recoveries.reset, "Choose another password with a link", body=ResetBody, answer=ResetDoneView, problems=[403, 404, 410, 429]),
    Route("POST", "/freezes", recoveries.freeze, "Freeze an account with the link of a notice", body=SecretBody, answer=ResetDoneView, problems=[403, 404, 410]),
    Route("POST", "/email-confirmations", emails.confirm, "Confirm a change of e-mail at one address", body=SecretBody, answer=EmailConfirmationView, problems=[403, 404, 410]),
    Route("POST", "/federated-sign-ins", federations.sign_in, "Sign in whom FranceConnect or ProConnect vouches for", body=IdentityBody, answer=FederatedView, problems=[403, 409], headers=CLIENT),
    Route("POST", "/federated-sign-ins/proofs", federations.prove, "Link an identity to the account whose password is typed", body=ProofBody, answer=SignInView, problems=[403, 404, 409, 410, 429], headers=CLIENT),
    Route("POST", "/federated-sign-ins/registrations", federations.open_account, "Open an account with an identity", body=OpeningBody, answer=RegistrationView, status=201, problems=[403, 409, 410]),
    Route("GET", "/accounts/{id}", accounts.show_account, "Read one's own account", answer=AccountView, problems=[404]),
    Route("GET", "/accounts/{id}/events", accounts.list_events, "Read the journal of one's own account", query=EventQuery, answer=EventPage, problems=[404]),
    Route("POST", "/accounts/{id}/freeze", accounts.freeze_account, "Freeze one's own account", status=204, problems=[404]),
    Route("DELETE", "/accounts/{id}/sessions", accounts.end_sessions, "End every session", answer=EpochView, problems=[404]),
    Route("PUT", "/accounts/{id}/password", credentials.change_password, "Change one's own password", body=PasswordBody, answer=EpochView, problems=[403, 404, 429], headers=CLIENT),
    Route("POST", "/accounts/{id}/step-ups", credentials.step_up, "Type one's password again before a sensitive change", body=StepUpBody, answer=StepUpView, problems=[403, 404, 429], headers=CLIENT),
    Route("POST", "/accounts/{id}/email-changes", emails.ask_change, "Ask for another e-mail", body=EmailChangeBody, status=202, problems=[404, 410]),
    Route("GET", "/accounts/{id}/profile", profiles.show_profile, "Read the data that are kept", answer=ProfileView, problems=[404]),
    Route("PATCH", "/accounts/{id}/profile", profiles.update_profile, "Keep some data", body=ProfileBody, status=204, problems=[404]),
    Route("DELETE", "/accounts/{id}/profile/{name}", profiles.erase_field, "Erase one datum", status=204, problems=[404]),
    Route("GET", "/accounts/{id}/prefill", profiles.prefill, "Read the data that a form may start with", query=PrefillQuery, answer=PrefillView, problems=[404]),
    Route("GET", "/accounts/{id}/favourites", favourites.list_favourites, "List pinned procedures", answer=FavouritesView, problems=[404]),
    Route("PUT", "/accounts/{id}/favourites/{procedure}", favourites.pin_procedure, "Pin a procedure", answer=FavouritesView, problems=[404, 409]),
    Route("DELETE", "/accounts/{id}/favourites/{procedure}", favourites.unpin_procedure, "Unpin a procedure", answer=FavouritesView, problems=[404]),
    Route("GET", "/accounts/{id}/factors", factors.list_factors, "List second factors", answer=FactorsView, problems=[404]),
    Route("POST", "/accounts/{id}/factors/totp-offers", factors.offer_totp, "Ask for a seed of one-time codes", body=StepUpTokenBody, answer=TotpOfferView, problems=[403, 404, 410]),
    Route("POST", "/accounts/{id}/factors/totp", factors.confirm_totp, "Add one-time codes", body=TotpBody, answer=EnrolmentView, status=201, problems=[403, 404, 409, 410]),
    Route("POST", "/accounts/{id}/factors/passkey-offers", factors.offer_passkey, "Ask for the making of a passkey", body=StepUpTokenBody, answer=ChallengeView, problems=[403, 404, 410]),
    Route("POST", "/accounts/{id}/factors/passkeys", factors.confirm_passkey, "Add a passkey", body=PasskeyBody, answer=EnrolmentView, status=201, problems=[403, 404, 409, 410]),
    Route("POST", "/accounts/{id}/factors/{factor}/removal", factors.remove_factor, "Remove a second factor", body=StepUpTokenBody, status=204, problems=[403, 404, 409, 410]),
    Route("POST", "/accounts/{id}/recovery-codes", factors.renew_codes, "Renew the recovery codes", body=StepUpTokenBody, answer=RecoveryCodesView, problems=[403, 404, 410]),
    Route("GET", "/accounts/{id}/links", federations.list_links, "List the linked identities", answer=LinksView, problems=[404]),
    Route("POST", "/accounts/{id}/links/{provider}/removal", federations.unlink, "Remove a linked identity", body=StepUpTokenBody, status=204, problems=[404, 409, 410]),
    Route("POST", "/accounts/{id}/links/{provider}/refusal", federations.refuse, "Say that the account is another person's", body=RefusalBody, status=204, problems=[404, 409]),
    Route("POST", "/accounts/{id}/erasure", erasures.erase_account, "Erase one's own account, at once or in 14 days", body=ErasureBody, answer=ErasureView, problems=[404, 409, 410]),
    Route("DELETE", "/accounts/{id}/erasure", erasures.keep_account, "Cancel a planned erasure", status=204, problems=[404]),
    Route("POST", "/accounts/{id}/copies", copies.ask_copy, "Ask for a copy of one's data", answer=CopyView, status=202, problems=[404, 409]),
    Route("GET", "/accounts/{id}/copies", copies.list_copies, "List the copies of one's data", answer=CopiesView, problems=[404]),
    Route("POST", "/accounts/{id}/copies/{copy}/download", copies.download_copy, "Download a copy, once", media_type="application/zip", problems=[404]),
    Route("POST", "/accounts/{id}/rights-requests", rights.ask, "Exercise a right over one's data", body=RightsBody, answer=RightsView, status=201, problems=[404]),
    Route("GET", "/accounts/{id}/rights-requests", rights.list_own, "List the rights one exercised", answer=RightsListView, problems=[404]),
    Route("GET", "/staff/colleagues", colleagues.list_colleagues, "List the staff of one's service", query=ColleaguesQuery, answer=ColleaguesView, problems=[403]),
    Route("GET", "/staff/{id}/address", colleagues.show_address, "Where a member of staff is written to", answer=StaffAddressView, problems=[403, 404]),
    Route("POST", "/staff/account-searches", moderation.search_account, "Find an account by its identifier", body=SearchBody, answer=StaffAccountView, problems=[403, 404]),
    Route("GET", "/staff/accounts/{id}", moderation.read_account, "Read an account", answer=StaffAccountView, problems=[403, 404]),
    Route("POST", "/staff/accounts/{id}/suspension", moderation.moderate(Change.SUSPEND), "Suspend an account", body=ReasonBody, status=204, problems=[403, 404, 409]),
    Route("POST", "/staff/accounts/{id}/termination", moderation.moderate(Change.TERMINATE), "Terminate an account", body=ReasonBody, status=204, problems=[403, 404, 409]),
    Route("POST", "/staff/accounts/{id}/reinstatement", moderation.moderate(Change.REINSTATE), "Reinstate an account", body=ReasonBody, status=204, problems=[403, 404, 409]),
    Route("POST", "/staff/accounts/{id}/factor-resets", moderation.ask_factor_reset, "Ask for the reset of second factors", body=ReasonBody, answer=ResetTokenView, problems=[403, 404]),
    Route("POST", "/staff/factor-resets", moderation.agree_factor_reset, "Agree to a reset of second factors", body=ResetTokenBody, answer=ModeratedView, problems=[403, 404, 410]),
    Route("POST", "/staff/rights-requests", rights.record_written, "Record a written request", body=WrittenBody, answer=RightsView, status=201, problems=[403, 404]),
    Route("GET", "/staff/rights-requests", rights.list_open, "List open requests, the most urgent first", query=OpenQuery, answer=RightsListView, problems=[403, 404]),
    Route("POST", "/staff/rights-requests/{request}/answer", rights.answer, "Answer a request", body=AnswerBody, status=204, problems=[403, 404, 409]),
]
# fmt: on
