"""The addresses of payments, one a line."""

from chassis.routing import Route
from services.procedures.payments import handlers as payments
from services.procedures.payments import office_handlers as office
from services.procedures.payments.schemas import (
    BillBody,
    BillsFileBody,
    CashOfficeView,
    CreditsQuery,
    DailyFileBody,
    FeeView,
    FileReportView,
    LanguageQuery,
    NewPaymentBody,
    PaymentAttemptsQuery,
    PaymentMessageBody,
    PaymentsQuery,
    PaymentsView,
    PaymentView,
    RedirectionView,
    RefundBody,
    RegieSettingsBody,
    ReturnBody,
)

KEY = {"Payment-Key": "Secret of the payer"}
OWNER = {"Request-Key": "Secret of the request's owner: access key or tracking code"}

# fmt: off
ROUTES: list[Route] = [
    Route("POST", "/payments", payments.open_bill, "Open the payment of a bill", body=BillBody, answer=PaymentView, status=201, problems=[403, 409]),
    Route("GET", "/payments", payments.list_payments, "The payments of the signed-in person", query=PaymentsQuery, answer=PaymentsView, problems=[403]),
    Route("GET", "/payments/{id}", payments.show_payment, "Read a payment", query=LanguageQuery, answer=PaymentView, problems=[403, 404], headers=KEY),
    Route("POST", "/payments/{id}/attempts", payments.start_attempt, "Begin to pay, or go on", answer=RedirectionView, problems=[403, 404, 409, 424], headers=KEY),
    Route("POST", "/payments/{id}/look-up", payments.look_up, "Ask the DGFiP now", query=LanguageQuery, answer=PaymentView, problems=[403, 404], headers=KEY),
    Route("GET", "/payments/{id}/attempts/{attempt}/acknowledgement.pdf", payments.download_receipt, "The acknowledgement of a payment", media_type="application/pdf", problems=[403, 404], headers=KEY),
    Route("POST", "/requests/{id}/payments", payments.open_fee, "Open the payment of a request's fee", body=NewPaymentBody, answer=PaymentView, status=201, problems=[403, 404, 409], headers=OWNER),
    Route("GET", "/requests/{id}/fee", payments.show_fee, "A request's fee, and whether it is paid", query=LanguageQuery, answer=FeeView, problems=[403, 404, 409], headers=OWNER),
    Route("POST", "/payment-returns", payments.come_back, "A payer's browser comes back", body=ReturnBody, answer=PaymentView, problems=[403, 404]),
    Route("POST", "/payment-notifications", payments.take_notification, "The DGFiP's server calls", body=PaymentMessageBody, status=204, problems=[403]),
    Route("GET", "/cash-office", office.list_regies, "The régies", answer=CashOfficeView, problems=[403]),
    Route("POST", "/cash-office/bills", office.import_bills, "Import bills", body=BillsFileBody, answer=FileReportView, problems=[403, 404, 409]),
    Route("GET", "/cash-office/{regie}", office.show_dashboard, "A régie's dashboard", answer=CashOfficeView, problems=[403, 404]),
    Route("PUT", "/cash-office/{regie}/settings", office.change_settings, "Change a régie's settings", body=RegieSettingsBody, answer=CashOfficeView, problems=[403, 404, 409]),
    Route("GET", "/cash-office/{regie}/attempts", office.list_attempts, "A régie's attempts", query=PaymentAttemptsQuery, answer=CashOfficeView, problems=[403, 404]),
    Route("POST", "/cash-office/{regie}/attempts/{attempt}/look-up", office.look_up, "Ask the DGFiP about an attempt", answer=CashOfficeView, problems=[403, 404]),
    Route("POST", "/cash-office/{regie}/attempts/{attempt}/ending", office.give_up, "End an attempt that nothing settles", status=204, problems=[403, 404]),
    Route("POST", "/cash-office/{regie}/daily-files", office.import_daily_file, "Reconcile with a daily file", body=DailyFileBody, answer=FileReportView, problems=[403, 404, 409]),
    Route("GET", "/cash-office/{regie}/credits.csv", office.export_credits, "Export the credits", query=CreditsQuery, media_type="text/csv", problems=[403, 404]),
    Route("POST", "/cash-office/{regie}/alerts/{alert}/closing", office.close_alert, "Close an alert", status=204, problems=[403, 404]),
    Route("POST", "/cash-office/{regie}/refunds/{attempt}/settlement", office.settle_refund, "Settle a refund", body=RefundBody, status=204, problems=[403, 404]),
]
# fmt: on
