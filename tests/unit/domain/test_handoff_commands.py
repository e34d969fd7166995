"""Commands of sales on a handoff: accept, log a contact, reassign, return, close and rate."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from baton.agreement.terms.return_reasons import Destination
from baton.domain.basics.facts import Staff
from baton.domain.basics.refusals import HandoffRefused, NotOnRoster, WrongField
from baton.domain.events.recorded import Event
from baton.domain.events.review_events import AnswerRequested
from baton.domain.handoffs import acceptance, closing, handoff_owner, offering, reassignment, returns
from baton.domain.history.handoff_fold import TIME_TO_NOTICE
from baton.domain.leads.handoff import HandoffState
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import Stage, Status
from baton.domain.teams.reps import Role, Subscription
from baton.domain.teams.roster import Roster
from baton.domain.timers.deadlines import timer_look_at
from tests.unit.given import (
    ADMIN,
    AGREEMENT,
    HANDOFF_ID,
    IN_FORCE,
    KIM,
    LEE,
    NOW,
    SAM,
    after_events,
    consultation,
    download,
    due_for,
    offered,
    received,
    rep,
    team,
)

BY_SAM, BY_KIM = Staff(email=SAM), Staff(email=KIM)
BOTH, ONLY_KIM = team(rep(SAM), rep(KIM)), team(rep(KIM))
SOON = NOW + timedelta(minutes=1)

Command = Callable[[Lead], list[Event]]


def accept(lead: Lead, by: Staff = BY_SAM) -> list[Event]:
    return acceptance.accept(lead, HANDOFF_ID, by, NOW)


def contact(lead: Lead, by: Staff = BY_SAM, channel: str = "phone", now=SOON) -> list[Event]:
    return acceptance.log_contact(lead, HANDOFF_ID, channel, None, by, now)


def reassign(lead: Lead, owner: str | None = KIM, roster=BOTH, by: Staff = BY_SAM, now=SOON) -> list[Event]:
    passed = reassignment.ReassignRequest(owner=owner, reason="better placed")
    return reassignment.reassign(lead, HANDOFF_ID, passed, by, roster, now)


def return_lead(lead: Lead, reason: str = "bad_timing", by: Staff = BY_SAM, roster=BOTH) -> list[Event]:
    return returns.return_lead(lead, HANDOFF_ID, returns.ReturnRequest(reason=reason), by, IN_FORCE, roster, SOON)


def names(happened: list[Event]) -> list[str]:
    return [event.type for event in happened]


# --- offering ---


def test_a_consultation_request_is_offered_to_the_next_rep_with_all_clocks_running() -> None:
    lead = offered(rep(SAM))
    assert (lead.status, lead.handoff.owner, lead.handoff.state) == (Status.WITH_SALES, SAM, HandoffState.OFFERED)
    assert {clock.name: clock.due_at - NOW for clock in lead.handoff.clocks} == {
        "accept": timedelta(minutes=30),
        "first_contact": timedelta(hours=4),
    }
    assert timer_look_at(lead, lead.timer) == NOW + timedelta(minutes=15)


def test_a_request_without_an_available_rep_waits_with_sales_and_is_escalated() -> None:
    lead = received(consultation())
    offer, escalated = offering.offer(lead, due_for(lead), 1, team(rep(SAM, capacity=1, open_handoffs=1)), NOW)
    assert offer.owner is None
    assert offer.routing.skipped[0].why == "has 1 of at most 1 open leads"
    assert (offer.moves_line, escalated.again_at) == (True, None), "it waits for its turn in the line"


def test_the_second_handoff_of_a_lead_has_an_id_of_its_own() -> None:
    lead = after_events(offered(rep(SAM)), return_lead(offered(rep(SAM)), "not_qualified"))
    lead = received(consultation(), lead)
    [offer] = offering.offer(lead, due_for(lead), 1, team(rep(SAM)), NOW)
    assert offer.handoff_id.endswith("-002")


# --- accepting and contacting ---


def test_an_acceptance_stops_only_the_accept_clock() -> None:
    lead = after_events(offered(rep(SAM)), accept(offered(rep(SAM))), SOON)
    assert {clock.name: clock.stopped_at for clock in lead.handoff.clocks} == {"accept": SOON, "first_contact": None}


def test_a_logged_contact_counts_as_acceptance() -> None:
    lead = after_events(offered(rep(SAM)), contact(offered(rep(SAM))), SOON)
    assert lead.handoff.state is HandoffState.CONTACTED
    assert [clock.name for clock in lead.handoff.clocks if clock.stopped_at != SOON] == ["next_action"]
    assert timer_look_at(lead, lead.timer) == SOON + timedelta(days=7)


@pytest.mark.parametrize(
    ("later", "counts"),
    [
        pytest.param(timedelta(0), False, id="at the same moment"),
        pytest.param(timedelta(minutes=9, seconds=59), False, id="within ten minutes"),
        pytest.param(timedelta(minutes=10), True, id="after ten minutes"),
    ],
)
def test_a_repeated_contact_counts_only_after_ten_minutes(later: timedelta, counts: bool) -> None:
    lead = after_events(offered(rep(SAM)), contact(offered(rep(SAM))), SOON)
    assert names(contact(lead, now=SOON + later)) == (["ContactLogged"] if counts else [])


def test_a_contact_by_another_channel_is_a_new_contact() -> None:
    lead = after_events(offered(rep(SAM)), contact(offered(rep(SAM))), SOON)
    assert names(contact(lead, channel="e-mail")) == ["ContactLogged"]


def test_a_contact_by_a_new_owner_counts_at_once_after_a_contact_by_the_former_owner() -> None:
    lead = offered(rep(SAM))
    for command in (contact, reassign):
        lead = after_events(lead, command(lead), SOON)
    assert names(contact(lead, BY_KIM)) == ["HandoffAccepted", "ContactLogged"]


# --- reassigning ---


def test_a_new_owner_gets_new_clocks_and_a_new_timer() -> None:
    lead = after_events(offered(rep(SAM)), accept(offered(rep(SAM))))
    passed_on = after_events(lead, reassign(lead), SOON)
    assert (passed_on.handoff.owner, passed_on.handoff.state) == (KIM, HandoffState.OFFERED)
    assert passed_on.handoff.assignment == 2
    assert all(clock.started_at == SOON and clock.stopped_at is None for clock in passed_on.handoff.clocks)
    assert passed_on.timer != lead.timer


def test_a_reassignment_to_the_next_rep_leaves_out_former_owners() -> None:
    lead = offered(rep(SAM))
    passed_on = after_events(lead, reassign(lead, None), SOON)
    assert passed_on.handoff.owner == KIM
    with pytest.raises(NotOnRoster, match="everybody who could take it has had it already"):
        reassign(passed_on, None, by=BY_KIM)


def test_a_repeated_reassignment_passes_a_lead_on_once() -> None:
    trio = team(*BOTH, rep(LEE))
    lead = offered(rep(SAM))
    passed_on = after_events(lead, reassign(lead, None, trio), SOON, by=SAM)
    assert reassign(passed_on, None, trio) == []
    assert names(reassign(passed_on, None, trio, now=SOON + handoff_owner.REPEAT_WINDOW)) == ["HandoffReassigned"]
    assert names(reassign(passed_on, None, trio, by=BY_KIM)) == ["HandoffReassigned"]


@pytest.mark.parametrize(
    ("somebody", "why"),
    [
        pytest.param(rep(LEE, role=Role.MANAGER), "is a manager", id="a manager"),
        pytest.param(rep(LEE, subscription=Subscription.PENDING), "has not confirmed", id="an unconfirmed address"),
        pytest.param(rep(LEE, subscription=Subscription.UNPROTECTED), "confirm anew", id="an unprotected address"),
        pytest.param(rep(LEE, subscription=Subscription.REMOVED), "was removed", id="somebody who left"),
        pytest.param(rep(KIM), "is not on the roster", id="a stranger"),
    ],
)
def test_a_reassignment_to_an_unavailable_or_unknown_rep_is_refused(somebody, why: str) -> None:
    with pytest.raises(NotOnRoster, match=why):
        reassign(offered(rep(SAM)), LEE, team(somebody))


# --- giving back ---


@pytest.mark.parametrize(
    ("reason", "status", "review_after"),
    [
        ("bad_timing", Status.PARKED, timedelta(days=90)),
        ("bad_fit", Status.DISQUALIFIED, None),
        ("not_qualified", Status.NURTURING, None),
        ("unreachable", Status.NURTURING, None),
    ],
)
def test_a_returned_lead_gets_the_status_agreed_for_its_reason(reason: str, status: Status, review_after) -> None:
    lead = offered(rep(SAM))
    lead = after_events(lead, return_lead(lead, reason), SOON)
    assert (lead.status, lead.handoff.state) == (status, HandoffState.RETURNED)
    assert lead.review_on == (SOON + review_after if review_after else None)
    assert (lead.duty.kind, lead.duty.reason, lead.duty.clock.due_at) == ("return", reason, SOON + timedelta(days=2))
    assert timer_look_at(lead, lead.timer) == SOON + timedelta(days=1), "marketing is to answer it"


def test_a_return_stops_the_clocks_of_a_handoff() -> None:
    lead = after_events(offered(rep(SAM)), return_lead(offered(rep(SAM))), SOON)
    assert [clock.stopped_at for clock in lead.handoff.clocks] == [SOON, SOON]


def test_the_shipped_agreement_uses_every_destination_of_a_return() -> None:
    assert {agreed.then for agreed in AGREEMENT.return_reasons.values()} == set(Destination)


def test_the_answer_to_a_return_is_due_by_the_agreement_in_force_at_the_return() -> None:
    lead, anew = offered(rep(SAM)), IN_FORCE.model_copy(update={"version": 2})
    back = returns.ReturnRequest(reason="not_qualified")
    given = returns.return_lead(lead, HANDOFF_ID, back, BY_SAM, anew, BOTH, SOON)
    assert [each.agreement_version for each in given if isinstance(each, AnswerRequested)] == [2]


def test_a_lead_returned_as_wrong_person_goes_to_the_next_rep() -> None:
    lead = offered(rep(SAM))
    lead = after_events(lead, return_lead(lead, "wrong_person"), SOON)
    assert (lead.status, lead.handoff.owner) == (Status.WITH_SALES, KIM)
    with pytest.raises(HandoffRefused, match=f"belongs to {KIM}"):
        return_lead(lead, "bad_fit")


@pytest.mark.parametrize("by", [BY_SAM, ADMIN])
@pytest.mark.parametrize("roster", [team(rep(SAM), rep(KIM), rep(LEE)), team(rep(SAM))], ids=["next", "nobody"])
def test_a_repeated_return_as_wrong_person_passes_the_lead_on_once(by: Staff, roster: Roster) -> None:
    lead = after_events(
        offered(rep(SAM)), return_lead(offered(rep(SAM)), "wrong_person", by, roster), SOON, by=by.email
    )
    assert return_lead(lead, "wrong_person", by, roster) == []
    with pytest.raises(HandoffRefused):
        back = returns.ReturnRequest(reason="wrong_person")
        returns.return_lead(lead, HANDOFF_ID, back, BY_SAM, IN_FORCE, roster, SOON + handoff_owner.REPEAT_WINDOW)


@pytest.mark.parametrize("reason", ["wrong_person", "bad_fit"])
def test_a_review_date_is_refused_for_a_reason_that_does_not_park_the_lead(reason: str) -> None:
    back = returns.ReturnRequest(reason=reason, review_on=NOW + timedelta(days=60))
    with pytest.raises(WrongField, match="only for a reason for which a lead is parked"):
        returns.return_lead(offered(rep(SAM)), HANDOFF_ID, back, BY_SAM, IN_FORCE, BOTH, SOON)


def test_an_owner_who_got_the_lead_again_may_return_the_lead_again() -> None:
    lead = after_events(
        offered(rep(SAM)), return_lead(offered(rep(SAM)), "wrong_person", roster=team(rep(SAM))), SOON, by=SAM
    )
    lead = after_events(lead, reassign(lead, SAM, by=ADMIN), SOON, by=ADMIN.email)
    assert names(return_lead(lead, "wrong_person")) == ["HandoffReassigned"]


def test_a_lead_returned_as_wrong_person_waits_and_is_escalated_without_another_rep() -> None:
    lead = offered(rep(SAM))
    waiting = after_events(lead, return_lead(lead, "wrong_person", roster=team(rep(SAM))), SOON)
    assert (waiting.handoff.owner, waiting.handoff.state) == (None, HandoffState.OFFERED)
    assert timer_look_at(waiting, waiting.timer) == SOON + timedelta(minutes=30), (
        "the manager is told again when it is due"
    )


def test_a_handoff_without_an_owner_cannot_be_accepted() -> None:
    with pytest.raises(HandoffRefused, match="belongs to nobody yet; reassign it to somebody first"):
        accept(offered(), by=ADMIN)


def test_an_unknown_return_reason_is_refused_with_the_agreed_reasons() -> None:
    with pytest.raises(HandoffRefused, match="one of those agreed: bad_timing, bad_fit, not_qualified"):
        return_lead(offered(rep(SAM)), "bored")


def test_a_request_that_sales_knew_does_not_hand_a_returned_lead_over_again() -> None:
    lead = received(consultation(), offered(rep(SAM)))
    later = NOW + TIME_TO_NOTICE
    lead = after_events(lead, return_lead(lead, "bad_fit"), later)
    assert due_for(lead) is None


def test_a_request_just_before_the_return_hands_the_lead_over_again() -> None:
    lead = received(consultation(), offered(rep(SAM)))
    lead = after_events(lead, return_lead(lead, "bad_fit"), SOON)
    assert due_for(lead).trigger == "consultation"


def asks_again(lead: Lead) -> Lead:
    lead = received(consultation(message="Are you still there?"), lead, now=SOON)
    return after_events(lead, reassignment.reopen(lead.handoff, BOTH, lambda: BOTH, SOON), SOON)


def test_a_lead_that_asks_again_after_a_contact_is_offered_to_its_owner_again() -> None:
    lead = offered(rep(SAM))
    lead = after_events(lead, contact(lead), SOON)
    again = asks_again(lead)
    assert (again.handoff.owner, again.handoff.state, again.handoff.assignment) == (SAM, HandoffState.OFFERED, 2)
    assert timer_look_at(again, again.timer), "with clocks and a timer"


# --- winning and losing ---


@pytest.mark.parametrize(("outcome", "stage"), [("won", Stage.CUSTOMER), ("lost", Stage.LEAD)])
def test_a_repeated_close_of_a_won_or_lost_lead_changes_nothing_and_an_accept_is_refused(
    outcome: str, stage: Stage
) -> None:
    lead = offered(rep(SAM))
    closed = after_events(lead, closing.close(lead, HANDOFF_ID, outcome, "price", "12000 EUR", BY_SAM), SOON)
    assert (closed.status, closed.stage, closed.timer) == (outcome, stage, None)
    assert closing.close(closed, HANDOFF_ID, outcome, "price", "12000 EUR", BY_SAM) == []
    with pytest.raises(HandoffRefused, match="it is closed"):
        accept(closed)


def test_a_second_close_with_another_amount_is_refused() -> None:
    lead = offered(rep(SAM))
    closed = after_events(lead, closing.close(lead, HANDOFF_ID, "won", None, "12000", BY_SAM), SOON)
    with pytest.raises(HandoffRefused, match="it is closed"):
        closing.close(closed, HANDOFF_ID, "won", None, "13000", BY_SAM)


@pytest.mark.parametrize(
    ("amount", "worth", "currency"),
    [
        ("48000", 48_000, None),
        ("48,000.50", 48_000.5, None),
        ("48.000,50", 48_000.5, None),
        ("EUR 48 000", 48_000, "EUR"),
        ("48 000 kr", 48_000, "kr"),
        ("48k", 48_000, None),
        ("$48k", 48_000, "$"),
        ("0", 0, None),
        (None, None, None),
    ],
)
def test_an_amount_is_kept_as_written_beside_its_number_and_currency(
    amount: str | None, worth: float | None, currency: str | None
) -> None:
    lead = offered(rep(SAM))
    closed = after_events(lead, closing.close(lead, HANDOFF_ID, "won", None, amount, BY_SAM), SOON).handoff
    assert (closed.amount, closed.worth, closed.currency) == (amount, worth, currency)


@pytest.mark.parametrize(
    "amount",
    ["a lot", "-500", "€-500", "12000 or 13000", "x", "10k-20k", "up to 48k", "50k+", "20 m²", "12 months", "0.5.1"],
)
def test_an_amount_that_is_no_single_number_from_zero_up_is_refused(amount: str) -> None:
    with pytest.raises(WrongField, match="must read as a number"):
        closing.close(offered(rep(SAM)), HANDOFF_ID, "won", None, amount, BY_SAM)


# --- rating ---


def rate(lead: Lead, stars: int = 4, note: str | None = "knows what they want", by: Staff = BY_SAM) -> list[Event]:
    return closing.rate(lead, HANDOFF_ID, stars, note, by)


@pytest.mark.parametrize("ended", [None, "bad_fit", "not_qualified"])
def test_an_owner_may_rate_a_lead_also_after_the_handoff_has_ended(ended: str | None) -> None:
    lead = offered(rep(SAM))
    lead = after_events(lead, return_lead(lead, ended), SOON) if ended else lead
    rated = after_events(lead, rate(lead), SOON, by=SAM)
    rating = rated.handoff.rating
    assert (rating.stars, rating.note, rating.at, rating.by) == (4, "knows what they want", SOON, SAM)
    assert (rated.status, rated.timer, rated.handoff.state) == (lead.status, lead.timer, lead.handoff.state)


def test_a_repeated_rating_changes_nothing_and_a_different_rating_replaces_the_first() -> None:
    lead = offered(rep(SAM))
    rated = after_events(lead, rate(lead), SOON)
    assert rate(rated) == []
    assert after_events(rated, rate(rated, stars=1), SOON).handoff.rating.stars == 1


def test_only_the_owner_and_administrators_may_rate_a_lead() -> None:
    lead = offered(rep(SAM))
    assert rate(lead, by=ADMIN)
    with pytest.raises(HandoffRefused, match=f"belongs to {SAM}; only its owner rates it"):
        rate(lead, by=BY_KIM)
    with pytest.raises(HandoffRefused, match="belongs to nobody yet"):
        rate(offered(), by=BY_SAM)


def test_a_rating_of_an_earlier_handoff_is_refused() -> None:
    lead = offered(rep(SAM))
    lead = received(consultation(), after_events(lead, return_lead(lead, "bad_fit")))
    lead = after_events(lead, offering.offer(lead, due_for(lead), 1, team(rep(SAM)), NOW))
    with pytest.raises(HandoffRefused, match="not the lead's last handoff"):
        rate(lead)


@pytest.mark.parametrize("reason", ["bad_timing", "bad_fit", "not_qualified"])
def test_a_new_request_hands_a_returned_lead_over_again_for_any_return_reason(reason: str) -> None:
    lead = offered(rep(SAM))
    lead = after_events(lead, return_lead(lead, reason))
    assert due_for(received(download(), lead)) is None
    assert due_for(received(consultation(), lead)).trigger == "consultation"


# --- who may, and how often ---

COMMANDS = [
    pytest.param(accept, id="accepting"),
    pytest.param(contact, id="contacting"),
    pytest.param(reassign, id="reassigning"),
    pytest.param(return_lead, id="giving back"),
]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_repeated_command_on_a_handoff_changes_nothing(command: Command) -> None:
    lead = offered(rep(SAM))
    assert command(after_events(lead, command(lead), SOON)) == []


@pytest.mark.parametrize("command", [accept, contact, return_lead])
def test_only_the_owner_and_administrators_may_act_on_a_handoff(command: Callable[..., list[Event]]) -> None:
    lead = offered(rep(SAM))
    assert command(lead, by=ADMIN)
    with pytest.raises(HandoffRefused, match=f"belongs to {SAM}; reassign it to yourself first"):
        command(lead, by=BY_KIM)


@pytest.mark.parametrize("command", [accept, contact, return_lead])
def test_a_rep_cannot_act_on_a_handoff_without_an_owner(command: Callable[..., list[Event]]) -> None:
    with pytest.raises(HandoffRefused, match="belongs to nobody yet"):
        command(offered(), by=BY_SAM)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_closed_handoff_refuses_every_command(command: Command) -> None:
    lead = offered(rep(SAM))
    lead = after_events(lead, return_lead(lead, "bad_fit"), SOON)
    if command is return_lead:
        command = lambda lead: return_lead(lead, "bad_timing")  # noqa: E731
    with pytest.raises(HandoffRefused, match="it is closed"):
        command(lead)


@pytest.mark.parametrize("command", COMMANDS)
def test_an_earlier_handoff_of_a_lead_refuses_every_command(command: Command) -> None:
    lead = offered(rep(SAM))
    lead = received(consultation(), after_events(lead, return_lead(lead, "bad_fit")))
    lead = after_events(lead, offering.offer(lead, due_for(lead), 1, team(rep(SAM)), NOW))
    with pytest.raises(HandoffRefused, match="not the lead's current handoff"):
        command(lead)


def test_a_mailed_link_acts_for_its_recipient() -> None:
    assert handoff_owner.link_recipient(offered(rep(SAM)), HANDOFF_ID, assignment=1) == BY_SAM


@pytest.mark.parametrize("assignment", [1, 3])
def test_a_mailed_link_is_refused_after_a_reassignment(assignment: int) -> None:
    lead = offered(rep(SAM))
    with pytest.raises(HandoffRefused, match="passed on to somebody else"):
        handoff_owner.link_recipient(after_events(lead, reassign(lead)), HANDOFF_ID, assignment)


def test_a_mailed_link_is_refused_after_the_lead_was_offered_to_its_owner_again() -> None:
    lead = after_events(offered(rep(SAM)), contact(offered(rep(SAM))), SOON)
    again = asks_again(lead)
    with pytest.raises(HandoffRefused, match="come to you anew since this mail was sent; use the newest one"):
        handoff_owner.link_recipient(again, HANDOFF_ID, 1)


def test_a_mailed_link_of_a_former_owner_may_only_repeat_the_return() -> None:
    lead = after_events(offered(rep(SAM)), return_lead(offered(rep(SAM)), "wrong_person"), SOON, by=SAM)
    by = handoff_owner.link_recipient(lead, HANDOFF_ID, 1)
    assert (by, return_lead(lead, "wrong_person", by)) == (BY_SAM, [])
    with pytest.raises(HandoffRefused, match=f"belongs to {KIM}"):
        accept(lead, by)
    again = after_events(lead, reassign(lead, SAM, by=ADMIN), SOON)
    with pytest.raises(HandoffRefused, match="come to you anew"):
        handoff_owner.link_recipient(again, HANDOFF_ID, 1)


# --- the owner was mailed ---


def test_a_notification_of_the_owner_is_recorded_once() -> None:
    lead = offered(rep(SAM))
    told = after_events(lead, acceptance.record_notification(lead, HANDOFF_ID, 1), SOON)
    assert told.handoff.stints[-1].notified_at == SOON
    assert (told.timer, told.handoff.clocks) == (lead.timer, lead.handoff.clocks)
    assert acceptance.record_notification(told, HANDOFF_ID, 1) == []


def test_a_notification_about_a_reassigned_or_closed_handoff_is_not_recorded() -> None:
    lead = offered(rep(SAM))
    passed_on = after_events(lead, reassign(lead), SOON)
    assert acceptance.record_notification(passed_on, HANDOFF_ID, 1) == []
    assert acceptance.record_notification(passed_on, HANDOFF_ID, 2)
    assert acceptance.record_notification(after_events(lead, return_lead(lead, "bad_fit"), SOON), HANDOFF_ID, 1) == []
    assert acceptance.record_notification(offered(), HANDOFF_ID, 1) == []


# --- leaving the team ---


def leave(lead: Lead, roster=ONLY_KIM, of: str = "sales") -> list[Event]:
    return reassignment.reassign_from_leaver(lead, HANDOFF_ID, of, SAM, roster, SOON)


def test_a_handoff_of_a_leaving_rep_goes_to_the_next_rep() -> None:
    lead = offered(rep(SAM))
    passed_on = after_events(lead, leave(lead), SOON)
    assert passed_on.handoff.owner == KIM
    assert leave(passed_on) == []


def test_a_handoff_of_a_leaving_rep_waits_and_is_escalated_without_another_rep() -> None:
    lead = offered(rep(SAM))
    lead = after_events(lead, contact(lead), SOON)
    waiting = after_events(lead, leave(lead, roster=team()), SOON)
    assert names(leave(lead, roster=team())) == ["HandoffReassigned", "HandoffEscalated"]
    assert waiting.handoff.owner is None
    assert timer_look_at(waiting, waiting.timer), "and Baton looks for somebody again"
    assert leave(waiting, roster=team()) == []


def test_a_rep_who_leaves_one_team_keeps_the_handoffs_of_another_team() -> None:
    assert leave(offered(rep(SAM)), of="enterprise") == []
