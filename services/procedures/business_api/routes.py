"""Addresses of business applications, of those who give them rights, and of figures."""

from chassis.routing import Route
from services.procedures.business_api import handlers as business
from services.procedures.business_api.application_routes import APPLICATION_ROUTES
from services.procedures.business_api.description import describe
from services.procedures.business_api.schemas import (
    TokenBody,
    TokensView,
    TokenView,
)
from services.procedures.exports import handlers as exports
from services.procedures.exports.handlers import ExportQuery
from services.procedures.requests.schemas import LanguageQuery
from services.procedures.statistics import handlers as statistics
from services.procedures.statistics.handlers import DelayView, StatisticsQuery, StatisticsView
from services.procedures.webhooks import handlers as webhooks
from services.procedures.webhooks.handlers import (
    DeliveriesQuery,
    DeliveriesView,
    NewWebhookView,
    WebhookBody,
    WebhooksView,
)

# fmt: off
ROUTES: list[Route] = [
    *APPLICATION_ROUTES,
    Route("GET", "/business/openapi.json", describe, "This API, for applications"),
    Route("GET", "/desk/statistics", statistics.show_statistics, "Counts and delays of a service", query=StatisticsQuery, answer=StatisticsView, problems=[403]),
    Route("GET", "/procedures/{slug}/delay", statistics.show_delay, "Promised and real delay", query=LanguageQuery, answer=DelayView, problems=[403, 404]),
    Route("GET", "/desk/export", exports.export_requests, "Extract requests: CSV, XLSX, ODS", query=ExportQuery, media_type="application/octet-stream", problems=[403]),
    Route("GET", "/desk/tokens", business.list_tokens, "Tokens of applications", answer=TokensView, problems=[403]),
    Route("POST", "/desk/tokens", business.give_token, "Give a token", body=TokenBody, answer=TokenView, status=201, problems=[403, 409]),
    Route("DELETE", "/desk/tokens/{id}", business.take_back_token, "Take a token back", status=204, problems=[403, 404]),
    Route("GET", "/desk/webhooks", webhooks.list_webhooks, "Addresses that are told", answer=WebhooksView, problems=[403]),
    Route("POST", "/desk/webhooks", webhooks.add_webhook, "Add an address to tell", body=WebhookBody, answer=NewWebhookView, status=201, problems=[403, 409]),
    Route("DELETE", "/desk/webhooks/{id}", webhooks.remove_webhook, "Stop telling an address", status=204, problems=[403, 404]),
    Route("GET", "/desk/webhooks/{id}/deliveries", webhooks.list_deliveries, "What was told", query=DeliveriesQuery, answer=DeliveriesView, problems=[403, 404]),
    Route("POST", "/desk/deliveries/{id}/replay", webhooks.replay_delivery, "Tell once more", status=202, problems=[403, 404]),
]
# fmt: on
