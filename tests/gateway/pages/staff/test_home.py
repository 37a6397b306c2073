"""What the staff's home page opens to each role."""

import pytest

from gateway.pages.staff.home import rooms_of


@pytest.mark.parametrize(
    ("roles", "addresses"),
    [
        ([], []),
        (["agent"], []),
        (["agent:dechets"], ["dossiers", "guichet", "statistiques"]),
        (["supervisor:dechets"], ["dossiers", "guichet", "statistiques", "modeles", "demarches"]),
        (["supervisor"], ["comptes", "double-verification"]),
        (["dpo"], ["comptes", "droits"]),
        (
            ["administrator"],
            ["demarches", "comptes", "double-verification", "applications", "droits"],
        ),
        (["editor"], ["demarches", "textes"]),
        (["publisher"], ["demarches", "textes"]),
        (["cash_officer", "editor"], ["regie", "demarches", "textes"]),
        (["agents:dechets", "dpos"], []),
    ],
)
def test_it_opens_what_a_role_may_see(roles: list[str], addresses: list[str]) -> None:
    assert [room.address for room in rooms_of(roles, str)] == [f"/agents/{a}" for a in addresses]
