"""A procedure as schema.org's GovernmentService, for search engines (JSON-LD, a block of data)."""

from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any

CONTEXT = "https://schema.org"


def government_service(
    procedure: Mapping[str, Any], authority: SimpleNamespace, base: str, language: str
) -> dict[str, Any]:
    """Return the JSON-LD of a procedure's page; `base` is the portal's public address."""
    address = f"{base}/demarches/{procedure['id']}"
    provider = _organisation(authority.name, authority.telephone, authority.address_lines)
    return {
        "@context": CONTEXT,
        "@type": "GovernmentService",
        "@id": address,
        "url": address,
        "name": procedure["title"],
        "description": procedure["purpose"],
        "serviceType": [theme["label"] for theme in procedure["themes"]],
        "inLanguage": language,
        "audience": [
            {"@type": "Audience", "audienceType": found["label"]}
            for found in procedure["audiences"]
        ],
        "provider": {**provider, "url": f"{base}/"},
        "serviceOperator": _organisation(
            procedure["service"]["name"],
            procedure["service"]["telephone"],
            procedure["service"]["address_lines"],
        ),
        "availableChannel": [_online(address), *_counters(procedure["traditional"])],
    }


def _organisation(name: str, telephone: str | None, lines: list[str]) -> dict[str, Any]:
    found = {"@type": "GovernmentOrganization", "name": name, "address": ", ".join(lines)}
    return found | ({"telephone": telephone} if telephone else {})


def _online(address: str) -> dict[str, Any]:
    return {
        "@type": "ServiceChannel",
        "serviceUrl": address,
        "availableLanguage": ["fr", "en"],
    }


def _counters(traditional: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the other ways: the online one is never the only one (CAT-03)."""
    for counter in traditional["counters"]:
        yield {
            "@type": "ServiceChannel",
            "serviceLocation": {
                "@type": "Place",
                "name": counter["name"],
                "address": ", ".join(counter["address_lines"]),
            },
        }
    if traditional.get("telephone"):
        phone = {"@type": "ContactPoint", "telephone": traditional["telephone"]}
        yield {"@type": "ServiceChannel", "servicePhone": phone}
