"""Sentences of the catalogue that no definition writes."""

from authority.text import Text
from services.procedures.catalogue.model import Outcome
from services.procedures.catalogue.periods import Unit

# one, then several
UNITS = {
    Unit.DAYS: (Text("1 jour", "1 day"), Text("{n} jours", "{n} days")),
    Unit.WORKING_DAYS: (
        Text("1 jour ouvré", "1 working day"),
        Text("{n} jours ouvrés", "{n} working days"),
    ),
    Unit.WEEKS: (Text("1 semaine", "1 week"), Text("{n} semaines", "{n} weeks")),
    Unit.MONTHS: (Text("1 mois", "1 month"), Text("{n} mois", "{n} months")),
}

IMPLICIT = {
    Outcome.ACCEPTANCE: Text(
        "Sans réponse de notre part après {delay}, votre demande est acceptée ({basis}).",
        "If we have not answered after {delay}, your request is accepted ({basis}).",
    ),
    Outcome.REFUSAL: Text(
        "Sans réponse de notre part après {delay}, votre demande est refusée ({basis}).",
        "If we have not answered after {delay}, your request is refused ({basis}).",
    ),
}

YEARLY_PERIOD = Text(
    "Ouverte chaque année du {first} au {last}.", "Open each year from {first} to {last}."
)
OPEN_UNTIL = Text("Ouverte jusqu’au {closes}.", "Open until {closes}.")
NOT_YET_OPEN = Text("Ouvre le {opens}, jusqu’au {closes}.", "Opens on {opens}, until {closes}.")
CLOSED_SINCE = Text("Fermée depuis le {closes}.", "Closed since {closes}.")
REOPENS = Text("Rouvre le {opens}.", "Opens again on {opens}.")
NO_LONGER_OFFERED = Text("Cette démarche n’est plus proposée.", "This procedure is withdrawn.")
SUSPENDED_SINCE = Text("Suspendue depuis le {since}.", "Suspended since {since}.")
SUSPENDED_UNTIL = Text(
    "Suspendue du {since} au {until}.", "Suspended from {since} to {until} inclusive."
)
