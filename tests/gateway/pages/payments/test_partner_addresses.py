"""The addresses that the DGFiP calls answer 200, whatever is sent, whatever is down (PAY-02)."""

import pytest

from tests.gateway.conftest import OpenGateway

pytestmark = pytest.mark.promise("PAY-02", "PAY-06")
VARIANTS = [
    ("GET", {"params": {"idop": "x"}}),
    ("GET", {"params": {"IDOP": "x"}}),
    ("POST", {"data": {"idOp": "x"}}),
    ("POST", {"data": b"\xff\xfe", "headers": {"Content-Type": "text/plain"}}),
    ("POST", {"data": b"{", "headers": {"Content-Type": "application/json"}}),
    ("POST", {"data": b"", "headers": {"Origin": "https://www.payfip.gouv.fr"}}),
    ("POST", {"params": {"a": "y" * 3000}, "data": {f"n{number}": "" for number in range(200)}}),
]


@pytest.mark.parametrize("path", ["/paiements/notifications", "/paiements/retour/jeton"])
@pytest.mark.parametrize(("method", "sent"), VARIANTS)
async def test_it_answers_with_html_and_asks_for_no_session(
    open_gateway: OpenGateway, path: str, method: str, sent: dict[str, object]
) -> None:
    client = await open_gateway()
    response = await client.request(method, path, **sent)  # type: ignore[arg-type]
    assert (response.status, response.content_type) == (200, "text/html")
    assert "Set-Cookie" not in response.headers


async def test_with_procedures_down_the_payer_is_told_that_we_check(
    open_gateway: OpenGateway,
) -> None:
    client = await open_gateway()
    response = await client.get("/paiements/retour/jeton?idop=x&resultrans=P")
    text = await response.text()
    assert "Nous vérifions auprès de la DGFiP" in text
    assert "Payé" not in text
