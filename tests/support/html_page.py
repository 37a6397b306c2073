"""What a browser without JavaScript makes of a page's HTML: forms, links, text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

SILENT = ("script", "style")


@dataclass
class Button:
    """A button that sends its form; `label` is all its text, that of assistive tools too."""

    name: str
    value: str
    label: str = ""


@dataclass
class Form:
    """A form as served: its fields with their present values, as a browser would send them."""

    action: str
    method: str
    enctype: str
    values: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    file_fields: list[str] = field(default_factory=list)
    buttons: list[Button] = field(default_factory=list)
    # id of a control -> its name; of a box or round button -> what it sends
    controls: dict[str, str] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)

    def value(self, name: str) -> str:
        """Return the present value of a field, '' when it has none."""
        return next((value for found, value in self.values if found == name), "")

    def button(self, label: str) -> Button | None:
        """Return the button whose text begins with `label`."""
        return next((button for button in self.buttons if button.label.startswith(label)), None)


class HtmlReader(HTMLParser):
    """Reads a page: feed it once, then look at its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.text: list[str] = []
        self.title = ""
        self._form: Form | None = None
        self._select: str | None = None
        self._area: str | None = None
        self._button: Button | None = None
        self._in_link = False
        self._hidden = 0
        self._in_title = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Open what the tag opens."""
        found = {name: value or "" for name, value in attributes}
        if "id" in found:
            self.ids.append(found["id"])
        if tag in SILENT:
            self._hidden += 1
        elif tag == "title" and not self.title:
            self._in_title = True
        elif tag == "a" and "href" in found:
            self._in_link = True
            self.links.append((found["href"], ""))
        elif tag == "form":
            self._form = Form(
                found.get("action", ""),
                found.get("method", "get").upper(),
                found.get("enctype", ""),
            )
            self.forms.append(self._form)
        elif self._form is not None:
            self._read_control(self._form, tag, found)

    def _read_control(self, form: Form, tag: str, found: dict[str, str]) -> None:
        name, kind = found.get("name", ""), found.get("type", "text")
        if tag == "button":
            self._button = Button(name, found.get("value", ""))
            form.buttons.append(self._button)
        elif tag == "option":
            if self._select and "selected" in found:
                form.values.append((self._select, found.get("value", "")))
        elif tag in ("input", "select", "textarea") and name:
            form.names.add(name)
            form.controls[found.get("id", name)] = name
            if kind in ("radio", "checkbox"):
                form.choices[found.get("id", name)] = found.get("value", "on")
            self._read_value(form, tag, name, kind, found)

    def _read_value(
        self, form: Form, tag: str, name: str, kind: str, found: dict[str, str]
    ) -> None:
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._area = name
            form.values.append((name, ""))
        elif kind == "file":
            form.file_fields.append(name)
        elif kind not in ("radio", "checkbox") or "checked" in found:
            form.values.append((name, found.get("value", "on" if kind == "checkbox" else "")))

    def handle_endtag(self, tag: str) -> None:
        """Close what the tag opened."""
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None
        elif tag == "button" and self._button is not None:
            self._button.label = " ".join(self._button.label.split())
            self._button = None
        elif tag == "a":
            self._in_link = False
        elif tag == "title":
            self._in_title = False
        elif tag in SILENT:
            self._hidden -= 1

    def handle_data(self, data: str) -> None:
        """Give a text to what it stands in."""
        if self._in_title:
            self.title += data
        elif self._area is not None and self._form is not None:
            name, value = self._form.values[-1]
            # the first line break after the tag is the page's, not the person's
            self._form.values[-1] = (name, value + (data if value else data.removeprefix("\n")))
        elif not self._hidden:
            self.text.append(data)
            if self._button is not None:
                self._button.label += data
            if self._in_link:
                href, label = self.links[-1]
                self.links[-1] = (href, label + data)
