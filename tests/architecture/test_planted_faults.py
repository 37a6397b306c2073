"""Each check of `make lint` finds the fault that it is there for, and says it clearly."""

from pathlib import Path

import pytest

from tests.architecture.conftest import Check

LINT_IMPORTS = ("-c", "from importlinter.cli import lint_imports_command as run; run()")
IMPORTS = (*LINT_IMPORTS, "--no-cache", "--no-logo")
RUFF = ("-m", "ruff", "check", "--no-cache", "--output-format=concise")


def plant(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def lines_of(count: int) -> str:
    return "".join(f"    print({number})\n" for number in range(count))


@pytest.mark.parametrize(
    ("file", "line", "told"),
    [
        ("gateway/planted.py", "import services.legal", "gateway.planted -> services.legal"),
        (
            "services/legal/planted.py",
            "import services.identity",
            "services.legal.planted -> services.identity",
        ),
        ("chassis/planted.py", "import services.legal", "chassis.planted -> services.legal"),
        ("authority/planted.py", "import gateway", "authority.planted -> gateway"),
        (
            "services/procedures/requests/model.py",
            "import services.procedures.requests.repository",
            "services.procedures.requests.model -> services.procedures.requests.repository",
        ),
        (
            "services/procedures/requests/model.py",
            "import asyncpg",
            "services.procedures.requests.model -> asyncpg",
        ),
    ],
)
def test_it_refuses_a_forbidden_import(
    house: Path, check: Check, file: str, line: str, told: str
) -> None:
    plant(house / file, f"\n{line}\n")
    done = check(*IMPORTS)
    assert done.returncode == 1
    assert "BROKEN" in done.stdout
    assert told in done.stdout


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        (
            "gateway/planted.py",
            "def too_long():\n" + lines_of(40),
            "gateway/planted.py:1: the function too_long has 41 lines, 40 at most",
        ),
        (
            "services/legal/planted.py",
            "X = 1\n" * 251,
            "services/legal/planted.py: the file has 251 lines, 250 at most",
        ),
    ],
)
def test_it_refuses_what_is_too_long(
    house: Path, check: Check, file: str, text: str, told: str
) -> None:
    plant(house / file, text)
    done = check("tools/check_sizes.py")
    assert done.returncode == 1
    assert told in done.stdout


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("gateway/utils.py", "", "gateway/utils.py: the name 'utils' does not say what is inside"),
        ("services/legal/planted/model.py", "import marshmallow\n", "a model imports marshmallow"),
        (
            "services/procedures/documents/service.py",
            "\nfrom services.procedures.requests.repository import RequestRepository\n",
            "belongs to the feature requests: go through its service",
        ),
        ("gateway/planted.py", "def (:\n", "gateway/planted.py:1: not valid Python"),
    ],
)
def test_it_refuses_a_wrong_name_or_feature_import(
    house: Path, check: Check, file: str, text: str, told: str
) -> None:
    plant(house / file, text)
    done = check("tools/check_layout.py")
    assert done.returncode == 1
    assert told in done.stdout


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("from datetime import datetime\nNOW = datetime.now()\n", "chassis.clock.Clock.now()"),
        ("import datetime\nDAY = datetime.date.today()\n", "chassis.clock.Clock.today(zone)"),
        ("import time\nNOW = time.time()\n", "chassis.clock.Clock.now()"),
        ("from uuid import uuid4\n", "chassis.clock.IdSource.new_id()"),
        ("import secrets\n", "Make and compare secrets with chassis.clock"),
        ("import random\n", "Chance comes from chassis.clock"),
        ("from aiohttp import ClientSession\n", "chassis.http_client"),
        ("import aiohttp\nX = aiohttp.ClientSession()\n", "chassis.http_client"),
    ],
)
def test_it_refuses_makers_of_time_chance_and_connections_outside_the_chassis(
    house: Path, check: Check, text: str, told: str
) -> None:
    plant(house / "gateway" / "planted.py", text)
    done = check(*RUFF, "gateway/planted.py")
    assert done.returncode == 1
    assert "TID251" in done.stdout
    assert told in done.stdout


def test_it_refuses_a_broken_procedure_file(house: Path, check: Check) -> None:
    folder = house / "authority" / "nimes-metropole" / "procedures"
    broken = sorted(path for path in folder.glob("*.yaml") if not path.name.startswith("_"))[0]
    lines = broken.read_text(encoding="utf-8").splitlines()
    broken.write_text("\n".join([*lines, "no_such_field: 1", ""]), encoding="utf-8")
    profile = str(folder.parent)
    done = check("-m", "services.procedures", "check", PARVIS_AUTHORITY_FOLDER=profile)
    assert done.returncode != 0
    told = done.stdout + done.stderr
    assert f"{broken.name}:{len(lines) + 1}" in told
    assert "no_such_field" in told
    assert "Traceback" not in told


def test_it_refuses_an_api_description_that_is_behind(house: Path, check: Check) -> None:
    path = house / "docs" / "openapi" / "procedures.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"summary"', '"summery"', 1), encoding="utf-8")
    done = check("tools/openapi.py", "check")
    assert done.returncode == 1
    assert "docs/openapi/procedures.json" in done.stdout
    assert "make openapi" in done.stdout


def test_it_refuses_a_test_of_an_unknown_promise(house: Path, check: Check) -> None:
    plant(
        house / "tests" / "test_planted.py",
        'import pytest\n\n@pytest.mark.promise("NOT-01")\ndef test_planted():\n    pass\n',
    )
    done = check("-m", "pytest", "--collect-only", "-q", "tests/test_planted.py")
    assert done.returncode != 0
    told = done.stdout + done.stderr
    assert "tests/test_planted.py::test_planted: there is no promise 'NOT-01'" in told


def test_it_finds_the_imports_in_order_when_nothing_is_planted(check: Check) -> None:
    done = check(*IMPORTS)
    assert done.returncode == 0, done.stdout + done.stderr
