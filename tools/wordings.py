"""The sentences that the services write themselves, each in both languages: `Text(fr, en)`."""

import ast
from collections.abc import Iterator
from pathlib import Path

from typography import ENGLISH, FRENCH, faults_of

FOLDERS = ("authority", "services")
RULES = {"fr": FRENCH, "en": ENGLISH}


def wording_faults(root: Path) -> Iterator[str]:
    """Yield one line for each sentence under `root` that is badly typeset."""
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            shown = path.relative_to(root).as_posix()
            for line, language, sentence in _sentences(path):
                for fault in faults_of(sentence, RULES[language]):
                    yield f"{shown}:{line}: {sentence!r}: {fault}"


def _sentences(path: Path) -> Iterator[tuple[int, str, str]]:
    """Yield the line, the language and each line of text of every `Text` of a file."""
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except SyntaxError:
        return  # ruff says so
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Text":
            named = {word.arg: word.value for word in node.keywords}
            for language, value in [*zip(RULES, node.args, strict=False), *named.items()]:
                if language in RULES and isinstance(value, ast.Constant):
                    for sentence in str(value.value).splitlines():
                        yield value.lineno, language, sentence.strip()
