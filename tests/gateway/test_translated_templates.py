"""gateway.translated_templates"""

from gettext import NullTranslations
from typing import Any

from jinja2 import Environment

from gateway.translated_templates import TranslatedEnvironment

TEMPLATE = """{% macro shout(text) %}<b>{{ text }}</b>{% endmacro %}
{{ _("plain & simple") }}|{{ gettext("plain & simple") }}|{{ shout(_("plain & simple")) }}
{% trans %}kept <i>whole</i>{% endtrans %}|{{ _("at 100%% %(what)s", what="<x>") }}|{{ _("50%%") }}
{% trans count=many %}one{% pluralize %}{{ count }} of them{% endtrans %}|{{ _(known) }}
{{ _("yes") if many else _("no") }}|{{ {"title": _("plain & simple")}.title }}"""


class _Marked(NullTranslations):
    def gettext(self, message: str) -> str:
        return f"[{message}]"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"[{msgid1 if n == 1 else msgid2}]"


def _rendered(environment: Environment, **variables: Any) -> str:
    return environment.from_string(TEMPLATE).render(**variables)


def test_it_says_what_jinja_says() -> None:
    ours = TranslatedEnvironment(extensions=["jinja2.ext.i18n"], autoescape=True)
    ours.install_translations(_Marked())
    jinja = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    jinja.install_gettext_translations(_Marked(), newstyle=True)  # type: ignore[attr-defined]
    for many in (0, 1, 3):
        text = _rendered(ours, many=many, known="a <name>")
        assert text == _rendered(jinja, many=many, known="a <name>")
    assert "[plain & simple]|[plain & simple]|<b>[plain & simple]</b>" in text
    assert "[at 100% &lt;x&gt;]|[50%]" in text


def test_constant_texts_cost_nothing_at_each_page() -> None:
    catalogue = _Marked()
    environment = TranslatedEnvironment(extensions=["jinja2.ext.i18n"], autoescape=True)
    environment.install_translations(catalogue)
    template = environment.from_string('{{ _("once") }}{% trans %}twice{% endtrans %}')
    catalogue.gettext = lambda message: "asked again"  # type: ignore[method-assign]
    assert template.render() == "[once][twice]"
