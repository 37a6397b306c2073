"""How each domain error of payments is told over HTTP."""

from chassis.problems import Problem, ProblemTable
from services.procedures.payments.csv_lines import FileRefused
from services.procedures.payments.model import (
    AlreadyPaid,
    BillInvalid,
    OnlinePaymentClosed,
    PaymentNotFound,
    PaymentUnderway,
    ProviderUnavailable,
)
from services.procedures.payments.regie import RegieNotFound, SettingsInvalid, StaleSettings

PROBLEMS: ProblemTable = {
    PaymentNotFound: Problem(404, "No such payment"),
    RegieNotFound: Problem(404, "No such régie"),
    AlreadyPaid: Problem(409, "The bill is paid"),
    PaymentUnderway: Problem(409, "Another attempt on the bill is not over"),
    OnlinePaymentClosed: Problem(409, "No online payment is taken now"),
    StaleSettings: Problem(409, "The settings were changed meanwhile"),
    BillInvalid: Problem(422, "The bill as typed has faults"),
    SettingsInvalid: Problem(422, "The settings have faults"),
    FileRefused: Problem(422, "The file cannot be read"),
    # no 5xx: this service works, and its callers must not take it for broken
    ProviderUnavailable: Problem(424, "The DGFiP does not answer"),
}
