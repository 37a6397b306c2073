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


@pytest.mark.promise("DAT-05")
def test_a_former_master_key_opens_until_everything_is_wrapped_anew() -> None:
    former, present = os.urandom(32), os.urandom(32)
    wrapped = Keyring(former).new_wrapped_key("account:1")
    sealed = Keyring(former).unwrap(wrapped, "account:1").seal(b"Camille", "profile")
    both = Keyring(present, former)
    assert both.unwrap(wrapped, "account:1").open(sealed, "profile") == b"Camille"
    renewed = both.rewrap(wrapped, "account:1")
    assert renewed is not None
    assert both.rewrap(renewed, "account:1") is None
    assert Keyring(present).unwrap(renewed, "account:1").open(sealed, "profile") == b"Camille"
    with pytest.raises(SealBroken):
        Keyring(present).unwrap(wrapped, "account:1")
    with pytest.raises(SealBroken):
        Keyring(os.urandom(32)).rewrap(wrapped, "account:1")
