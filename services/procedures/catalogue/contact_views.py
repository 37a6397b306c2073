"""The service in charge and the traditional ways as JSON, from the profile (CAT-01, CAT-03)."""

from typing import Any

from authority.profile import AuthorityProfile, Counter, Service
from services.procedures.catalogue.model import ProcedureDefinition, Way


def service_view(service: Service, language: str) -> dict[str, Any]:
    """Return a service with its coordinates."""
    return {
        "name": service.name.in_language(language),
        "address_lines": list(service.address_lines),
        "telephone": service.telephone,
        "email": service.email,
        "hours": _hours_view(service, language),
    }


def traditional_view(
    definition: ProcedureDefinition, profile: AuthorityProfile, language: str
) -> dict[str, Any]:
    """Return the counters, and the other ways with the coordinates of the service in charge."""
    service = profile.service(definition.service)
    ways = definition.traditional.ways
    counters = [profile.counter(name) for name in definition.traditional.counters]
    post = [service.name.in_language(language), *service.address_lines]
    return {
        "counters": [_counter_view(counter, language) for counter in counters],
        "post": post if Way.POST in ways else None,
        "telephone": service.telephone if Way.TELEPHONE in ways else None,
        "email": service.email if Way.EMAIL in ways else None,
        "fax": service.fax if Way.FAX in ways else None,
    }


def _counter_view(counter: Counter, language: str) -> dict[str, Any]:
    return {
        "name": counter.name.in_language(language),
        "address_lines": list(counter.address_lines),
        "hours": _hours_view(counter, language),
        "telephone": counter.telephone,
    }


def _hours_view(place: Service | Counter, language: str) -> list[dict[str, str]]:
    return [
        {"days": row.days.in_language(language), "hours": row.hours.in_language(language)}
        for row in place.hours
    ]
