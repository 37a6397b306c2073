"""What a page's HTML must never have wrong, found without a browser."""

from collections import Counter
from html.parser import HTMLParser

VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "wbr"})
CONTROLS = ("input", "select", "textarea")
UNLABELLED = ("hidden", "submit")
ATTRIBUTES_OF_IDS = ("for", "aria-labelledby", "aria-describedby")
FORBIDDEN_ATTRIBUTES = ("style", "onclick", "onload", "onsubmit", "onchange")


class _Checker(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.open: list[str] = []
        self.ids: Counter[str] = Counter()
        self.pointed: list[tuple[str, str]] = []
        self.labelled: set[str] = set()
        self.controls: list[str] = []
        self.headings = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        doubled = [name for name, count in Counter(n for n, _ in attributes).items() if count > 1]
        self.faults += [f"<{tag}> has {name} twice" for name in doubled]
        found = {name: value or "" for name, value in attributes}
        self.faults += [f"<{tag} {name}>" for name in FORBIDDEN_ATTRIBUTES if name in found]
        if "id" in found:
            self.ids[found["id"]] += 1
        for name in ATTRIBUTES_OF_IDS:
            self.pointed += [(name, part) for part in found.get(name, "").split()]
        if tag == "a" and found.get("href", "").startswith("#"):
            self.pointed.append(("href", found["href"][1:]))
        if tag == "label":
            self.labelled.add(found.get("for", ""))
        if tag in CONTROLS and found.get("type") not in UNLABELLED and "aria-label" not in found:
            self.controls.append(found.get("id", f"<{tag} name={found.get('name')}>"))
        self.headings += tag == "h1"
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1:] or 'nothing'}")
        elif self.open:
            self.open.pop()


def html_faults(html: str) -> list[str]:
    """Return a line for each fault of a whole page: tags, ids, labels, the one h1."""
    checker = _Checker()
    checker.feed(html)
    checker.close()
    faults = checker.faults + [f"<{tag}> is never closed" for tag in checker.open]
    faults += [f"id {name!r} is there {n} times" for name, n in checker.ids.items() if n > 1]
    faults += [
        f"{how} names {i!r}, not there" for how, i in checker.pointed if i not in checker.ids
    ]
    faults += [
        f"{control} has no label" for control in checker.controls if control not in checker.labelled
    ]
    return faults if checker.headings == 1 else [*faults, f"{checker.headings} h1"]
