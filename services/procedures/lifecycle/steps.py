"""The steps of a request's journal: their kinds, and how each is told to the person."""

from collections.abc import Mapping

from authority.text import Text
from services.procedures.lifecycle.model import Action, State

ASSIGNED = "assigned"
COUNTER = "entered_at_counter"
MESSAGE_TO_PERSON = "message_sent"
MESSAGE_FROM_PERSON = "message_received"

KINDS: Mapping[Action, str] = {
    Action.TAKE_IN_HAND: "taken_in_hand",
    Action.ASK_PERSON: "asked",
    Action.ANSWER: "answered",
    Action.ACCEPT: "accepted",
    Action.REFUSE: "refused",
    Action.CLOSE: "closed",
    Action.SUSPEND: "suspended",
    Action.RESUME: "resumed",
    Action.TERMINATE: "terminated",
    Action.WITHDRAW: "withdrawn",
    Action.ESCALATE: "escalated",
    Action.REOPEN: "reopened",
}
# the desk's own arrangements: nothing changes for the person
INTERNAL_KINDS = frozenset({ASSIGNED})
# a letter states these, with remedies
DECISION_KINDS = frozenset({"accepted", "refused", "closed", "suspended", "terminated"})
# the service is told of these by mail
SERVICE_KINDS = frozenset({"escalated", "answered", "withdrawn", MESSAGE_FROM_PERSON})

STATE_LABELS: Mapping[State, Text] = {
    State.DRAFT: Text(fr="Brouillon", en="Draft"),
    State.FILED: Text(
        fr="Déposée, en attente de prise en charge", en="Filed, waiting to be taken in hand"
    ),
    State.TAKEN_IN_HAND: Text(fr="Prise en charge", en="Taken in hand"),
    State.AWAITING_PERSON: Text(fr="En attente de votre réponse", en="Waiting for your answer"),
    State.ACCEPTED: Text(fr="Acceptée", en="Accepted"),
    State.REFUSED: Text(fr="Refusée", en="Refused"),
    State.CLOSED: Text(fr="Classée sans suite", en="Closed without follow-up"),
    State.SUSPENDED: Text(fr="Suspendue", en="Suspended"),
    State.WITHDRAWN: Text(fr="Retirée à votre demande", en="Withdrawn by you"),
    State.ESCALATED: Text(
        fr="En retard, signalée au responsable du service",
        en="Late, reported to the head of the service",
    ),
}

STEP_LABELS: Mapping[str, Text] = {
    "started": Text(fr="Demande commencée", en="Request started"),
    COUNTER: Text(
        fr="Demande commencée pour vous au guichet", en="Request started for you at a counter"
    ),
    "amended": Text(
        fr="Passage à la nouvelle version du formulaire", en="Went over to the form’s new version"
    ),
    "terms_renewed": Text(
        fr="Nouvelles conditions d’utilisation acceptées", en="New terms of use accepted"
    ),
    "filed": Text(fr="Demande déposée", en="Request filed"),
    "taken_in_hand": Text(
        fr="Un agent a pris votre demande en charge", en="An agent took your request in hand"
    ),
    "asked": Text(
        fr="Le service vous demande une correction ou un document",
        en="The service asks you for a correction or a document",
    ),
    "answered": Text(fr="Vous avez répondu au service", en="You answered the service"),
    "accepted": Text(fr="Votre demande est acceptée", en="Your request is accepted"),
    "refused": Text(fr="Votre demande est refusée", en="Your request is refused"),
    "closed": Text(
        fr="Votre demande est classée sans suite", en="Your request is closed without follow-up"
    ),
    "suspended": Text(fr="Votre demande est suspendue", en="Your request is suspended"),
    "resumed": Text(
        fr="L’examen de votre demande reprend", en="The examination of your request goes on"
    ),
    "terminated": Text(
        fr="Le service a mis fin à votre demande", en="The service brought your request to an end"
    ),
    "withdrawn": Text(fr="Vous avez retiré votre demande", en="You withdrew your request"),
    "escalated": Text(
        fr="Votre demande a pris du retard : le responsable du service est prévenu",
        en="Your request is late: the head of the service was told",
    ),
    "reopened": Text(
        fr="Votre demande est examinée de nouveau", en="Your request is examined again"
    ),
    ASSIGNED: Text(fr="Demande confiée à un agent", en="Request given to an agent"),
    MESSAGE_TO_PERSON: Text(
        fr="Le service vous a écrit un message", en="The service wrote you a message"
    ),
    MESSAGE_FROM_PERSON: Text(fr="Vous avez écrit au service", en="You wrote to the service"),
}
