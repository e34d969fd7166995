"""The audit share: a few leads below the threshold, drawn by lot, at nobody's cost."""

from datetime import timedelta
from random import Random
from typing import Any

from baton.agreement.reading.agreement_reader import packaged_text
from baton.domain.accounts.account import Account, AccountMatch
from baton.domain.events.handoff_events import HandoffOffered
from baton.domain.leads.stage_and_status import Status
from baton.domain.qualification.audit import MAY_WAIT, is_drawn
from baton.domain.qualification.triggers import TargetAccount
from tests.unit.domain.scenario import Scenario
from tests.unit.given import KIM, NOW, SAM, agreement_in, rep, team

DRAWN = """
audit: {share: 5%, after: 7d}
handoffs:
  audit:
    team: sales
    next_step: Call, and say whether they could become a customer.
    nobody_available: 1h
    clocks:
      first_contact: {within: 5d, stops_when: contacted, ladder: [{at: 100%, do: escalate}]}
"""
AGREED = agreement_in(packaged_text().replace("\nhandoffs:", DRAWN, 1))
WITHOUT = agreement_in(packaged_text())
IDS = [f"lead{number:020d}" for number in range(400)]
LUCKY = [each for each in IDS if is_drawn(each, 5, 1)]
UNLUCKY = [each for each in IDS if not is_drawn(each, 5, 1)]
READS: dict[str, Any] = {"kind": "content_downloaded", "content": "guide"}


def someone(lead_id: str = LUCKY[0], *reps: Any, **known: Any) -> Scenario:
    """A lead of which Baton knows a download."""
    scenario = Scenario(known.pop("agreement", AGREED), lead_id=lead_id, **known)
    scenario.roster = team(*(reps or (rep(SAM),)))
    scenario.sends(**READS)
    return scenario


def offers(scenario: Scenario) -> list[HandoffOffered]:
    return [each.event for each in scenario.history if isinstance(each.event, HandoffOffered)]


def test_a_drawn_lead_goes_to_sales_a_week_after_it_became_known_and_says_so() -> None:
    drawn = someone()
    assert drawn.known.look_at == NOW + timedelta(days=7)
    assert drawn.waits(days=6) == []
    drawn.waits(days=1)
    (offer,) = offers(drawn)
    assert offer.trigger == "audit"
    assert offer.probability == 0.05
    assert offer.reasons[0].startswith("drawn by lot, with 5 % of the leads below the threshold")
    assert drawn.known.handoff is not None
    assert drawn.known.handoff.probability == 0.05
    assert [clock.name for clock in offer.clocks] == ["first_contact"]


def test_whoever_is_not_drawn_stays_with_marketing_and_costs_no_look() -> None:
    for lead_id in UNLUCKY[:50]:
        scenario = someone(lead_id)
        assert scenario.known.look_at is None
        scenario.waits(days=8)
        assert scenario.known.status is Status.NURTURING


def test_the_share_that_is_drawn_is_the_agreed_one_whatever_the_seed() -> None:
    random = Random(7)
    leads = [f"{random.getrandbits(120):030x}" for _ in range(4000)]
    for share in (1, 5, 20, 50):
        for seed in (1, 2, 77):
            drawn = sum(is_drawn(each, share, seed) for each in leads)
            spread = (len(leads) * share / 100 * (1 - share / 100)) ** 0.5
            assert abs(drawn - len(leads) * share / 100) < 4 * spread, (share, seed)


def test_who_is_drawn_at_a_share_is_drawn_at_any_greater_one_and_another_seed_draws_others() -> None:
    for lead_id in IDS:
        lots = [is_drawn(lead_id, share, 1) for share in range(1, 51)]
        assert lots == sorted(lots)
    assert [each for each in IDS if is_drawn(each, 5, 2)] != LUCKY


def test_a_drawn_lead_that_crosses_before_keeps_its_own_trigger() -> None:
    drawn = someone()
    drawn.sends("consultation_requested", asks_for_a_person=True)
    drawn.waits(days=8)
    assert [each.trigger for each in offers(drawn)] == ["consultation"]
    assert offers(drawn)[0].probability is None


def test_a_lead_that_wants_no_mail_is_not_drawn() -> None:
    drawn = someone()
    drawn.sends("unsubscribed")
    drawn.waits(days=8)
    assert offers(drawn) == []


def test_a_lead_that_sales_had_before_is_not_drawn() -> None:
    drawn = someone()
    drawn.sends("consultation_requested", asks_for_a_person=True)
    drawn.accepts()
    drawn.is_returned("not_qualified")
    for _ in range(10):
        drawn.waits(days=1)
    assert [each.trigger for each in offers(drawn)] == ["consultation"]


def test_a_lead_in_review_or_put_aside_is_not_drawn() -> None:
    drawn = someone()
    drawn.updates_facts()
    drawn.sends("webinar_attended")
    assert drawn.known.status is Status.IN_REVIEW
    drawn.reviewed("bad_timing", until="2027-03-01")
    drawn.waits(days=8)
    assert offers(drawn) == []


def test_nobody_who_was_old_enough_when_it_was_agreed_is_drawn() -> None:
    """Else a first day under the agreement would bring sales a crowd."""
    drawn = Scenario(WITHOUT, lead_id=LUCKY[0], now=NOW - timedelta(days=60))
    drawn.sends(**READS)
    drawn.now = NOW
    drawn.agreement = AGREED
    drawn.is_looked_at_again()
    assert drawn.known.look_at is None
    assert offers(drawn) == []


def test_leads_that_are_drawn_take_at_most_half_of_what_a_rep_may_hold() -> None:
    busy = someone(LUCKY[0], rep(SAM, open_handoffs=13, capacity=25))
    busy.waits(days=7)
    assert offers(busy) == []
    assert busy.known.status is Status.NURTURING
    assert busy.known.look_at == busy.now + timedelta(hours=1)
    busy.roster = team(rep(SAM, open_handoffs=13), rep(KIM, open_handoffs=12))
    busy.waits(hours=1)
    assert [each.owner for each in offers(busy)] == [KIM]


def test_a_drawn_lead_waits_in_no_line_and_tells_no_manager() -> None:
    busy = someone(LUCKY[0], rep(SAM, open_handoffs=25))
    told = busy.waits(days=7)
    assert "HandoffEscalated" not in told
    hours = 0
    while busy.known.look_at:
        busy.waits(hours=1)
        hours += 1
        assert hours <= MAY_WAIT // timedelta(hours=1) + 1
    busy.roster, busy.now = team(rep(SAM)), busy.now + timedelta(hours=2)
    busy.is_looked_at_again()
    assert offers(busy) == []


def test_a_stranger_brings_no_more_people_of_a_target_account_to_its_owner() -> None:
    drawn = Scenario(AGREED, lead_id=LUCKY[0])
    match = AccountMatch(domain="acme.example", matched_by="domain")
    drawn.target = TargetAccount(Account(domain="acme.example", owner=SAM), match)
    drawn.roster = team(rep(SAM))
    drawn.sends("page_visited", form="consultation", came_to_us=False)
    drawn.waits(days=8)
    assert all(each.trigger != "audit" for each in offers(drawn))
