"""chassis.keyring"""

import os

import pytest

from chassis.keyring import Keyring, SealBroken


@pytest.mark.promise("DAT-05")
def test_it_opens_only_what_it_sealed_for_the_same_place() -> None:
    ring = Keyring(os.urandom(32))
    wrapped = ring.new_wrapped_key("request:1")
    key = ring.unwrap(wrapped, "request:1")
    sealed = key.seal(b"Camille", "answers")
    assert key.open(sealed, "answers") == b"Camille"
    assert b"Camille" not in sealed
    for broken in (sealed[:-1], sealed[:-1] + b"\x00", b"", sealed[1:]):
        with pytest.raises((SealBroken, ValueError)):
            key.open(broken, "answers")
    with pytest.raises(SealBroken):
        key.open(sealed, "name")
    with pytest.raises(SealBroken):
        ring.unwrap(wrapped, "request:2")
    with pytest.raises(SealBroken):
        Keyring(os.urandom(32)).unwrap(wrapped, "request:1")
