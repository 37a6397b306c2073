"""Data for every template: the shapes of docs/design-system.md, with what a page must bear."""

from typing import Any

Data = dict[str, Any]

OPEN: Data = {"state": "open", "opens_on": None, "closes_on": None, "message": None}
CLOSED: Data = {
    "state": "closed",
    "opens_on": "2026-05-04",
    "closes_on": "2026-07-17",
    "message": "Inscriptions du 4 mai au 17 juillet 2026. Prochaine ouverture en mai 2027.",
}
HOURS = [
    {"days": "Du lundi au jeudi", "hours": "8 h 30 – 17 h 30"},
    {"days": "Le vendredi", "hours": "8 h 30 – 16 h 30"},
]
SERVICE: Data = {
    "name": "Direction de la collecte et du traitement des déchets ménagers",
    "address_lines": ["3 rue du Colisée", "30947 Nîmes Cedex 9"],
    "telephone": "04 66 02 54 54",
    "email": "dctdm@nimes-metropole.example",
    "hours": HOURS,
}
WAYS: Data = {
    "counters": [
        {
            "name": "Accueil du Colisée",
            "address_lines": ["3 rue du Colisée", "30947 Nîmes Cedex 9"],
            "hours": HOURS,
            "telephone": "04 66 02 55 55",
        },
    ],
    "post": ["Nîmes Métropole", "Service des déchets", "3 rue du Colisée", "30947 Nîmes Cedex 9"],
    "telephone": "04 66 02 54 54",
    "email": "dctdm@nimes-metropole.example",
    "fax": "04 66 02 55 99",
}
THEMES = [
    {"id": "dechets", "label": "Déchets et propreté", "count": 2},
    {"id": "eau", "label": "Eau et assainissement", "count": 2},
    {"id": "transport", "label": "Transport et mobilité", "count": 1},
    {"id": "culture", "label": "Culture, sport et associations", "count": 2},
    {"id": "economie", "label": "Économie et commerce", "count": 1},
    {"id": "enfance", "label": "Petite enfance", "count": 1},
]
AUDIENCES = [
    {"id": "particuliers", "label": "Particuliers", "count": 8},
    {"id": "entreprises", "label": "Entreprises", "count": 3},
    {"id": "associations", "label": "Associations", "count": 1},
]


def summary(identifier: str, title: str, purpose: str, **more: Any) -> Data:
    """One item of the catalogue's list."""
    return {
        "id": identifier,
        "kind": "internal",
        "title": title,
        "purpose": purpose,
        "theme": {"id": "dechets", "label": "Déchets et propreté"},
        "themes": [{"id": "dechets", "label": "Déchets et propreté"}],
        "audiences": [{"id": "particuliers", "label": "Particuliers"}],
        "cost": "Gratuit",
        "delay": "10 jours ouvrés",
        "availability": OPEN,
        **more,
    }


SUMMARIES = [
    summary("bac", "Demander ou changer un bac", "Recevoir un bac neuf, en changer la taille."),
    summary("dechetterie", "Carte de déchèterie", "Accéder aux treize déchèteries."),
    summary("transport", "Transport scolaire", "Inscrire un enfant.", availability=CLOSED),
    summary("eau-facture", "Payer une facture d’eau", "Par carte ou prélèvement.", kind="payment"),
    summary("musique", "École de musique", "S’inscrire au conservatoire.", kind="partner"),
]


def field(identifier: str, type_: str, label: str, **more: Any) -> Data:
    """One field, with only the keys that a definition must have."""
    return {"id": identifier, "type": type_, "label": label, "help": None, "required": True, **more}


CHOICES = [
    {"value": "120", "label": "120 litres : une à deux personnes"},
    {"value": "240", "label": "240 litres : trois personnes et plus"},
]
MANY = [{"value": str(n), "label": f"Commune {n}"} for n in range(1, 12)]
PAGE: Data = {
    "id": "foyer",
    "title": "Votre foyer",
    "intro": "Ces renseignements servent à choisir le bac.",
    "fields": [
        field("avant", "heading", "Vous", text="La personne qui demande."),
        field("nom", "text", "Nom", autocomplete="family-name", max_length=80),
        field("email", "email", "Adresse électronique", autocomplete="email"),
        field("telephone", "phone", "Téléphone", required=False, autocomplete="tel"),
        field("naissance", "date", "Date de naissance"),
        field("personnes", "integer", "Nombre de personnes", min=1, max=20),
        field("code", "postal_code", "Code postal"),
        field("commune", "commune", "Commune", options=MANY),
        field("ville", "commune", "Autre commune", required=False),
        field("bac", "choice", "Taille du bac", options=CHOICES, help="Le plus proche."),
        field("rue", "choice", "Secteur", options=MANY),
        field("jours", "choices", "Jours possibles", options=CHOICES, required=False),
        field("casse", "yes_no", "Le bac est-il cassé ?"),
        field("note", "information", "À savoir", text="L’ancien bac est repris."),
        field("remarques", "long_text", "Remarques", required=False, max_length=1000),
        field("revenus", "money", "Revenus du foyer", required=False),
        field("heure", "time", "Heure de livraison", required=False),
        field("compte", "iban", "Compte bancaire", required=False),
        field("surface", "decimal", "Surface en mètres carrés", required=False),
        field("plaque", "licence_plate", "Immatriculation", required=False),
        field("entreprise", "siret", "Numéro SIRET", required=False),
        field("plan", "files", "Le plan est à joindre aux documents"),
        field("prix", "computed", "Prix du bac", required=False),
        field(
            "adresse",
            "address",
            "Adresse de livraison",
            required=False,
            parts=[
                field("street", "text", "Numéro et rue"),
                field("postal_code", "postal_code", "Code de la ville"),
            ],
        ),
        field(
            "enfants",
            "group",
            "Enfants du foyer",
            item_label="Enfant",
            min=2,
            fields=[field("name", "text", "Prénom"), field("born", "date", "Né le")],
        ),
    ],
}
PROCEDURE: Data = {
    **summary("bac", "Demander ou changer un bac", "Recevoir un bac neuf ou en changer la taille."),
    "version": 1,
    "content_hash": "3f1c",
    "description_html": "<h2>Comment ça se passe</h2><p>Un agent livre le bac à votre porte.</p>",
    "documents": [
        {
            "id": "domicile",
            "label": "Justificatif de domicile",
            "help": "De moins de trois mois.",
            "required": True,
            "types": ["pdf", "jpg", "png"],
            "max_megabytes": 10,
        },
        {
            "id": "photo",
            "label": "Photo du bac",
            "help": None,
            "required": False,
            "types": ["jpg", "png"],
            "max_megabytes": 10,
        },
    ],
    "service": SERVICE,
    "implicit_decision": {
        "after": {"value": 2, "unit": "months"},
        "outcome": "accepted",
        "label": "Sans réponse dans les deux mois, votre demande est acceptée.",
    },
    "traditional": WAYS,
    "personal_data": {
        "purpose": "Livrer le bac et tenir à jour le parc.",
        "legal_basis": "Mission d’intérêt public",
        "recipients": ["Direction de la collecte", "Prestataire de livraison"],
        "retention": "Deux ans après la livraison",
        "rights_contact": "cil@nimes-metropole.example",
    },
    "partner": None,
    "payment": None,
    "form": {"pages": [PAGE]},
}
PARTNER: Data = {
    "name": "le conservatoire du Gard",
    "url": "https://partenaire.example/inscription",
    "terms_note": "Un compte y est demandé.",
    "data_shared": [],
}
STEPS = [
    {"label": "Votre foyer", "url": "/dossiers/1/etapes/foyer", "state": "done"},
    {"label": "Le bac", "url": None, "state": "current"},
    {"label": "Documents à joindre", "url": None, "state": "todo"},
    {"label": "Récapitulatif", "url": None, "state": "todo"},
]
DRAFT: Data = {
    "id": "0192f0c1-7e4b-7cc3-98c4-dc0c0c07398f",
    "state": "draft",
    "of_account": False,
    "newer_version": None,
    "form_state": {"pages": ["foyer"], "hidden": [], "required": [], "computed": {}},
    "procedure": {"id": "bac", "title": "Demander ou changer un bac"},
    "version": 1,
    "language": "fr",
    "answers": {},
    "documents": [
        {
            "id": "f1",
            "document": "domicile",
            "name": "facture-eau.pdf",
            "size": 812_345,
            "media_type": "application/pdf",
            "uploaded_at": "2026-04-12T12:05:00+00:00",
        }
    ],
    "missing": [],
    "revision": 3,
    "service": SERVICE,
    "updated_at": "2026-04-12T12:05:00+00:00",
    "events": [],
}
FILED: Data = {
    **DRAFT,
    "state": "filed",
    "number": "NM-2026-000123-K",
    "filed_at": "2026-04-12T12:15:00+00:00",
    "acknowledgement": {
        "reception_date": "2026-04-12",
        "implicit_decision_date": "2026-06-12",
        "implicit_outcome_label": "Votre demande sera acceptée.",
        "missing_documents": ["Photo du bac"],
        "remedies": ["Recours gracieux, dans les deux mois.", "Tribunal administratif de Nîmes."],
    },
    "events": [
        {"at": "2026-04-12T12:05:00+00:00", "kind": "opened", "label": "Dossier ouvert"},
        {"at": "2026-04-12T12:15:00+00:00", "kind": "filed", "label": "Demande déposée"},
    ],
}
