"""Questions and documents that many procedures share, written once in `_shared.yaml`.

A definition writes `- use: family_name`, with what differs beside it (`null` takes a key away);
the parts are written out when the file is read, so that a stored version stands alone.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import Schema, ValidationError

from services.procedures.catalogue.definition_schema import DocumentPart
from services.procedures.catalogue.yaml_files import Fault, Path_, YamlFile
from services.procedures.forms.schemas import FieldPart

SHARED_FILE = "_shared.yaml"
PARTS: Mapping[str, type[Schema]] = {"fields": FieldPart, "documents": DocumentPart}


class SharedParts:
    """The content of `_shared.yaml`."""

    def __init__(self, file: YamlFile) -> None:
        self._file = file

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong in the file itself."""
        for key in self._file.plain:
            if key not in PARTS:
                yield self._file.fault((key,), "is not a known key")
        for key, schema in PARTS.items():
            for name, part in self._named(key).items():
                try:
                    schema().load({"id": name, **part} if isinstance(part, dict) else part)
                except ValidationError as error:
                    yield from self._file.faults({key: {name: error.messages}})

    def write_out(self, file: YamlFile) -> list[Fault]:
        """Replace each `use` of a definition by the shared part; return unknown names."""
        faults = _expand(
            file, ("documents",), file.plain.get("documents"), self._named("documents")
        )
        form = file.plain.get("form")
        pages = form.get("pages") if isinstance(form, dict) else None
        for number, page in enumerate(pages if isinstance(pages, list) else []):
            found = page.get("fields") if isinstance(page, dict) else None
            place = ("form", "pages", number, "fields")
            faults += _expand(file, place, found, self._named("fields"))
            for position, field in enumerate(found if isinstance(found, list) else []):
                parts = field.get("fields") if isinstance(field, dict) else None
                inner = (*place, position, "fields")
                faults += _expand(file, inner, parts, self._named("fields"))
        return faults

    def _named(self, key: str) -> dict[str, Any]:
        found = self._file.plain.get(key)
        return found if isinstance(found, dict) else {}


def _expand(file: YamlFile, place: Path_, items: Any, shared: dict[str, Any]) -> list[Fault]:
    faults = []
    for number, item in enumerate(items if isinstance(items, list) else []):
        if not isinstance(item, dict) or "use" not in item:
            continue
        name = item.pop("use")
        if not isinstance(name, str) or name not in shared:
            faults.append(file.fault((*place, number, "use"), f"{name!r} is not in {SHARED_FILE}"))
            continue
        whole = {"id": name, **shared[name], **item}
        items[number] = {key: value for key, value in whole.items() if value is not None}
    return faults
