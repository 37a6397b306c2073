"""How each domain error of the service is told over HTTP."""

from chassis.problems import Problem, ProblemTable
from services.procedures.amendments.model import AmendmentChanged
from services.procedures.business_api.model import (
    AlreadyGiven,
    ScopeMissing,
    TokenRefused,
    TokenUnknown,
)
from services.procedures.catalogue.model import ProcedureNotFound
from services.procedures.catalogue.publication import VersionOutdated
from services.procedures.catalogue.states import StateUnreachable
from services.procedures.corrections.model import NothingAsked
from services.procedures.decisions.model import LetterUnknown, TemplateChanged, TemplateUnknown
from services.procedures.declarations.model import DeclarationUnavailable, DeclarationUnknown
from services.procedures.desk.model import NoteConflict
from services.procedures.documents.model import (
    DocumentQuarantined,
    DocumentRefused,
    DocumentUnknown,
)
from services.procedures.editing.model import (
    DefinitionDraftChanged,
    DefinitionDraftNotFound,
    DefinitionFaulty,
    DefinitionStepRefused,
    EditRefused,
    OwnDefinitionDraft,
    ProcedureExists,
    SourceRefused,
)
from services.procedures.filing.model import NotCertified, RequestIncomplete, VersionReplaced
from services.procedures.lifecycle.model import CaseChanged, ReasonMissing, TransitionRefused
from services.procedures.messages.model import MessageConflict, MessagesClosed
from services.procedures.partners.model import TargetNotFound
from services.procedures.payments.problems import PROBLEMS as PAYMENT_PROBLEMS
from services.procedures.requests.model import (
    AnswersInvalid,
    PageUnknown,
    ProcedureClosed,
    RequestFiled,
    RequestNotFound,
    StaleRevision,
    TermsNotAccepted,
)
from services.procedures.resumptions.model import LinkNeedless, LinkUnknown, TooManyLinks
from services.procedures.webhooks.model import AlreadyAdded, TargetRefused, WebhookUnknown

PROBLEMS: ProblemTable = {
    **PAYMENT_PROBLEMS,
    TargetNotFound: Problem(404, "The procedure leads nowhere else"),
    ProcedureNotFound: Problem(404, "No such procedure"),
    VersionOutdated: Problem(409, "Another version was published meanwhile"),
    DefinitionDraftNotFound: Problem(404, "No such draft"),
    DefinitionDraftChanged: Problem(409, "The draft was changed meanwhile"),
    DefinitionStepRefused: Problem(409, "The draft is in a state that does not allow it"),
    OwnDefinitionDraft: Problem(403, "Whoever wrote in a draft may not approve it"),
    ProcedureExists: Problem(409, "A procedure of this name exists"),
    DefinitionFaulty: Problem(422, "The draft has faults"),
    SourceRefused: Problem(422, "The text is no definition"),
    EditRefused: Problem(422, "The draft has no such part"),
    RequestNotFound: Problem(404, "No such request"),
    PageUnknown: Problem(404, "No such page in the form"),
    DocumentUnknown: Problem(404, "No such document"),
    RequestFiled: Problem(409, "The request is already filed"),
    StaleRevision: Problem(409, "The request was changed meanwhile"),
    ProcedureClosed: Problem(409, "The procedure takes no request now"),
    TermsNotAccepted: Problem(422, "The terms of use were not accepted for this request"),
    AmendmentChanged: Problem(409, "The form was amended again meanwhile"),
    VersionReplaced: Problem(409, "The version that the draft follows can no longer be filed"),
    LinkUnknown: Problem(404, "The link opens nothing"),
    LinkNeedless: Problem(409, "The draft belongs to an account"),
    TooManyLinks: Problem(429, "Enough links were sent today"),
    AnswersInvalid: Problem(422, "Answers were kept as typed and have faults"),
    StateUnreachable: Problem(409, "The procedure cannot change to this state"),
    DocumentQuarantined: Problem(409, "The file is being checked"),
    DocumentRefused: Problem(422, "The file was refused"),
    RequestIncomplete: Problem(422, "The request is not complete"),
    NotCertified: Problem(422, "The information was not certified"),
    DeclarationUnknown: Problem(422, "The certified text is unknown"),
    DeclarationUnavailable: Problem(503, "The text to certify is not available"),
    CaseChanged: Problem(409, "The request was changed meanwhile"),
    TransitionRefused: Problem(409, "The request is in a state that does not allow it"),
    ReasonMissing: Problem(422, "A reason is needed: the person reads it"),
    NothingAsked: Problem(409, "Nothing is asked of the person"),
    MessagesClosed: Problem(409, "The request takes no more messages"),
    MessageConflict: Problem(409, "Another message bears this identifier"),
    NoteConflict: Problem(409, "Another note bears this identifier"),
    LetterUnknown: Problem(404, "No such letter"),
    TemplateChanged: Problem(409, "The template was changed meanwhile"),
    TemplateUnknown: Problem(404, "No such template"),
    TokenRefused: Problem(401, "The application's token is not valid"),
    ScopeMissing: Problem(403, "The application's token does not allow this"),
    AlreadyAdded: Problem(409, "It was added already: a secret is shown once"),
    AlreadyGiven: Problem(409, "It was given already: a secret is shown once"),
    TokenUnknown: Problem(404, "No such token"),
    WebhookUnknown: Problem(404, "No such webhook or delivery"),
    TargetRefused: Problem(422, "The address is not allowed"),
}
