"""The sentences outside the gateway's catalogue, each written in both languages.

Those of the services, `Text(fr, en)`, and those of the authority, `{fr: ..., en: ...}` in YAML.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from typography import ENGLISH, FRENCH, faults_of

FOLDERS = ("authority", "services")
RULES = {"fr": FRENCH, "en": ENGLISH}


def wording_faults(root: Path) -> Iterator[str]:
    """Yield one line for each sentence under `root` that is badly typeset."""
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            for place, language, text in SENTENCES.get(path.suffix, _none)(path):
                shown = f"{path.relative_to(root).as_posix()}{place}"
                for sentence in text.splitlines():
                    for fault in faults_of(sentence.strip(), RULES[language]):
                        yield f"{shown}: {sentence!r}: {fault}"


# ":line" or nothing, the language, the text
Sentences = Iterator[tuple[str, str, str]]


def _none(_path: Path) -> Sentences:
    return iter(())


def _of_python(path: Path) -> Sentences:
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except SyntaxError:
        return  # ruff says so
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Text":
            named = {word.arg: word.value for word in node.keywords}
            for language, value in [*zip(RULES, node.args, strict=False), *named.items()]:
                if language in RULES and isinstance(value, ast.Constant):
                    yield f":{value.lineno}", language, str(value.value)


def _of_yaml(path: Path) -> Sentences:
    try:
        content = YAML(typ="safe").load(path)
    except YAMLError:
        return  # the check of the procedures says so
    yield from _of_branch(content)


def _of_branch(branch: Any) -> Sentences:
    parts = list(branch.items()) if isinstance(branch, dict) else []
    parts += [("", item) for item in branch] if isinstance(branch, list) else []
    for name, value in parts:
        if name in RULES and isinstance(value, str):
            yield "", name, value
        else:
            yield from _of_branch(value)


SENTENCES = {".py": _of_python, ".yaml": _of_yaml}
