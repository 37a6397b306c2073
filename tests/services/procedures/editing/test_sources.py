"""YAML in and out: exact both ways, hostile ones refused, faults told in words (CAT-06)."""

import time
from functools import cache
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authority.profile import AuthorityProfile, default_folder, load_profile
from services.procedures.catalogue.definition_files import SourceFolder
from services.procedures.catalogue.model import Vocabulary
from services.procedures.catalogue.strict_yaml import MAX_BYTES
from services.procedures.catalogue.yaml_files import UnreadableFile, read_yaml_text
from services.procedures.editing.checking import SourceChecker
from services.procedures.editing.fault_words import fault_text
from services.procedures.editing.model import SourceRefused
from services.procedures.editing.writing import write_definition
from tests.services.procedures.editing.conftest import DRAFTS, Editors
from tests.services.procedures.portal import CARD

pytestmark = pytest.mark.promise("CAT-06")

texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00")).map(str.strip)
AWKWARD = (
    "yes|null|~|2026-05-01|05-15|1e3|a: b|- x|#c|a #b|'|on|0x10|<<|=|..|---|? a|@a|%a|!a|&a|*a"
    "|1_000|0o7|.inf"
)
awkward = st.sampled_from([*AWKWARD.split("|"), "|", "a\nb", "a\n\n b", "é\u00a0:", "b\u2028a"]) | (
    st.sampled_from(["b\x85a", "a\tb", "a\n# b", "a\n  b\nc"])
)
parts: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | texts | awkward,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=10,
)


@pytest.fixture
def checker(profile: AuthorityProfile) -> SourceChecker:
    return SourceChecker(default_folder(), profile)


@given(st.dictionaries(texts, parts, max_size=5))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_whatever_is_written_is_read_again_to_the_letter(document: dict[str, Any]) -> None:
    assert read_yaml_text("x.yaml", write_definition(document)).plain == document


def test_every_shipped_procedure_goes_out_and_comes_in_unchanged(
    shipped: SourceFolder, checker: SourceChecker
) -> None:
    for source in shipped.definitions:
        checked = checker.check(write_definition(source.document), shipped.vocabulary)
        assert checked.content_hash == source.definition.content_hash
        assert checked.stopping == [], source.definition.id


async def test_an_exported_version_is_imported_to_the_same_hash(editors: Editors) -> None:
    path = f"/staff/procedures/{CARD}/versions/1/source"
    exported = await editors.good("GET", path)
    public = await editors.public()
    imported = await editors.begin(source=exported["source"])
    assert exported["content_hash"] == public["content_hash"] == imported["content_hash"]
    assert (imported["procedure"], imported["based_on"]) == (CARD, 1)


async def test_a_file_of_the_repository_is_imported_with_its_shared_questions(
    editors: Editors,
) -> None:
    text = (default_folder() / "procedures" / f"{CARD}.yaml").read_text()
    assert "use: family_name" in text
    imported = await editors.begin(source=text)
    assert imported["content_hash"] == (await editors.public())["content_hash"]


BOMB = "id: bomb\na: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
HOSTILE = {
    "aliases": BOMB,
    "a tag": "id: x\na: !!python/object/apply:os.system ['true']\n",
    "a deep nesting": f"id: x\na: {'[' * 50_000}{']' * 50_000}\n",
    "many parts": "id: x\na: [" + "1," * 30_000 + "1]\n",
    "a huge text": "id: x\na: " + "x" * (MAX_BYTES + 1),
    "a huge number": "id: x\na: " + "9" * 10_000,
    "a day that is none": "id: x\nperiod: 2026-02-30\n",
    "two documents": "id: x\n---\nid: y\n",
    "a key given twice": "id: x\nid: y\n",
    "no text": 'id: x\ntitle: "\\0"\n',
    "half a letter": 'id: x\ntitle: "\\ud800"\n',
    "a list": "- a\n",
    "nothing": "",
    "no YAML": "a: [\n",
    "a tab": "a:\n\tb: c\n",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_yaml_is_refused_at_once_with_a_line(text: str) -> None:
    began = time.monotonic()
    with pytest.raises(UnreadableFile) as refused:
        read_yaml_text("x.yaml", text)
    # generous: what is refused late would take minutes or gigabytes
    assert time.monotonic() - began < 20
    assert all(fault.line >= 1 and fault.message for fault in refused.value.faults)


async def test_a_refused_text_says_where_and_why_in_both_languages(editors: Editors) -> None:
    body = {"id": str(uuid4()), "source": "id: x\na: &b c\nd: *b\n"}
    response = await editors.call("POST", DRAFTS, body)
    assert response.status == 422
    problem = await response.json()
    assert problem["code"] == "source-refused"
    assert [fault["line"] for fault in problem["faults"]] == [2, 3]
    assert problem["faults"][0]["message"]["fr"].startswith("Les ancres")
    assert problem["faults"][0]["message"]["en"].startswith("May not hold an anchor")


@pytest.mark.parametrize("identifier", ["_shared", "Carte", "a" * 81, "../x", "a/b", ""])
def test_an_identifier_that_no_address_can_bear_is_refused(
    identifier: str, checker: SourceChecker
) -> None:
    with pytest.raises(SourceRefused):
        checker.check(write_definition({"id": identifier}), Vocabulary((), (), (), ()))


def test_the_identifier_of_a_draft_never_changes(checker: SourceChecker) -> None:
    with pytest.raises(SourceRefused):
        checker.check("id: autre\n", Vocabulary((), (), (), ()), CARD)


TOP = "form documents title delay traditional themes period kind personal_data service fee partner"
INNER = "pages fields id type label fr en options value show use ask required min max follows help"
shapes: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.text("ab '=(", max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(INNER.split()), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(TOP.split()), shapes, max_size=6))
@settings(max_examples=400, deadline=None, derandomize=True)
def test_a_draft_of_any_shape_is_checked_and_told(document: dict[str, Any]) -> None:
    checked = _checker().check(
        write_definition({"id": "x", **document}), Vocabulary((), (), (), ())
    )
    assert checked.definition is None
    for finding in checked.findings:
        view = finding.view(checked.document, "fr")
        assert view["message"]


@cache
def _checker() -> SourceChecker:
    return SourceChecker(default_folder(), load_profile(default_folder()))


@pytest.mark.parametrize(
    "message",
    [
        "is missing",
        "'x' is no service of the authority profile; there are a, b",
        "'x' is given twice",
        "must be one of: text, date",
        "is missing: what a person reads when the answer is",
        "can never be true: nobody would reach it",
        "'age' is asked on a later page",
        "'zz' is no field of the form",
        "'x' is none of the options: a, b",
        "must be true or false, not text",
        "cannot be read: 'a =='",
        "== means nothing between text and number",
        "must be greater than or equal to 1 and less than or equal to 365",
        "depends on itself: a > b",
        "not YAML: mapping values are not allowed here",
        "'x' is not in _shared.yaml",
    ],
)
def test_faults_are_told_in_french(message: str) -> None:
    assert "À revoir" not in fault_text(message).fr
