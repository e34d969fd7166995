"""However much is due at one moment, nobody gets more mails than an address may, and all that was due is told."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from tests.integration.calls import Call, Carry
from tests.integration.test_agreement import FASTER, drafted, sign
from tests.integration.world import KIM, MO, SAM, World

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
DRAFTED = (0, 4)
"""The leads after which a draft is signed."""
AN_ADDRESS_MAY_GET = 5
"""Mails a second; SNS suspends an address at more than ten."""


@pytest.fixture
def paused(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """A world in which mailboxes pause for a minute after each mail, as the template has it."""
    monkeypatch.setitem(world.stack.physical, "MailPauseSeconds", "60")
    world.cold()
    return world


@contextmanager
def postmarks(world: World) -> Iterator[dict[str, list[datetime]]]:
    """When each address was sent a mail."""
    sent: dict[str, list[datetime]] = defaultdict(list)

    def stamp(call: Call, carry: Carry) -> Any:
        if call.operation == "Publish":
            to = call.parameters.get("MessageAttributes", {}).get("to", {}).get("StringValue", '["operations"]')
            for address in json.loads(to):
                sent[address].append(world.now)
        return carry()

    with world.calls.by(stamp):
        yield sent


@pytest.mark.parametrize("leads", [30, pytest.param(300, marks=pytest.mark.slow)])
def test_deadlines_of_one_second_are_mailed_at_a_pace_that_an_address_bears(paused: World, leads: int) -> None:
    for email in (SAM, KIM):
        assert paused.invite(email, capacity=leads).status == 200
    for number in range(leads):
        assert paused.send_form(email=f"lead{number}@example{number}.org").status == 202
    paused.settle()
    with postmarks(paused) as sent:
        paused.now += 30 * MINUTE
        due = list(paused._timers)
        paused._timers.clear()
        for _, _, function, timer in due:  # all within one second, whichever moment each of them had
            paused.fire(timer, function)
        paused._timers.clear()
        paused.wait(MINUTE * (2 + leads // 50))
    assert paused.lost == []
    per_second = Counter((address, f"{at:%H:%M:%S}") for address, moments in sent.items() for at in moments)
    assert max(per_second.values()) <= AN_ADDRESS_MAY_GET
    assert all(after - before >= MINUTE for moments in sent.values() for before, after in pairwise(moments))
    told = "".join(mail.text for mail in paused.mails if MO in mail.to)
    handoffs = {lead.handoff.handoff_id: lead.handoff.owner for lead in paused.stack.leads() if lead.handoff}
    assert len(handoffs) == leads
    assert all(told.count(f"handoff {each}\n") == 1 for each in handoffs)
    for owner in (SAM, KIM):
        heard = "".join(mail.text for mail in paused.mails if owner in mail.to)
        assert all((f"handoff {each}" in heard) == (has == owner) for each, has in handoffs.items())
    assert not paused.stack.items("POSTPONED#")


def test_leads_and_drafts_of_a_few_minutes_cost_each_reader_one_mail_a_minute_and_the_first_is_not_late(
    paused: World,
) -> None:
    """Eleven leads within two minutes, of whom nobody accepts any, while marketing signs two drafts."""
    begun = paused.now
    with postmarks(paused) as sent:
        for number in range(11):
            assert paused.send_form(email=f"lead{number}@example{number}.org").status == 202
            paused.settle()
            if number in DRAFTED:
                sign(paused, drafted(paused, f"# {number}\n{FASTER}"), "marketing")
                paused.settle()
            paused.wait(11 * SECOND)
        paused.wait(HOUR)
    assert paused.lost == []
    assert all(after - before >= MINUTE for moments in sent.values() for before, after in pairwise(moments))
    assert {sent[SAM][0], sent[KIM][0]} == {begun, begun + 11 * SECOND}, "alerts leave at once"
    assert sent[MO][0] == begun, "so does the first mail about a draft"
    told = "".join(mail.text for mail in paused.mails if MO in mail.to)
    handoffs = [lead.handoff.handoff_id for lead in paused.stack.leads() if lead.handoff]
    assert all(f"handoff {each}" in told for each in handoffs)
    assert told.count("has signed a draft of the agreement for marketing.") == len(DRAFTED)
    notices = told.count("Agreement version 1, handoff") + len(DRAFTED)
    assert (len(sent[MO]), notices) == (5, 13), "what comes within a minute is one mail"
