"""The templates' environment with plain stand-ins for the globals that the gateway provides."""

from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace

from babel.dates import format_date, format_datetime
from babel.support import NullTranslations
from jinja2 import Environment, FileSystemLoader, StrictUndefined

ROOT = Path(__file__).parents[3]
TEMPLATES = ROOT / "gateway" / "templates"
STATIC = ROOT / "gateway" / "static"

PROFILE = SimpleNamespace(
    name="Communauté d’Agglomération Nîmes Métropole",
    short_name="Nîmes Métropole",
    address_lines=("3 rue du Colisée", "30947 Nîmes Cedex 9"),
    telephone="04 66 02 55 55",
    website="https://www.nimes-metropole.fr",
    accessibility_level="none",
    webmaster="webmestre@nimes-metropole.example",
    data_protection="cil@nimes-metropole.example",
)


def make_environment(language: str) -> Environment:
    """Build what the gateway builds for one language, strict about every name."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_gettext_translations(NullTranslations(), newstyle=True)  # type: ignore[attr-defined]
    environment.globals.update(
        language=language,
        profile=PROFILE,
        version="0.1.0",
        static=lambda path: f"/static/{path}",
        has_theme=False,
    )
    environment.filters.update(
        date_long=lambda day: format_date(
            date.fromisoformat(day[:10]), "d MMMM y", locale=language
        ),
        datetime_long=lambda at: format_datetime(
            datetime.fromisoformat(at), "d MMMM y 'à' H 'h' mm", locale=language
        ),
        month_long=lambda day: format_date(date.fromisoformat(day), "MMMM y", locale=language),
        decimal=lambda number: f"{number:.1f}".replace(".", ","),
        money=lambda cents: f"{cents / 100:.2f} €",
        filesize=lambda size: f"{size / 1_000_000:.1f} Mo".replace(".", ","),
    )
    return environment
