"""The states of an account: the whole table, and nothing beside it."""

from itertools import product

import pytest

from services.identity.accounts.model import TRANSITIONS, Change, ChangeRefused, State, next_state

FROM = {
    Change.CONFIRM: ({State.PENDING}, State.ACTIVE),
    Change.FREEZE: ({State.ACTIVE}, State.FROZEN),
    Change.RECOVER: ({State.FROZEN}, State.ACTIVE),
    Change.SUSPEND: ({State.ACTIVE, State.FROZEN}, State.SUSPENDED),
    Change.TERMINATE: ({State.ACTIVE, State.FROZEN, State.SUSPENDED}, State.TERMINATED),
    Change.REINSTATE: ({State.FROZEN, State.SUSPENDED, State.TERMINATED}, State.ACTIVE),
    Change.ERASE: (set(State) - {State.ERASED}, State.ERASED),
}


@pytest.mark.promise("ACC-07", "ACC-08", "DAT-03")
@pytest.mark.parametrize(("state", "change"), list(product(State, Change)))
def test_each_state_allows_the_changes_of_the_table(state: State, change: Change) -> None:
    origins, target = FROM[change]
    if state in origins:
        assert next_state(state, change) == target
        return
    with pytest.raises(ChangeRefused):
        next_state(state, change)


def test_nothing_leaves_an_erased_account() -> None:
    assert all(origin != State.ERASED for origin, _ in TRANSITIONS)
