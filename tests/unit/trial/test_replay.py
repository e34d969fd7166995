"""A trial's replay finds what the product's own commands do, whatever the history and the agreement."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from baton.agreement.terms.agreement import Agreement, AgreementInForce
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.signals.signal_recording import record_signal
from baton.domain.timers.deadlines import next_deadline
from baton.domain.trial.crossings import Replayed
from baton.domain.trial.lead_commands import commands_of_messages
from baton.domain.trial.replay import replay
from tests.unit.domain.scenario import Scenario
from tests.unit.trial.random_leads import Arrivals, agreements, arrivals_of

AGREEMENTS = agreements()
LEADS = 240
AFTERWARDS = timedelta(days=60)
BY_TIME_ALONE = [len(AGREEMENTS) - 2, len(AGREEMENTS) - 1]
"""The agreements under which leads cross at moments at which nothing arrives."""

Found = tuple[datetime, str] | None


@dataclass
class Compiled(Scenario):
    """A scenario whose agreement is compiled once."""

    compiled: Scorecard | None = None

    @property
    def card(self) -> Scorecard:
        assert self.compiled is not None
        return self.compiled


def card_of(agreement: Agreement) -> Scorecard:
    return Scorecard(AgreementInForce(version=1, in_force_since="2026-01-01T00:00:00.000Z", agreement=agreement))


def by_the_product(card: Scorecard, arrivals: Arrivals, until: datetime) -> Found:
    """When and by which trigger the lead is first handed over by the commands that are deployed, timers included."""
    lead = Compiled(card.agreement, arrivals[0][0], lead_id=arrivals[0][1].lead_id, compiled=card)
    for at, message in arrivals:
        if found := passed(lead, at):
            return found
        lead.now = at
        told = {"lead_id": message.lead_id, "message_id": message.message_id, "speaker": message.speaker}
        happened = lead.happens(record_signal(lead.lead, message.signal.model_copy(update=told), 1, at, card.kinds))
        if "HandoffOffered" in happened:
            return at, lead.known.handoff.trigger
    return passed(lead, until)


def passed(lead: Scenario, until: datetime) -> Found:
    """Lets time pass: fires each timer when it is due."""
    while lead.lead and (due := next_deadline(lead.lead)) and due < until:
        lead.now = max(due, lead.now)
        if "HandoffOffered" in lead.waits():
            return lead.now, lead.known.handoff.trigger
    return None


def by_the_trial(card: Scorecard, arrivals: Arrivals, until: datetime) -> Replayed:
    return replay(commands_of_messages(arrivals[0][1].lead_id, arrivals, card.kinds), card, until)


@pytest.mark.parametrize("which", range(len(AGREEMENTS)))
def test_a_trial_hands_over_when_and_why_the_product_does(which: int) -> None:
    card, crossed = card_of(AGREEMENTS[which]), set[bool]()
    for number in range(which, LEADS, len(AGREEMENTS)):
        arrivals = arrivals_of(number)
        until = arrivals[-1][0] + AFTERWARDS
        crossing = by_the_trial(card, arrivals, until).crossing
        said = by_the_product(card, arrivals, until)
        expected = said and (round(said[0].timestamp() * 1000), said[1])
        assert (crossing and (crossing.at, crossing.trigger)) == expected, number
        crossed.add(crossing is not None)
    assert crossed == {True, False}


@pytest.mark.parametrize("which", BY_TIME_ALONE)
def test_a_trial_hands_leads_over_by_time_alone(which: int) -> None:
    card, at_no_arrival = card_of(AGREEMENTS[which]), 0
    for number in range(60):
        arrivals = arrivals_of(number)
        crossing = by_the_trial(card, arrivals, arrivals[-1][0] + AFTERWARDS).crossing
        at_no_arrival += bool(crossing and crossing.at not in {round(at.timestamp() * 1000) for at, _ in arrivals})
    assert at_no_arrival
