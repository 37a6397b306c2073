"""Templates whose constant texts are translated when they are compiled, once, not at each page."""

from collections.abc import MutableMapping
from gettext import NullTranslations
from typing import Any

from jinja2 import Environment, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

GETTEXT = frozenset({"_", "gettext"})


class TranslatedEnvironment(Environment):
    """A Jinja environment of one language; its templates escape by themselves.

    `_("text")` and `{% trans %}text{% endtrans %}` become the translation itself; texts with
    variables or plurals are translated as Jinja does.
    """

    def install_translations(self, catalogue: NullTranslations) -> None:
        """Translate with `catalogue`, before any template is loaded."""
        self._constants = _Constants(catalogue)
        self.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the environment's own globals: no template here has others, and a dict is fast."""
        return super().make_globals(d) if d else self.globals

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,
    ) -> str:
        # the hook that Jinja offers between the tree of a template and its Python
        return super()._generate(self._constants.visit(source), name, filename, defer_init)


class _Constants(NodeTransformer):
    """Puts translations in the place of the calls that ask for them."""

    def __init__(self, catalogue: NullTranslations) -> None:
        self._translate = catalogue.gettext

    def visit_Call(self, node: nodes.Call, *args: Any, **kwargs: Any) -> nodes.Node:  # noqa: N802
        """Return the text that a call of gettext gives, when nothing in it varies."""
        found = self.generic_visit(node, *args, **kwargs)
        if not _is_constant_text(node):
            return found
        # new-style gettext formats every text, even without variables: %% is a percent sign
        text = Markup(self._translate(node.args[0].value)) % {}  # type: ignore[attr-defined]  # noqa: S704 - a text of our own catalogue
        return nodes.MarkSafe(nodes.Const(str(text)), lineno=node.lineno)


def _is_constant_text(node: nodes.Call) -> bool:
    return (
        isinstance(node.node, nodes.Name)
        and node.node.name in GETTEXT
        and len(node.args) == 1
        and isinstance(node.args[0], nodes.Const)
        and not (node.kwargs or node.dyn_args or node.dyn_kwargs)
    )
