"""The gateway's catalogues in gateway/locale: `write` them from the sources, or `check` them.

French is what the sources are written in; fr.po holds only what is counted, because 0 is singular
in French and plural in English. No .mo file is kept: the gateway compiles the catalogues itself.
"""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import generate_po, read_po
from message_texts import PLACEHOLDER, Text, Unreadable, texts_of
from typography import ENGLISH, FRENCH, faults_of
from wordings import wording_faults

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "gateway" / "locale"
TOLD_AT_MOST = 60
HEADER = """# What the gateway says, in {name}. `make messages` brings it up to date.
msgid ""
msgstr ""
"Project-Id-Version: Parvis\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural={plural};\\n"

"""
HEADERS = {
    "en": HEADER.format(name="English", language="en", plural="(n != 1)"),
    "fr": HEADER.format(name="French", language="fr", plural="(n > 1)"),
}


def write() -> int:
    """Write both catalogues; a translation stays, a text that resembles an old one is fuzzy."""
    template = _template(texts_of(ROOT))
    english = _read("en")
    english.update(template)
    _save("en", english)
    french = Catalog(locale="fr")
    for message in template:
        if message.id and message.pluralizable:
            french.add(message.id, message.id, locations=message.locations)
    _save("fr", french)
    return 0


def check() -> int:
    """Print what is missing, untranslated or badly typeset; the exit code is 1 when anything is."""
    faults = sorted({*_faults(), *wording_faults(ROOT)})
    if faults:
        print("\n".join(faults[:TOLD_AT_MOST]))
        print(f"{len(faults)} faults. `make messages` brings the catalogues up to date.")
    return 1 if faults else 0


def _template(texts: list[Text]) -> Catalog:
    """Return the texts by themselves; the same text at two places is one message."""
    template = Catalog()
    for text in texts:
        identity = text.forms if text.plural is not None else text.singular
        template.add(identity, locations=[(text.file, 0)])
    return template


def _read(language: str) -> Catalog:
    path = FOLDER / f"{language}.po"
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def _save(language: str, catalog: Catalog) -> None:
    lines = generate_po(
        catalog,
        ignore_obsolete=True,
        include_lineno=False,
        omit_header=True,
        sort_by="message",
        width=0,
    )
    text = HEADERS[language] + "".join(lines).rstrip("\n") + "\n"
    FOLDER.mkdir(exist_ok=True)
    written = FOLDER / f".{language}.po.{os.getpid()}"
    written.write_text(text, encoding="utf-8")
    written.replace(FOLDER / f"{language}.po")  # whoever reads meanwhile sees all of it or none


def _faults() -> Iterator[str]:
    try:
        texts = texts_of(ROOT)
    except Unreadable as error:
        yield str(error)
        return
    english, french = _read("en"), _read("fr")
    for text in texts:
        where = f"{text.file}:{text.line}: {text.singular!r}"
        yield from (f"{where}: {fault}" for fault in _source_faults(text))
        yield from (f"{where}: {fault}" for fault in _english_faults(text, english))
        if text.plural is not None and _strings(french.get(text.singular)) != text.forms:
            yield f"{where}: its forms are not in fr.po."
    sources = {text.singular for text in texts}
    for message in english:
        if message.id and _identity(message) not in sources:
            yield f"gateway/locale/en.po: {_identity(message)!r}: no source says it any more."


def _source_faults(text: Text) -> Iterator[str]:
    for form in text.forms:
        yield from faults_of(form, FRENCH)
        if text.file.endswith(".html") and "%" in PLACEHOLDER.sub("", form).replace("%%", ""):
            yield "a per cent sign is written %% in a template"


def _english_faults(text: Text, english: Catalog) -> Iterator[str]:
    message = english.get(text.singular)
    if message is None:
        yield "it is missing from en.po."
        return
    strings = _strings(message)
    if len(strings) != len(text.forms) or not all(strings):
        yield "it is not translated in en.po."
        return
    if message.fuzzy:
        yield "its translation in en.po is fuzzy: read it again and take the mark out."
    for form, string in zip(text.forms, strings, strict=True):
        if Counter(PLACEHOLDER.findall(form)) != Counter(PLACEHOLDER.findall(string)):
            yield f"its translation has other placeholders: {string!r}."
        yield from (f"{string!r}: {fault}" for fault in faults_of(string, ENGLISH))


def _identity(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _strings(message: Message | None) -> tuple[str, ...]:
    """Return the translated forms of a message, none when there is no message."""
    if message is None or not message.string:
        return ()
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("action", choices=["write", "check"])
    try:
        sys.exit(write() if arguments.parse_args().action == "write" else check())
    except Unreadable as unreadable:
        sys.exit(str(unreadable))
