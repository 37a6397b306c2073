"""Check what import-linter cannot say: names of modules, and what features import.

- no module is called utils, helpers, common, base or manager: a name says what is inside;
- a model imports the standard library and pure modules of ours, never an outer layer or a package;
- a feature never imports the repository of another feature.

`python tools/check_layout.py [folder]`: one line per fault, exit code 1 when there is any.
"""

import ast
import re
import sys
from collections.abc import Iterator

from sources import Source, check

EMPTY_NAME = re.compile(r"^(utils?|helpers?|commons?|base|managers?|misc)$")
FEATURE_FILE = re.compile(r"^services/(\w+)/(\w+)/(\w+)\.py$")
MODEL_MAY_IMPORT = sys.stdlib_module_names | {"authority", "chassis", "services"}
OUTER_LAYERS = ("handlers", "repository", "schemas", "service")


def faults_of(source: Source) -> Iterator[str]:
    """Yield one line for each rule that the file breaks."""
    for name in source.path.removesuffix(".py").split("/"):
        if EMPTY_NAME.match(name):
            yield f"{source.path}: the name {name!r} does not say what is inside."
    if match := FEATURE_FILE.match(source.path):
        for line, imported in _imports(source.tree):
            for fault in _import_faults(match[1], match[2], match[3], imported):
                yield f"{source.path}:{line}: {fault}"


def _import_faults(service: str, feature: str, module: str, imported: str) -> Iterator[str]:
    words = imported.split(".")
    ours = words[:2] == ["services", service]
    if ours and words[3:4] == ["repository"] and words[2] != feature:
        yield f"{imported} belongs to the feature {words[2]}: go through its service."
    if module == "model" and ours and words[3:4] and words[3] in OUTER_LAYERS:
        yield f"a model imports {imported}: it may not know the layers around it."
    if module == "model" and words[0] not in MODEL_MAY_IMPORT:
        yield f"a model imports {imported}: it may import the standard library only."


def _imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the line and the full dotted name of everything imported in `tree`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


if __name__ == "__main__":
    sys.exit(check(faults_of))
