"""A trial of stored histories finds what really happened, with what people did, and merged leads by their parts."""

from contextlib import suppress
from datetime import timedelta
from random import Random

import pytest

from baton.domain.accounts.account import Account, AccountMatch
from baton.domain.basics.refusals import Refused
from baton.domain.events.handoff_events import HandoffOffered
from baton.domain.events.lead_events import LeadHeldBack, LeadReleased
from baton.domain.events.recorded import Recorded
from baton.domain.lead_changes.consequences import AGREED
from baton.domain.lead_changes.merge_decisions import merge
from baton.domain.leads.person_facts import Company, Profile
from baton.domain.leads.stage_and_status import WITH_MARKETING
from baton.domain.qualification.triggers import TargetAccount
from baton.domain.trial.replay import replay
from baton.domain.trial.stored_commands import became_of, commands_of_history, under
from baton.domain.trust.speakers import Speaker
from tests.unit.domain.scenario import Scenario
from tests.unit.standing import PACKAGED
from tests.unit.trial.random_leads import BEGIN, agreements, arrivals_of
from tests.unit.trial.test_replay import Compiled, card_of, passed

AGREEMENTS = agreements()


def first_handover(history: list[Recorded]) -> tuple[int, str] | None:
    offers = [each for each in history if isinstance(each.event, HandoffOffered)]
    return (round(offers[0].at.timestamp() * 1000), offers[0].event.trigger) if offers else None


def lived(which: int, number: int) -> Scenario:
    """A lead that tools, time and staff have dealt with, as the deployed commands do."""
    chance, card = Random(number), card_of(AGREEMENTS[which])
    lead = Compiled(card.agreement, BEGIN, lead_id=f"lead{number:020d}", compiled=card)
    for at, message in arrivals_of(number):
        passed(lead, at)
        lead.now = max(at, lead.now)
        told = {**message.signal.model_dump(exclude_unset=True), "speaker": Speaker.TOOL}
        lead.sends(told.pop("kind"), **told)
        if lead.known.status in WITH_MARKETING and chance.random() < 0.2:
            staff_acts(lead, chance)
    passed(lead, lead.now + timedelta(days=40))
    return lead


def staff_acts(lead: Scenario, chance: Random) -> None:
    lead.now += timedelta(hours=1)
    if chance.random() < 0.4:
        lead.updates_facts(profile=Profile(title=chance.choice(["VP Operations", "Student"])), company=Company())
    elif lead.known.held:
        lead.happens([LeadReleased()])
    elif chance.random() < 0.6:
        lead.happens([LeadHeldBack(reason="a friend", due_at=lead.now + timedelta(days=chance.randint(1, 9)))])
    elif lead.known.status in WITH_MARKETING:
        with suppress(Refused):
            lead.reviewed(chance.choice(["bad_timing", "bad_fit", "not_ready"]))


@pytest.mark.parametrize("which", [0, 3, 9, 10])
def test_a_stored_history_crosses_when_and_why_it_really_did(which: int) -> None:
    found = set[bool]()
    for number in range(20):
        lead = lived(which, number)
        commands = commands_of_history(lead.lead_id, lead.history)
        crossing = replay(commands, lead.card, lead.now + timedelta(minutes=1)).crossing
        assert (crossing and (crossing.at, crossing.trigger)) == first_handover(lead.history), number
        found.add(crossing is not None)
    assert found == {True, False}


def test_a_merged_lead_is_tried_with_the_signals_of_both() -> None:
    one, other = (Scenario.shipped() for _ in range(2))
    one.lead_id, other.lead_id = "a" * 24, "b" * 24
    for lead, content in ((one, "guide"), (other, "price-list")):
        lead.sends("content_downloaded", content=content, reference=content, lead_id=lead.lead_id)
    assert first_handover([*one.history, *other.history]) is None
    one.now += timedelta(days=1)
    to_one, _ = merge(one.known, other.known, None)
    assert "HandoffOffered" not in one.happens(to_one)
    commands = commands_of_history(one.lead_id, one.history, {other.lead_id: other.history})
    found = replay(commands, one.card, one.now + timedelta(days=1))
    alone = replay(commands._replace(others={}), one.card, one.now + timedelta(days=1))
    assert found.highest > alone.highest
    assert set(found.rules) == {"whitepaper"}


def test_what_sales_entered_after_it_got_the_lead_is_not_known() -> None:
    lead = Scenario.shipped()
    lead.sends("content_downloaded", content="guide")
    lead.sends("content_downloaded", content="price-list")
    assert first_handover(lead.history)
    lead.accepts()
    lead.updates_facts(profile=Profile(title="VP Operations"))
    commands = commands_of_history(lead.lead_id, lead.history)
    assert "vice-president" not in replay(commands, lead.card, lead.now + timedelta(days=1)).rules


def test_a_handover_by_hand_is_no_crossing_of_the_rules() -> None:
    lead = Scenario.shipped()
    lead.sends("page_visited")
    by_hand = Scenario.shipped()
    by_hand.sends("demo_requested", asks_for_a_person=True)
    [offered] = [each.event for each in by_hand.history if isinstance(each.event, HandoffOffered)]
    lead.now += timedelta(hours=1)
    lead.happens([offered.model_copy(update={"trigger": "manual"})], by="maria@example.com")
    found = replay(commands_of_history(lead.lead_id, lead.history), lead.card, lead.now + timedelta(days=1))
    assert found.by_hand
    assert found.crossing is None


def test_a_target_account_counts_as_it_was_listed_at_the_time() -> None:
    lead = Scenario.shipped()
    lead.sends("page_visited", speaker=Speaker.TOOL)
    commands = commands_of_history(lead.lead_id, lead.history)
    target = TargetAccount(
        Account(domain="acme.example", version=1), AccountMatch(domain="acme.example", matched_by="domain")
    )
    listed_then = replay(commands, lead.card, lead.now + timedelta(days=9), lambda _lead, _at: target)
    assert listed_then.crossing
    assert listed_then.crossing.trigger == "target_account"
    later = lead.now + timedelta(hours=1)
    too_late = replay(commands, lead.card, later, lambda _lead, at: target if at >= later else None)
    assert too_late.crossing is None


def test_kinds_that_ask_for_a_person_are_those_of_the_draft() -> None:
    lead = Scenario.shipped()
    lead.sends("trial_started")
    draft = lead.card.kinds._replace(asking=frozenset({"trial_started"}))
    stored = commands_of_history(lead.lead_id, lead.history)
    assert under(stored, lambda _: lead.card.kinds, lead.card.kinds) is stored
    found = replay(under(stored, lambda _: lead.card.kinds, draft), lead.card, lead.now + timedelta(days=1))
    assert found.crossing
    assert found.crossing.trigger == "consultation"
    back = under(under(stored, lambda _: lead.card.kinds, draft), lambda _: draft, lead.card.kinds)
    assert [each.events for each in back.commands] == [each.events for each in stored.commands]
    draft_since = lead.now + timedelta(seconds=1)
    then = under(stored, lambda at: draft if at >= draft_since else lead.card.kinds, draft)
    assert not replay(then._replace(commands=[]), lead.card, draft_since).crossing
    assert then.commands[0].events[-1].event.asks_for_a_person


def test_what_became_of_a_lead_is_the_end_of_its_last_handoff() -> None:
    lead = Scenario.shipped()
    lead.sends("page_visited")
    assert became_of(lead.history).state == "unknown"
    lead.sends("demo_requested", asks_for_a_person=True)
    assert became_of(lead.history, forgotten=True)[:2] == ("open", None)
    lead.is_returned("bad_timing")
    assert became_of(lead.history)[:3] == ("returned", "bad_timing", lead.now)
    assert AGREED in {each.by for each in lead.history}
    assert PACKAGED.version == lead.version


def test_the_outcome_of_a_lead_drawn_by_lot_stands_for_all_like_it() -> None:
    lead = Scenario.shipped()
    lead.sends("demo_requested", asks_for_a_person=True)
    offered = next(each for each in lead.history if isinstance(each.event, HandoffOffered))
    drawn = offered.model_copy(update={"event": offered.event.model_copy(update={"probability": 0.05})})
    assert became_of([drawn]).share == 0.05
    assert became_of([drawn, offered]).share == 1
