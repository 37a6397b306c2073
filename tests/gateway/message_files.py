"""A small house with one template and one handler, to try the messages' tool on."""

import shutil
import subprocess
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from tests.support.environment import REPOSITORY

TOOLS = ("messages.py", "message_texts.py", "typography.py", "wordings.py")
Done = subprocess.CompletedProcess[str]


class House:
    """A root folder with the tool and with sources to be spoilt at will."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._locale = root / "gateway" / "locale"
        self._page = root / "gateway" / "templates" / "page.html"
        self._locale.mkdir(parents=True)
        self._page.parent.mkdir()
        (root / "tools").mkdir()
        for name in TOOLS:
            shutil.copy(REPOSITORY / "tools" / name, root / "tools" / name)

    def write_page(self, text: str) -> None:
        self._page.write_text(text, encoding="utf-8")

    def write_handler(self, text: str) -> None:
        (self._root / "gateway" / "pages.py").write_text(text, encoding="utf-8")

    def write_wording(self, name: str, text: str) -> None:
        path = self._root / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")

    def write_catalogue(self, messages: dict[str, str], fuzzy: str = "") -> None:
        catalog = Catalog(locale="en")
        for french, english in messages.items():
            catalog.add(french, english, flags=["fuzzy"] if french == fuzzy else [])
        with (self._locale / "en.po").open("wb") as file:
            write_po(file, catalog)

    def english(self) -> str:
        return (self._locale / "en.po").read_text(encoding="utf-8")

    def french(self) -> str:
        return (self._locale / "fr.po").read_text(encoding="utf-8")

    def run(self, action: str) -> Done:
        return run_tool(self._root, action)


def run_tool(root: Path, action: str) -> Done:
    """Run `write` or `check` on the sources under `root`."""
    words = [sys.executable, str(root / "tools" / "messages.py"), action]
    return subprocess.run(words, capture_output=True, text=True, check=False)
