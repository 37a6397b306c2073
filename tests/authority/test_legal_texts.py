"""How legal texts are read, and each way to break one."""

from datetime import datetime
from pathlib import Path

import pytest

from authority.legal_texts import LegalTextFault, load_legal_texts
from authority.profile import ProfileFault

COOKIES = "legal/cookies/v1.fr.md"
TITLE = 'title: "Cookies"'
PARAGRAPH = "## En bref"

# (what is written, what is put in its place, the line of the fault below it, the fault)
BREAKAGES = [
    (TITLE, "", 0, "title: is missing"),
    (TITLE, f"{TITLE}\nauthor: me", 1, "author: is not a known field"),
    (TITLE, "title: [", 0, "not YAML:"),
    ("version: 1", "version: 2", 0, "version: must be 1, as in the file's name"),
    ("version: 1", "version: un", 0, "version: must be a whole number"),
    ("00:00:00+01:00", "00:00:00", 0, "effective_from: must be a date and time with its zone"),
    ("change: material", "change: big", 0, "change: must be one of: material, editorial"),
    (PARAGRAPH, "{{ profile.nom }}", 0, "the profile has no 'nom' of 'profile.nom'"),
    (PARAGRAPH, "{{ profile.seat }}", 0, "'profile.seat' leads to no words"),
    (PARAGRAPH, "{{ profile.siret }}", 0, "'profile.siret' leads to no words"),
    (PARAGRAPH, "{{ profile.seat.lines.pop }}", 0, "the profile has no 'pop' of"),
    (PARAGRAPH, "{{ profile.services.nulle }}", 0, "the profile has no 'nulle' of"),
    (PARAGRAPH, "{{ profile.zone.key }}", 0, "the profile has no 'zone' of"),
    (PARAGRAPH, "{{ profile.__class__ }}", 0, "is no placeholder, as {{ profile.seat.city }}"),
    (PARAGRAPH, "{{ name }}", 0, "'{{ name }}' is no placeholder"),
    (PARAGRAPH, "{{ profile.name", 0, "'{{' is no placeholder"),
]


def faults(folder: Path) -> list[str]:
    with pytest.raises(LegalTextFault) as raised:
        load_legal_texts(folder)
    return raised.value.faults


def test_it_reads_a_text_with_its_facts_and_fills_its_placeholders(folder: Path) -> None:
    written = (
        "---\ntitle: Essai de {{ profile.short_name }}\nversion: 3\n"
        "effective_from: 2027-01-01T00:00:00+01:00\nchange: editorial\nsummary: En bref\n---\n\n"
        "## {{profile.court.name}}\n\n{{ profile.seat.lines }}, {{ profile.retention.draft_days }},"
        " {{ profile.counters.accueil-eau.telephone }}\n"
    )
    (folder / "legal" / "essai").mkdir()
    for language in ("fr", "en"):
        (folder / "legal" / "essai" / f"v3.{language}.md").write_text(written)
    texts = {text.language: text for text in load_legal_texts(folder) if text.slug == "essai"}
    french = texts["fr"]
    assert (french.title, french.version, french.change) == (
        *("Essai de Nîmes Métropole", 3, "editorial"),
    )
    assert french.effective_from == datetime.fromisoformat("2027-01-01T00:00:00+01:00")
    assert french.path == Path("legal/essai/v3.fr.md")
    assert french.markdown == (
        "## Tribunal administratif de Nîmes\n\n"
        "3 rue du Colisée, 30947 Nîmes Cedex 9, 90, 04 66 02 55 55"
    )
    assert texts["en"].markdown.startswith("## Administrative Court of Nîmes")


@pytest.mark.parametrize(("written", "broken", "below", "fault"), BREAKAGES)
def test_it_says_where_a_text_is_broken(
    folder: Path, written: str, broken: str, below: int, fault: str
) -> None:
    path = folder / COOKIES
    text = path.read_text()
    assert written in text
    path.write_text(text.replace(written, broken, 1))
    line = text[: text.index(written)].count("\n") + 1 + below
    told = faults(folder)
    assert any(one.startswith(f"{COOKIES}:{line}: ") and fault in one for one in told), told


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "must begin with a front matter"),
        (b"## Sans\n---\n", "must begin with a front matter"),
        (b"\xff", "is not UTF-8 text"),
    ],
)
def test_it_refuses_what_is_no_text(folder: Path, content: bytes, fault: str) -> None:
    (folder / COOKIES).write_bytes(content)
    assert [one.partition(fault)[0] for one in faults(folder)] == [f"{COOKIES}:1: "]


def test_it_refuses_a_front_matter_alone(folder: Path) -> None:
    path = folder / COOKIES
    path.write_text("---\n".join(path.read_text().split("---\n")[:2]) + "---\n")
    assert faults(folder) == [f"{COOKIES}:7: has no text after its front matter"]


def test_it_refuses_a_misnamed_file_and_tells_every_fault_at_once(folder: Path) -> None:
    (folder / COOKIES).rename(folder / "legal/cookies/v01.fr.md")
    (folder / "legal/accessibilite/v1.en.md").write_text("")
    assert [one.partition(":")[0] for one in faults(folder)] == [
        *("legal/accessibilite/v1.en.md", "legal/cookies/v01.fr.md"),
    ]


def test_it_refuses_a_folder_without_texts(folder: Path) -> None:
    (folder / "legal").rename(folder / "juridique")
    assert faults(folder) == ["legal:1: holds no text"]


def test_it_refuses_a_broken_profile_first(folder: Path) -> None:
    (folder / "profile.yaml").unlink()
    with pytest.raises(ProfileFault):
        load_legal_texts(folder)
