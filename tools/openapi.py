"""The OpenAPI documents of the services in docs/openapi: `write` them, or `check` that they fit.

They come from the same routes and schemas as the services themselves.
"""

import argparse
import difflib
import importlib
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "openapi"
SERVICES = ("identity", "legal", "procedures")


def document(service: str) -> str:
    """Return the OpenAPI document of `service` as the text of its file."""
    sys.path.insert(0, str(ROOT))
    describe_routes = importlib.import_module("chassis.routing").describe_routes
    routes = importlib.import_module(f"services.{service}.routes").ROUTES
    found = describe_routes(f"Parvis {service}", routes)
    return json.dumps(found, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def write(services: Iterable[str]) -> int:
    """Write the documents of `services`."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for service in services:
        (FOLDER / f"{service}.json").write_text(document(service), encoding="utf-8")
    return 0


def check(services: Iterable[str]) -> int:
    """Print how the kept documents differ from the code; the exit code is 1 when they do."""
    differences = [line for service in services for line in _difference(service)]
    if differences:
        print("\n".join(differences[:40]))
        print("docs/openapi is behind the code: run `make openapi` and read the difference.")
    return 1 if differences else 0


def _difference(service: str) -> Iterator[str]:
    path = FOLDER / f"{service}.json"
    kept = path.read_text(encoding="utf-8") if path.exists() else ""
    name = str(path.relative_to(ROOT))
    return difflib.unified_diff(
        kept.splitlines(), document(service).splitlines(), name, "the code", lineterm="", n=1
    )


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("action", choices=["write", "check"])
    arguments.add_argument("services", nargs="*", choices=[*SERVICES, []], metavar="service")
    chosen = arguments.parse_args()
    action = write if chosen.action == "write" else check
    sys.exit(action(chosen.services or SERVICES))
