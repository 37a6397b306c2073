"""chassis.logs and chassis.metrics: what a process prints, and what it never prints"""

import json
import subprocess
import sys
from typing import Any

import pytest

from deploy.local.settings import REPOSITORY

FAILURE = """
import logging, structlog
from chassis.logs import configure_logs
configure_logs("sample", {format!r}, {level!r})
log = structlog.get_logger()
log.debug("quiet")
log.info("told", number=3)
logging.getLogger("library").warning("from %s", "outside")
def look_up(secret):
    try:
        {{}}[secret]
    except KeyError as error:
        raise ValueError("no account of " + secret) from error
try:
    look_up("camille@example.org")
except ValueError:
    log.exception("it failed")
    logging.getLogger("library").exception("it failed there")
"""


def printed(log_format: str, level: str = "info") -> str:
    done = subprocess.run(
        [sys.executable, "-c", FAILURE.format(format=log_format, level=level)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stderr


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.promise("AVA-04")
def test_each_line_is_one_json_object_that_names_its_service() -> None:
    found = lines(printed("json"))
    assert [line["event"] for line in found] == [
        "told",
        "from outside",
        "it failed",
        "it failed there",
    ]
    assert {line["service"] for line in found} == {"sample"}
    assert found[0]["number"] == 3
    assert found[0]["level"] == "info"
    assert found[0]["timestamp"].endswith("Z")


@pytest.mark.promise("DAT-05")
@pytest.mark.parametrize("log_format", ["json", "console"])
def test_a_failure_is_told_by_its_place_and_type_not_by_its_words(log_format: str) -> None:
    text = printed(log_format)
    assert "camille" not in text
    assert text.count("ValueError") == 2
    assert "KeyError" in text, "the cause too"
    assert "in look_up" in text


def test_reads_are_logged_only_when_asked() -> None:
    assert "quiet" not in printed("json")
    assert lines(printed("json", "debug"))[0]["event"] == "quiet"
