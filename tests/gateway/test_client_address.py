"""gateway.client_address: only our own proxies are believed."""

from ipaddress import ip_network

import pytest
from aiohttp.test_utils import make_mocked_request

from gateway.client_address import NOWHERE, client_address

PROXIES = (ip_network("10.0.0.0/8"), ip_network("2001:db8:ff::/48"))


def found(remote: str, claimed: str | None, *, trusted: bool = True) -> str:
    headers = {} if claimed is None else {"X-Forwarded-For": claimed}
    request = make_mocked_request("GET", "/", headers=headers)
    return client_address(request.clone(remote=remote), PROXIES if trusted else ())


@pytest.mark.promise("SEC-01")
@pytest.mark.parametrize(
    ("remote", "claimed", "address"),
    [
        ("192.0.2.1", None, "192.0.2.1"),
        ("192.0.2.1", "203.0.113.5", "192.0.2.1"),
        ("10.0.0.1", "203.0.113.5", "203.0.113.5"),
        ("10.0.0.1", "198.51.100.1, 203.0.113.5", "203.0.113.5"),
        ("10.0.0.1", "198.51.100.1, 203.0.113.5, 10.0.0.2", "203.0.113.5"),
        ("10.0.0.1", " 203.0.113.5 ,, ", "203.0.113.5"),
        ("10.0.0.1", "2001:db8::5", "2001:db8::5"),
        ("2001:db8:ff::1", "203.0.113.5", "203.0.113.5"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "<script>", NOWHERE),
        ("10.0.0.1", "203.0.113.5, unknown", NOWHERE),
    ],
)
def test_it_reads_the_chain_from_its_end(remote: str, claimed: str | None, address: str) -> None:
    assert found(remote, claimed) == address


def test_without_proxies_nothing_claimed_is_read() -> None:
    assert found("10.0.0.1", "203.0.113.5", trusted=False) == "10.0.0.1"
