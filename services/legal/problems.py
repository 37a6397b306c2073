"""How each domain error of the service is told over HTTP."""

from chassis.problems import Problem, ProblemTable
from services.legal.acceptances.model import (
    AcceptanceDue,
    AcceptanceWithdrawn,
    NothingToWithdraw,
    VersionNotInForce,
)
from services.legal.documents.model import DocumentNotFound, PlacementRefused, StepRefused
from services.legal.drafts.model import DraftChanged, DraftFaulty, DraftNotFound, OwnDraft
from services.legal.feedback.model import FormAlreadyUsed, FormRefused

PROBLEMS: ProblemTable = {
    DocumentNotFound: Problem(404, "No such document"),
    VersionNotInForce: Problem(409, "The text shown is not the one in force"),
    AcceptanceDue: Problem(409, "The account must first accept the version in force"),
    AcceptanceWithdrawn: Problem(409, "The account took its acceptance back"),
    NothingToWithdraw: Problem(409, "The account never accepted this document"),
    StepRefused: Problem(409, "This cannot be done in the present state"),
    PlacementRefused: Problem(409, "A version may not come into force then"),
    DraftNotFound: Problem(404, "No such draft"),
    DraftChanged: Problem(409, "The draft changed meanwhile"),
    DraftFaulty: Problem(409, "The draft cannot be published as it is"),
    OwnDraft: Problem(403, "A second person approves"),
    FormRefused: Problem(409, "The form's token does not count"),
    FormAlreadyUsed: Problem(409, "Another message was sent with this form"),
}
