"""Each way to assign a lead asks whether the rep can take it; a person may give it to one who cannot, and is warned."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from baton.agreement.terms.calendars import Calendar
from baton.domain.basics.facts import Staff
from baton.domain.basics.refusals import NotOnRoster
from baton.domain.events.handoff_events import HandoffEscalated, HandoffOffered, HandoffReassigned
from baton.domain.events.recorded import Event
from baton.domain.handoffs import acceptance, manual_decisions, offering, reassignment, returns
from baton.domain.leads.lead import Lead
from baton.domain.leads.routing_choice import Preference
from baton.domain.qualification.handover_terms import HAD_IT_BEFORE, Handover, handover_to_other_team
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.standing import standing_of
from baton.domain.teams.absences import AbsencePeriod
from baton.domain.teams.availability import TeamHours
from baton.domain.teams.reps import Rep, Role, Subscription
from baton.domain.teams.roster import Roster
from tests.unit.given import (
    HANDOFF_ID,
    IN_FORCE,
    KIM,
    LEE,
    NOW,
    SAM,
    after_events,
    consultation,
    due_for,
    offered,
    received,
    rep,
    team,
)

FEAST = Calendar.model_validate(
    {"time_zone": "UTC", "hours": {"mon-sun": ["00:00-24:00"]}, "holidays": ["2026-11-24 Feast"]}
)
HOURS = TeamHours({"feast": FEAST})
LEAVE = AbsencePeriod(since=date(2026, 11, 20), until=date(2026, 11, 30))
BY_ADA = Staff(email="ada@example.com", groups=frozenset({"admin"}))

SOFT = {
    "on leave": ({"away": (LEAVE,)}, "is away until 30 November 2026"),
    "on leave until further notice": (
        {"away": (AbsencePeriod(since=date(2026, 11, 1), until=date(9999, 12, 31)),)},
        "is away until further notice",
    ),
    "on a holiday": ({"calendar": "feast"}, "is not at work before"),
    "outside their hours": ({"hours": {"mon-sun": ("20:00-22:00",)}, "time_zone": "UTC"}, "is not at work before"),
    "full": ({"open_handoffs": 26}, "has 26 of at most 25 open leads"),
}
HARD = {
    "not confirmed": ({"subscription": Subscription.PENDING}, "has not confirmed"),
    "confirmed by a click": ({"subscription": Subscription.UNPROTECTED}, "confirmed by a click"),
    "without mail": ({"subscription": Subscription.ENDED}, "gets no mail"),
    "removed": ({"subscription": Subscription.REMOVED}, "was removed"),
    "a manager": ({"role": Role.MANAGER}, "is a manager"),
    "with terms that nobody can read": ({"unread_terms": "?"}, "cannot be read"),
}
Terms = dict[str, object]
EVERY_KIND = [pytest.param(terms, id=name) for name, (terms, _) in (SOFT | HARD).items()]


def roster(sam: Terms, *others: Rep) -> Roster:
    return replace(team(rep(SAM, **sam), *others), hours=HOURS)


def wanted(*preferred: Preference) -> Handover:
    handover = due_for(received(consultation()))
    assert handover
    return handover.model_copy(update={"preferred": preferred})


def with_kim() -> Lead:
    return offered(rep(KIM))


def reached_by(owner: str) -> Lead:
    lead = offered(rep(owner))
    return after_events(lead, acceptance.log_contact(lead, HANDOFF_ID, "phone", None, Staff(email=owner), NOW))


def in_turn(people: Roster) -> list[Event]:
    return offering.offer(received(consultation()), wanted(), 1, people, NOW)


def account_owner(people: Roster) -> list[Event]:
    first = Preference(rep=SAM, because="owns the target account acme.example")
    return offering.offer(received(consultation()), wanted(first), 1, people, NOW)


def former_owner(people: Roster) -> list[Event]:
    first = Preference(rep=SAM, because=HAD_IT_BEFORE)
    return offering.offer(received(consultation()), wanted(first), 1, people, NOW)


def asks_again(people: Roster) -> list[Event]:
    lead = reached_by(SAM)
    assert lead.handoff
    return reassignment.reopen(lead.handoff, people, lambda: people, NOW)


def overdue(people: Roster) -> list[Event]:
    lead = with_kim()
    assert lead.handoff
    return [reassignment.reassign_overdue(lead.handoff, "accept", NOW, "was late", people, NOW)]


def passed_on_to_anybody(people: Roster) -> list[Event]:
    passed = reassignment.ReassignRequest(reason="no time")
    return reassignment.reassign(with_kim(), HANDOFF_ID, passed, Staff(email=KIM), people, NOW)


def wrong_person(people: Roster) -> list[Event]:
    reason = next(name for name, each in IN_FORCE.agreement.return_reasons.items() if each.then.value == "next_rep")
    back = returns.ReturnRequest(reason=reason)
    return returns.return_lead(with_kim(), HANDOFF_ID, back, Staff(email=KIM), IN_FORCE, people, NOW)


def left_by_kim(people: Roster) -> list[Event]:
    return reassignment.reassign_from_leaver(with_kim(), HANDOFF_ID, "sales", KIM, people, NOW)


def waiting_in_line(people: Roster) -> list[Event]:
    return offering.serve_waiting_lead(offered(), HANDOFF_ID, people, NOW)


def moved_to_another_team(people: Roster) -> list[Event]:
    lead = with_kim()
    assert lead.handoff
    standing = standing_of(lead, Scorecard(IN_FORCE), NOW)
    terms = handover_to_other_team(lead.handoff, standing, [Preference(rep=SAM, because="owns the account")])
    return reassignment.reassign_from_leaver(lead, HANDOFF_ID, "sales", KIM, replace(people, new_terms=terms), NOW)


Way = Callable[[Roster], list[Event]]
WAYS: dict[str, Way] = {
    "in turn": in_turn,
    "as the account's owner": account_owner,
    "as the former owner": former_owner,
    "as its owner, whom it asks again": asks_again,
    "by the ladder": overdue,
    "passed on to anybody": passed_on_to_anybody,
    "returned as the wrong person's": wrong_person,
    "left by who leaves": left_by_kim,
    "from the line": waiting_in_line,
    "from a dropped team": moved_to_another_team,
}
EVERY_WAY = [pytest.param(way, id=name) for name, way in WAYS.items()]


def owners(happened: list[Event]) -> list[str | None]:
    return [event.owner for event in happened if isinstance(event, HandoffOffered | HandoffReassigned)]


@pytest.mark.parametrize("way", EVERY_WAY)
def test_a_rep_who_can_take_a_lead_gets_it_each_way(way: Way) -> None:
    assert owners(way(roster({}, rep(KIM, role="manager")))) == [SAM]


@pytest.mark.parametrize("terms", EVERY_KIND)
@pytest.mark.parametrize("way", EVERY_WAY)
def test_a_rep_who_cannot_take_a_lead_gets_it_in_no_way(way: Way, terms: Terms) -> None:
    assert owners(way(roster(terms, rep(KIM), rep(LEE)))) in ([KIM], [LEE])


ON_LEAVE_OR_GONE = [pytest.param(terms, id=name) for name, (terms, _) in {**SOFT, **HARD}.items() if "leave" in name]
ON_LEAVE_OR_GONE += [pytest.param(terms, id=name) for name, (terms, _) in HARD.items()]
RESTING = [pytest.param(terms, id=name) for name, (terms, _) in SOFT.items() if "leave" not in name]


@pytest.mark.parametrize("terms", ON_LEAVE_OR_GONE)
def test_a_lead_that_asks_again_waits_if_its_owner_is_on_leave_and_nobody_else_can(terms: Terms) -> None:
    happened = asks_again(roster(terms, rep(KIM, capacity=1, open_handoffs=1)))
    assert owners(happened) == [None]
    assert any(isinstance(event, HandoffEscalated) for event in happened), "the managers are told"


@pytest.mark.parametrize("terms", RESTING)
def test_a_lead_that_asks_again_stays_with_an_owner_who_rests_if_nobody_else_can(terms: Terms) -> None:
    assert owners(asks_again(roster(terms, rep(KIM, capacity=1, open_handoffs=1)))) == [SAM]


def test_a_lead_that_asks_again_counts_in_what_its_owner_holds_already() -> None:
    assert owners(asks_again(roster({"capacity": 1, "open_handoffs": 1}, rep(KIM)))) == [SAM]


def by_name(people: Roster) -> list[Event]:
    passed = reassignment.ReassignRequest(owner=SAM, reason="knows them")
    return reassignment.reassign(with_kim(), HANDOFF_ID, passed, BY_ADA, people, NOW + timedelta(seconds=1))


def handed_over_by_name(people: Roster) -> list[Event]:
    lead = received(consultation(asks_for_a_person=False))
    given = manual_decisions.HandOverRequest(owner=SAM, reason="met at the fair")
    standing = standing_of(lead, Scorecard(IN_FORCE), NOW)
    return manual_decisions.hand_over(lead, given, BY_ADA, standing, None, lambda _: people, NOW)


BY_HAND = [pytest.param(by_name, id="passed on"), pytest.param(handed_over_by_name, id="handed over")]


@pytest.mark.parametrize(("terms", "why"), [pytest.param(*each, id=name) for name, each in SOFT.items()])
@pytest.mark.parametrize("way", BY_HAND)
def test_a_person_gives_a_lead_to_a_rep_who_is_not_there_and_is_warned(way: Way, terms: Terms, why: str) -> None:
    [event] = way(roster(terms, rep(KIM)))
    assert isinstance(event, HandoffOffered | HandoffReassigned)
    assert event.owner == SAM
    [warning] = event.routing.warnings
    assert warning.startswith(f"{SAM} {why}")


@pytest.mark.parametrize("way", BY_HAND)
def test_a_person_hears_of_all_that_speaks_against_a_rep(way: Way) -> None:
    [event] = way(roster({"away": (LEAVE,), "open_handoffs": 30}))
    assert isinstance(event, HandoffOffered | HandoffReassigned)
    assert len(event.routing.warnings) == 2


@pytest.mark.parametrize("way", BY_HAND)
def test_a_person_who_gives_a_lead_to_a_rep_who_is_there_is_not_warned(way: Way) -> None:
    [event] = way(roster({}))
    assert isinstance(event, HandoffOffered | HandoffReassigned)
    assert event.routing.warnings == ()


@pytest.mark.parametrize(("terms", "why"), [pytest.param(*each, id=name) for name, each in HARD.items()])
@pytest.mark.parametrize("way", BY_HAND)
def test_a_person_cannot_give_a_lead_to_somebody_whom_no_mail_reaches(way: Way, terms: Terms, why: str) -> None:
    with pytest.raises(NotOnRoster, match=why):
        way(roster(terms, rep(KIM)))
