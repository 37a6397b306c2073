"""Broken procedure files: each fault with its file, line and place."""

from pathlib import Path

import pytest

from authority.profile import AuthorityProfile, default_folder
from services.procedures.catalogue.definition_files import check_command, check_definitions

CARD = "carte-decheterie.yaml"
# (what is written, what is put in its place, the fault that follows)
BREAKAGES = [
    ("kind: internal", "kind: interne", "kind: must be one of: internal, payment, partner"),
    ("kind: internal", "kind: internal\ncolour: red", "colour: is not a known key"),
    ("service: dechets", "service: voirrie", "service: 'voirrie' is no service of the"),
    ("themes: [dechets]", "themes: [dechet]", "themes[0]: 'dechet' is no theme of _voc"),
    ("particuliers, entreprises]", "tous]", "audiences[0]: 'tous' is no audience of _voc"),
    ("[hotel-communautaire]", "[nulle-part]", "counters[0]: 'nulle-part' is no counter"),
    ("ways: [post, ", "ways: [pigeon, ", "traditional.ways[0]: must be one of: post, tele"),
    ("en: Get the recycling-centre card}", "en: ''}", "title.en: must not be empty"),
    (", en: Get the recycling-centre card}", "}", "title.en: is missing"),
    ("service: dechets\n", "", "service: is missing"),
    ("value: 10", "value: dix", "delay.value: must be a whole number"),
    ("outcome: acceptance", "outcome: maybe", "implicit_decision.outcome: must be one of"),
    ("value: 2, unit: months", "value: 2, unit: years", "implicit_decision.after.unit: must be on"),
    ("outcome: accept", "ends_on_working_day: 1\n  outcome: accept", "ends_on_working_day: must"),
    ("types: [pdf, jpeg", "types: [exe, jpeg", "documents[1].types[0]: must be one of"),
    ("use: justificatif-domicile", "use: passeport", "documents[0].use: 'passeport' is not in"),
    ("id: former_card", "id: family_name", "pages[2].fields[1].id: 'family_name' is given t"),
    ("id: adresse", "id: vous", "form.pages[1].id: 'vous' is given twice"),
    ("value: lost", "value: first", "fields[0].options[1].value: 'first' is given twice"),
    ("max_length: 20", "min: 3", "form.pages[2].fields[1].min: means nothing for text"),
    ("max_length: 20", "type: texte", "not YAML: found duplicate key"),
    ("max_length: 20", "prefill: shoe_size", "form.pages[2].fields[1].prefill: must be one"),
    ("type: choice", "type: colour", "form.pages[2].fields[0].type: must be one of"),
    ("type: choice", "type: text", "form.pages[2].fields[0].options: means nothing for"),
    ("required: true", "required: 1", "form.pages[2].fields[0].required: must be true or fa"),
    ("id: carte-decheterie", "id: carte", "id: must be the file's name without .yaml"),
    ("id: carte-decheterie", "id: [", "not YAML:"),
    ("service: dechets", "service: dechets\nstate: suspended", "suspension: goes with state"),
    ("service: dechets", "service: dechets\nperiod: {}", "period: must be either once or yearly"),
    (
        "service: dechets",
        'service: dechets\nperiod: {yearly: {from: "02-30", to: "03-01"}}',
        "period.yearly.from: must be a day of the year, as 05-31",
    ),
    (
        "service: dechets",
        "service: dechets\nperiod: {once: {from: 2026-05-02, to: 2026-05-01}}",
        "period.once.to: must not be before from",
    ),
]


def line_of(text: str, written: str) -> int:
    return text[: text.index(written)].count("\n") + 1


@pytest.mark.parametrize(("written", "broken", "fault"), BREAKAGES)
def test_it_says_where_a_file_is_broken(
    folder: Path, profile: AuthorityProfile, written: str, broken: str, fault: str
) -> None:
    path = folder / CARD
    text = path.read_text()
    assert written in text
    path.write_text(text.replace(written, broken, 1))
    found = [str(one) for one in check_definitions(folder, profile)]
    assert any(one.startswith(f"{CARD}:") and fault in one for one in found), found


@pytest.mark.parametrize(
    ("written", "broken", "lines_below"),
    [
        ("outcome: acceptance", "outcome: maybe", 0),
        ("type: choice", "type: colour", 0),
        ("kind: internal", "kind: internal\ncolour: red", 1),
    ],
)
def test_it_says_the_very_line(
    folder: Path, profile: AuthorityProfile, written: str, broken: str, lines_below: int
) -> None:
    path = folder / CARD
    text = path.read_text()
    path.write_text(text.replace(written, broken, 1))
    (fault,) = check_definitions(folder, profile)
    assert fault.line == line_of(text, written) + lines_below


def test_it_lists_every_fault_of_every_file(folder: Path, profile: AuthorityProfile) -> None:
    for name, changes in {
        CARD: [("kind: internal", "kind: interne"), ("service: dechets", "service: x")],
        "composteur-bac.yaml": [("outcome: acceptance", "outcome: maybe")],
        "paiement-facture-eau.yaml": [("provider: payfip", "provider: paypal")],
    }.items():
        text = (folder / name).read_text()
        for written, broken in changes:
            text = text.replace(written, broken, 1)
        (folder / name).write_text(text)
    found = [fault.file for fault in check_definitions(folder, profile)]
    assert found == [CARD, CARD, "composteur-bac.yaml", "paiement-facture-eau.yaml"]


def test_a_kind_has_its_own_part_only(folder: Path, profile: AuthorityProfile) -> None:
    path = folder / CARD
    path.write_text(path.read_text().replace("kind: internal", "kind: partner", 1))
    found = [str(fault) for fault in check_definitions(folder, profile)]
    assert len(found) == 2
    assert any("form: means nothing for partner" in fault for fault in found)
    assert any("partner: is missing" in fault for fault in found)


def test_a_partner_is_reached_by_https_only(folder: Path, profile: AuthorityProfile) -> None:
    path = folder / "paiement-facture-eau.yaml"
    path.write_text(path.read_text().replace("https://www.payfip", "http://www.payfip", 1))
    (fault,) = check_definitions(folder, profile)
    assert fault.path == "payment.url"


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("_vocabulary.yaml", "themes: []", "_vocabulary.yaml:1: themes: must not be empty"),
        (
            "_shared.yaml",
            "fields:\n  x: {type: text}",
            "_shared.yaml:2: fields.x.label: is missing",
        ),
        ("vide.yaml", "", "vide.yaml:1: must hold keys and values"),
        ("liste.yaml", "- a\n- b", "liste.yaml:1: must hold keys and values"),
        ("latin.yaml", "title: Nîmes".encode("latin-1"), "latin.yaml:1: not YAML"),
    ],
)
def test_it_survives_any_file(
    folder: Path, profile: AuthorityProfile, name: str, content: str | bytes, fault: str
) -> None:
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    found = [str(one) for one in check_definitions(folder, profile)]
    assert any(one.startswith(fault) for one in found), found


def test_an_empty_folder_is_a_fault(tmp_path: Path, profile: AuthorityProfile) -> None:
    found = [str(fault) for fault in check_definitions(tmp_path, profile)]
    assert any("holds no procedure file" in fault for fault in found)
    assert any(fault.startswith("_vocabulary.yaml:1: ") for fault in found)


def test_the_command_counts_the_shipped_files(capsys: pytest.CaptureFixture[str]) -> None:
    assert check_command(default_folder()) == 0
    assert capsys.readouterr().out == "25 procedure files, no fault\n"
