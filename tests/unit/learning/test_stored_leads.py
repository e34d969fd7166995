"""Stored leads are known as the same leads of lists are; what sales made of them says what is won."""

from datetime import timedelta

import pytest

from baton.domain.events.handoff_events import HandoffOffered
from baton.domain.events.recorded import Recorded
from baton.domain.lead_changes.merge_decisions import merge
from baton.domain.leads.person_facts import Company, Profile
from baton.domain.trial.lead_commands import commands_of_messages
from baton.domain.trial.trial_rows import Became
from baton.intake.history.history_lists import Arrival, LeadHistory
from baton.intake.history.outcome_columns import Outcome, State
from baton.learning.known_leads import KnownLead, card_in_points, known_leads, won_by
from baton.learning.stored.stored_leads import stored_lead
from tests.unit.domain.scenario import Scenario
from tests.unit.standing import PACKAGED
from tests.unit.trial.random_leads import BEGIN, agreements, arrivals_of

AS_OF = BEGIN + timedelta(days=200)


@pytest.mark.parametrize("which", [0, 3])
def test_a_stored_lead_is_known_as_the_same_lead_of_a_list(which: int) -> None:
    card = card_in_points(agreements()[which])
    for number in range(25):
        arrivals = [Arrival(at, message) for at, message in arrivals_of(number)]
        lead_id = arrivals[0].message.lead_id
        [listed] = known_leads([LeadHistory(lead_id, arrivals)], card, AS_OF)
        commands = commands_of_messages(lead_id, arrivals, card.kinds).commands
        history = [event for command in commands for event in command.events]
        stored = stored_lead(lead_id, history, {}, card, AS_OF, lambda _: card.kinds)
        assert stored is not None
        assert _told(stored) == _told(listed), number


def test_signals_of_a_former_agreement_are_known_as_the_one_in_force_takes_their_kinds() -> None:
    card = card_in_points(agreements()[0])
    former = card.kinds._replace(from_person={"page_visited": False, "webinar_attended": False})
    changed = 0
    for number in range(10):
        arrivals = arrivals_of(number)
        lead_id, known = arrivals[0][1].lead_id, []
        for kinds in (card.kinds, former):
            recorded = commands_of_messages(lead_id, arrivals, kinds).commands
            history = [event for command in recorded for event in command.events]
            known.append(stored_lead(lead_id, history, {}, card, AS_OF, lambda _, kinds=kinds: kinds))
            changed += len(known) == 2 and known[0] != stored_lead(
                lead_id, history, {}, card, AS_OF, lambda _: card.kinds
            )
        assert known[0] == known[1]
    assert changed > 5


def _told(lead: KnownLead) -> tuple[object, ...]:
    facts = {name: lead.moment[name] for name in ("title", "industry", "country", "channel", "source")}
    return lead.captured_at, lead.units, lead.fixed, lead.did, lead.won, lead.weight, lead.waited, facts


def _known(lead: Scenario, others: dict[str, list[Recorded]] | None = None) -> KnownLead | None:
    card = card_in_points(PACKAGED.agreement)
    return stored_lead(
        lead.lead_id, lead.history, others or {}, card, lead.now + timedelta(days=1), lambda _: card.kinds
    )


def test_what_people_enter_once_sales_has_the_lead_is_not_known() -> None:
    lead = Scenario.shipped()
    lead.sends("page_visited", reference="1")
    lead.updates_facts(profile=Profile(title="Student"), company=Company())
    before = _known(lead)
    lead.now += timedelta(hours=1)
    lead.sends("consultation_requested", reference="2")
    lead.now += timedelta(hours=1)
    lead.updates_facts(profile=Profile(title="VP Operations"), company=Company())
    after = _known(lead)
    assert any(isinstance(each.event, HandoffOffered) for each in lead.history)
    assert before is not None
    assert after is not None
    assert after.moment["title"] == before.moment["title"] == "student"
    assert after.did["consultation_requested",] == 1


def test_a_merged_lead_has_the_signals_of_both_and_the_absorbed_one_says_nothing() -> None:
    one, other = (Scenario.shipped() for _ in range(2))
    one.lead_id, other.lead_id = "a" * 24, "b" * 24
    for lead, content in ((one, "guide"), (other, "price-list")):
        lead.sends("content_downloaded", content=content, reference=content, lead_id=lead.lead_id)
    one.now += timedelta(days=1)
    to_one, to_other = merge(one.known, other.known, None)
    one.happens(to_one)
    other.happens(to_other)
    known = _known(one, {other.lead_id: other.history})
    assert known is not None
    assert known.did["content_downloaded",] == 2
    assert _known(other) is None


@pytest.mark.parametrize(
    ("became", "won"),
    [
        (Became("won"), True),
        (Became("lost"), False),
        (Became("returned", "bad_fit"), False),
        (Became("returned", "bad_timing"), None),
        (Became("open"), None),
        (Became(), None),
    ],
)
def test_an_outcome_speaks_for_or_against_the_rules_as_the_agreement_says(became: Became, won: bool | None) -> None:
    assert won_by(became.state, became.reason, PACKAGED.agreement) is won


@pytest.mark.parametrize(("reason", "won"), [("bad_fit", False), ("bad_timing", None), (None, None)])
def test_a_return_in_a_list_speaks_against_the_rules_as_one_in_the_account_does(
    reason: str | None, won: bool | None
) -> None:
    arrivals = [Arrival(at, message) for at, message in arrivals_of(0)]
    returned = Outcome(State.RETURNED, arrivals[-1].at + timedelta(days=1), return_reason=reason, share=0.5)
    history = LeadHistory(arrivals[0].message.lead_id, arrivals, returned)
    [listed] = known_leads([history], card_in_points(PACKAGED.agreement), AS_OF)
    assert (listed.won, listed.weight) == (won, 1.0 if won is None else 2.0)
