"""gateway.one_name: a portal on one's own machine has one name, the one that passkeys take."""

import pytest

from tests.gateway.conftest import OpenGateway

NUMERIC = {"Host": "127.0.0.1:8000"}


async def test_who_opens_the_number_is_led_to_the_name(open_gateway: OpenGateway) -> None:
    client = await open_gateway(PARVIS_PUBLIC_URL="http://localhost:8000")
    response = await client.get("/suivi?a=1", headers=NUMERIC, allow_redirects=False)
    assert response.status == 307
    assert response.headers["Location"] == "http://localhost:8000/suivi?a=1"
    assert "Content-Security-Policy" in response.headers
    named = await client.get("/suivi", headers={"Host": "localhost:8000"}, allow_redirects=False)
    assert named.status == 200


@pytest.mark.parametrize(
    "public", ["https://demarches.example", "http://127.0.0.1:8000", "http://localhost:9999"]
)
async def test_any_other_public_address_is_left_alone(
    open_gateway: OpenGateway, public: str
) -> None:
    client = await open_gateway(PARVIS_PUBLIC_URL=public)
    response = await client.get("/suivi", headers=NUMERIC, allow_redirects=False)
    assert response.status == 200


async def test_a_form_sent_to_the_number_is_not_sent_on(open_gateway: OpenGateway) -> None:
    client = await open_gateway(PARVIS_PUBLIC_URL="http://localhost:8000")
    headers = {**NUMERIC, "Origin": "http://127.0.0.1:8000"}
    response = await client.post("/suivi", headers=headers, allow_redirects=False)
    assert response.status == 403
