"""From a template and its data to a page: one Jinja environment per language."""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from authority.profile import AuthorityProfile
from chassis.health import product_version
from gateway.assets import Assets
from gateway.i18n import (
    LANGUAGES,
    date_long,
    datetime_long,
    decimal,
    file_size,
    money,
    month_long,
    translations,
)
from gateway.translated_templates import TranslatedEnvironment

TEMPLATES = Path(__file__).parent / "templates"
KEPT_PAGES = 1000


@dataclass(frozen=True)
class RenderedPage:
    """A page that everybody may read, with the ETag that names its bytes.

    It holds no secret, so that it may be compressed; a page for one person never is (BREACH).
    """

    body: bytes
    compressed: bytes
    etag: str


class Renderer:
    """Renders templates; keeps the public pages that many people read."""

    def __init__(self, profile: AuthorityProfile, assets: Assets) -> None:
        self._environments = {
            language: _environment(language, profile, assets) for language in LANGUAGES
        }
        self._pages: OrderedDict[tuple[Any, ...], RenderedPage] = OrderedDict()

    def render(self, template: str, language: str, variables: Mapping[str, Any]) -> str:
        """Return the HTML of a template."""
        return self._environments[language].get_template(template).render(variables)

    def kept_page(self, key: tuple[Any, ...], render: Callable[[], str]) -> RenderedPage:
        """Return the page that `key` (with the ETags of its data) names, rendered at most once."""
        page = self._pages.get(key)
        if page is None:
            body = render().encode()
            page = RenderedPage(body, gzip.compress(body, 6, mtime=0), _digest(body))
            self._pages[key] = page
            while len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
        self._pages.move_to_end(key)
        return page


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:32]


def _environment(language: str, profile: AuthorityProfile, assets: Assets) -> Environment:
    environment = TranslatedEnvironment(
        loader=FileSystemLoader(TEMPLATES),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.install_translations(translations(language))
    zone = profile.zone
    environment.globals.update(
        language=language,
        profile=profile_view(profile, language),
        static=assets.address,
        has_theme=assets.has_theme,
        version=product_version(),
    )
    environment.filters.update(
        date_long=lambda value: date_long(value, language, zone),
        datetime_long=lambda value: datetime_long(value, language, zone),
        month_long=lambda value: month_long(value, language),
        decimal=lambda number: decimal(number, language),
        money=lambda cents: money(cents, language),
        filesize=lambda size: file_size(size, language),
    )
    return environment


def profile_view(profile: AuthorityProfile, language: str) -> SimpleNamespace:
    """Return what the templates say of the authority, in one language."""
    return SimpleNamespace(
        name=profile.name.in_language(language),
        short_name=profile.short_name.in_language(language),
        address_lines=profile.seat.lines,
        telephone=profile.telephone,
        website=profile.website,
        accessibility_level=profile.accessibility.level,
        webmaster=profile.webmaster.email,
        data_protection=profile.data_protection.email,
    )
