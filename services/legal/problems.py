"""How each domain error of the service is told over HTTP."""

from chassis.problems import Problem, ProblemTable
from services.legal.acceptances.model import VersionNotInForce
from services.legal.documents.model import DocumentNotFound

PROBLEMS: ProblemTable = {
    DocumentNotFound: Problem(404, "No such document"),
    VersionNotInForce: Problem(409, "The text shown is not the one in force"),
}
