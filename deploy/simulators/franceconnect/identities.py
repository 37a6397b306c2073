"""Test identities: nobody real. INSEE codes of places; a birth date may be partial."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

AUTHORITY_SIRET = "24300064300141"


@dataclass
class Person:
    """Somebody who can sign in; `generation` grows when the provider gives another `sub`."""

    key: str
    label: str
    flavour: str
    claims: Mapping[str, Any] = field(repr=False)
    generation: int = 1


def resident(
    key: str, given_names: Sequence[str], family_name: str, born: str, gender: str, **more: str
) -> Person:
    """Return a person of FranceConnect; born in France unless `birthcountry` says another."""
    country = more.get("birthcountry", "99100")
    claims = {
        "given_name": " ".join(given_names),
        "given_name_array": list(given_names),
        "family_name": family_name,
        "birthdate": born,
        "gender": gender,
        "birthplace": more.get("birthplace", "30189" if country == "99100" else ""),
        "birthcountry": country,
        "email": more.get("email", f"{key}@franceconnect.example"),
        "preferred_username": more.get("preferred_username", ""),
    }
    label = more.get("label", f"{given_names[0]} {family_name.title()}")
    return Person(key, label, "franceconnect", claims)


def agent(key: str, given_name: str, usual_name: str, email: str) -> Person:
    """Return a public agent of ProConnect."""
    claims = {
        "given_name": given_name,
        "usual_name": usual_name,
        "email": email,
        "uid": f"uid-{key}",
        "siret": AUTHORITY_SIRET,
        "idp_id": "71144ab3-ee1a-4401-b7b3-79b44f7daeeb",
    }
    return Person(key, f"{given_name} {usual_name}", "proconnect", claims)


def demo_people() -> list[Person]:
    """Return those whom everybody finds on the page."""
    return [
        resident(
            *("angela", ["Angela", "Claire", "Louise"], "DUBOIS", "1962-08-24", "female"),
            birthplace="75107",
        ),
        resident("camille-fc", ["Camille"], "DURAND", "1985-04-12", "female"),
        resident("etienne", ["Étienne", "Noël"], "L’HÔPITAL", "1949-12-31", "male"),
        resident(
            *("awa", ["Awa"], "DIALLO", "1990-00-00", "female"),
            birthcountry="99341",
            label="Awa Diallo, née en Guinée, jour et mois inconnus",
        ),
        resident(
            *("joao", ["João"], "DA SILVA", "1978-06-10", "male"),
            birthcountry="99139",
            label="João da Silva, né au Portugal",
        ),
        agent("aline", "Aline", "Morel", "aline.morel@parvis.example"),
        agent("edith", "Édith", "Roux", "edith.roux@parvis.example"),
        agent("inconnu", "Hugo", "Lambert", "hugo.lambert@autre-ville.example"),
    ]
