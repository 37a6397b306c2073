"""The shipped profile, and each way to break one: the fault names file, line and field."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from authority.profile import AuthorityProfile, ProfileFault, default_folder, load_profile
from chassis.settings import SettingsFault

COMMUNES = 39
PROFILE = "profile.yaml"

# (file, what is written, what is put in its place, the line of the fault below it, the fault)
BREAKAGES = [
    (PROFILE, "locale: fr", "locale: de", 0, "locale: must be one of: fr, en"),
    (PROFILE, "locale: fr", "locale: fr\ncolour: red", 1, "colour: is not a known field"),
    (PROFILE, "locale: fr", "locale:", 0, "locale: must not be empty"),
    (PROFILE, "locale: fr", "locale: fr\nlocale: en", 1, "locale: is given twice"),
    (PROFILE, "id: nimes-metropole", "id: [", 0, "not YAML:"),
    (PROFILE, "id: nimes-metropole", "id: Nîmes", 0, "id: must be lower-case words and hyphens"),
    (PROFILE, "Europe/Paris", "Europe/Nimes", 0, "time_zone: must be a known time zone"),
    (PROFILE, 'siren: "243000643"', 'siren: "243000644"', 0, "siren: must be 9 digits with"),
    (PROFILE, "prefix: NM", "prefix: nm", 0, "request_number_prefix: must be two to six cap"),
    (PROFILE, "https://www.nimes", "http://www.nimes", 0, "website: must be an https address"),
    (PROFILE, "email: cil@", "email: cil at ", 0, "data_protection.email: must be an e-mail"),
    (PROFILE, "telephone: 09 72 10 10 07", "telephone: call", 0, "host.telephone: must be a tel"),
    (PROFILE, "telephone: 09 72 10 10 07", "", -3, "publication.host.telephone: is missing"),
    (PROFILE, "  city: Nîmes\n", "", -2, "seat.city: is missing"),
    (PROFILE, "{fr: Archriss, en: Archriss}", "{fr: Archriss}", 0, "design.en: is missing"),
    (PROFILE, "{fr: Archriss, en: Archriss}", "Archriss", 0, "design: must hold fields and values"),
    (PROFILE, "level: none", "level: total", 0, "accessibility.level: must be one of: none, par"),
    (PROFILE, 'accent: "#9c3f1d"', "accent: brown", 0, "theme.light.accent: must be a colour"),
    (PROFILE, "draft_days: 90", "draft_days: trois", 0, "draft_days: must be a whole number"),
    (PROFILE, "draft_days: 90", "draft_days: 0", 0, "retention.draft_days: must be 1 or more"),
    (PROFILE, "id: accueil-eau", "id: hotel-communautaire", 0, "counters[1].id: 'hotel-communaut"),
    (PROFILE, "id: voirie", "id: sports", 0, "services[12].id: 'sports' is given twice"),
    (PROFILE, "hours: *office_hours", "hours: []", 0, "counters[1].hours: must not be empty"),
    ("communes.yaml", '"30036"', '"30O36"', 0, "communes[0].insee: must be an INSEE code"),
    ("communes.yaml", '"30039"', '"30036"', 0, "communes[1].insee: '30036' is given twice"),
    ("communes.yaml", '["30620"]', '["3062"]', 0, "communes[0].postal_codes[0]: must be a pos"),
]


@pytest.fixture(scope="module")
def profile() -> AuthorityProfile:
    return load_profile(default_folder())


def test_the_shipped_profile_names_the_authority(profile: AuthorityProfile) -> None:
    assert profile.name.fr == "Communauté d’Agglomération Nîmes Métropole"
    assert ", ".join(profile.seat.lines) == "3 rue du Colisée, 30947 Nîmes Cedex 9"
    assert profile.telephone == "04 66 02 55 55"
    assert profile.zone.key == "Europe/Paris"
    assert profile.data_protection.email == "cil@nimes-metropole.fr"
    assert "Secrétariat général" in profile.data_protection.address_lines
    assert "Direction des Systèmes d’Information" in profile.unauthorised_use.address_lines
    assert profile.unauthorised_use.email == profile.webmaster.email
    assert "Hôtel communautaire" in profile.webmaster.address_lines
    assert profile.publication.photographs[1:] == (
        *("Archriss", "Claude Corbier", "Terraluna", "Ville de Nîmes"),
    )


def test_every_member_commune_is_there_once(profile: AuthorityProfile) -> None:
    assert len({commune.insee for commune in profile.communes}) == COMMUNES
    assert len({commune.name for commune in profile.communes}) == COMMUNES
    assert all(code.startswith("30") for one in profile.communes for code in one.postal_codes)


def test_every_procedure_finds_its_service_and_its_counters(profile: AuthorityProfile) -> None:
    for path in (default_folder() / "procedures").glob("[!_]*.yaml"):
        written = YAML(typ="safe").load(path)
        assert profile.service(written["service"]).email
        for name in written["traditional"]["counters"]:
            assert profile.counter(name).hours


def test_a_remedy_gives_its_time_limit_and_its_address(profile: AuthorityProfile) -> None:
    told = " ".join(remedy.fr for remedy in profile.remedies)
    for fact in ("deux mois", "16 avenue Feuchères, 30000 Nîmes", "Défenseur des droits", "CNIL"):
        assert fact in told


@pytest.mark.parametrize(("file", "written", "broken", "below", "fault"), BREAKAGES)
def test_it_says_where_a_profile_is_broken(
    folder: Path, file: str, written: str, broken: str, below: int, fault: str
) -> None:
    path = folder / file
    text = path.read_text()
    assert written in text
    path.write_text(text.replace(written, broken, 1))
    line = text[: text.index(written)].count("\n") + 1 + below
    with pytest.raises(ProfileFault) as raised:
        load_profile(folder)
    told = raised.value.faults
    assert any(one.startswith(f"{file}:{line}: ") and fault in one for one in told), told


def test_it_tells_the_faults_of_both_files_at_once(folder: Path) -> None:
    (folder / "communes.yaml").unlink()
    path = folder / PROFILE
    path.write_text(path.read_text().replace("locale: fr", "locale: de\ncolour: red"))
    with pytest.raises(ProfileFault) as raised:
        load_profile(folder)
    assert [one.partition(": ")[2] for one in raised.value.faults] == [
        "cannot be read: No such file or directory",
        "locale: must be one of: fr, en",
        "colour: is not a known field",
    ]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"\xff", "profile.yaml:1: is not UTF-8 text"),
        (b"", "profile.yaml:1: must hold fields and values"),
        (b"- one\n", "profile.yaml:1: must hold fields and values"),
        (b"a: &a [*a, \x07]\n", "profile.yaml:1: not YAML"),
    ],
)
def test_it_refuses_what_is_no_profile_at_all(folder: Path, content: bytes, fault: str) -> None:
    (folder / PROFILE).write_bytes(content)
    with pytest.raises(ProfileFault) as raised:
        load_profile(folder)
    assert raised.value.faults[0].startswith(fault), raised.value.faults


def test_a_process_ends_as_with_faulty_settings() -> None:
    assert issubclass(ProfileFault, SettingsFault)
