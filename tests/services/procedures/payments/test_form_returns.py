"""In form mode what a browser brings back is a declaration at most, and a forgery is told."""

from typing import Any

import pytest
from structlog.testing import capture_logs
from yarl import URL

from deploy.simulators.dgfip.model import Decision
from deploy.simulators.dgfip.pages import return_address
from services.procedures.payments.model import Mode
from services.procedures.payments.starting import Redirection
from tests.services.procedures.payments.test_returns import FORGED, suspicions
from tests.services.procedures.payments.till import Till

pytestmark = pytest.mark.promise("PAY-02")


async def form_started(till: Till) -> tuple[Any, Redirection, dict[str, str], str]:
    """An attempt of form mode, the fields of its page, and its token."""
    await till.set_regie(mode=Mode.FORM)
    opened, access = await till.open()
    redirection = await till.start(opened, access)
    fields = dict(URL(redirection.url).query)
    return opened, redirection, fields, fields["urlcl"].rpartition("/")[2]


def back(till: Till, fields: dict[str, str], result: str, **echo: str) -> list[tuple[str, str]]:
    """What the page of form mode sends back."""
    operation = till.dgfip.register.create_from_form(fields)
    till.dgfip.register.decide(operation.idop, Decision(result, "never", echo))
    return list(return_address(operation).query.items())


@pytest.mark.promise("PAY-01", "PAY-03")
@pytest.mark.parametrize("result", ["P", "V"])
async def test_in_form_mode_a_payment_is_declared_not_credited(till: Till, result: str) -> None:
    opened, redirection, fields, token = await form_started(till)
    assert fields["montant"] == "4590"
    assert redirection.url.startswith(till.payments.starting._ordering.provider_url)
    shouted = [(name.upper(), text) for name, text in back(till, fields, result)]
    history = await till.payments.service.come_back(token, shouted)
    assert history.attempts[0].state == "declared"
    assert await till.credits(opened) == []
    assert await till.debt_state(opened) == "due"


@pytest.mark.parametrize("name", list(FORGED))
async def test_in_form_mode_a_forged_return_changes_nothing(till: Till, name: str) -> None:
    opened, redirection, fields, token = await form_started(till)
    pairs = list({**dict(back(till, fields, "P")), name: FORGED[name]}.items())
    with capture_logs() as logs:
        history = await till.payments.service.come_back(token, pairs)
    assert suspicions(logs) == ["differs"]
    assert history.attempts[0].state == "open"
    assert await till.credits(opened) == []
    assert await till.alerts(redirection.attempt.id) == ["forged"]


async def test_in_form_mode_the_token_serves_once(till: Till) -> None:
    _opened, _redirection, fields, token = await form_started(till)
    await till.payments.service.come_back(token, back(till, fields, "R"))
    history = await till.payments.service.come_back(token, back(till, fields, "P"))
    assert history.attempts[0].state == "refused"


async def test_in_form_mode_a_doubled_field_is_refused(till: Till) -> None:
    _opened, _redirection, fields, token = await form_started(till)
    pairs = back(till, fields, "P")
    with capture_logs() as logs:
        history = await till.payments.service.come_back(token, [*pairs, ("MONTANT", "4590")])
    assert suspicions(logs) == ["doubled"]
    assert history.attempts[0].state == "open"


async def test_in_form_mode_an_abandonment_settles_then_lets_try_again(till: Till) -> None:
    opened, redirection, fields, token = await form_started(till)
    await till.payments.service.come_back(token, back(till, fields, "A"))
    assert await till.state(redirection.attempt.id) == "open"
    till.advance(minutes=5)
    assert await till.payments.following.follow_due() == 1
    assert await till.state(redirection.attempt.id) == "abandoned"
    assert opened.debt.state == "due"
