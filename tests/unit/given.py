"""The starting points of unit tests: the shipped agreement, reps on a roster, and leads at points of their history."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from baton.agreement.reading.agreement_reader import packaged_text, read_agreement
from baton.agreement.terms.agreement import Agreement, AgreementInForce
from baton.agreement.terms.clock_terms import Act, ClockTerms, Step
from baton.agreement.terms.trigger_terms import TriggerTerms
from baton.domain.basics.facts import Staff
from baton.domain.events.recorded import Event
from baton.domain.handoffs.offering import offer
from baton.domain.history.change import Change
from baton.domain.leads.lead import Lead
from baton.domain.qualification.handover_terms import Handover
from baton.domain.qualification.triggers import due_handover
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.standing import standing_of
from baton.domain.signals import signal_recording
from baton.domain.signals.signal_recording import Signal
from baton.domain.teams.reps import Rep, Role, Subscription
from baton.domain.teams.roster import Roster
from baton.domain.terms.terms_from_agreement import handoff_terms


@cache
def agreement_in(text: str) -> Agreement:
    """The agreement in a YAML text, which is read once for all tests."""
    return read_agreement(text)


AGREEMENT = agreement_in(packaged_text())
IN_FORCE = AgreementInForce(version=1, in_force_since="2026-11-01T00:00:00.000Z", agreement=AGREEMENT)
CLAUSE = AGREEMENT.handoffs["consultation"]
TERMS = handoff_terms(CLAUSE)
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
LEAD_ID = "mzxw6ytboi4dcmrtgq2tmnzy"
HANDOFF_ID = f"{LEAD_ID}-001"
SAM, KIM, LEE = (f"{name}@sales.example.com" for name in ("sam", "kim", "lee"))
ADMIN = Staff(email="ada@example.com", groups=frozenset({"admin"}))


def rep(email: str, **known: object) -> Rep:
    return Rep.model_validate({"email": email, "subscription": Subscription.CONFIRMED, **known})


def team(*people: Rep, **known: Any) -> Roster:
    """A team of these people, of whose turns nothing is known unless it is given."""
    return replace(Roster(people), **known)


def consultation(**sent: object) -> Signal:
    return Signal.model_validate(
        {
            "email": "anna.schmidt@example.com",
            "form": "consultation",
            "kind": "consultation_requested",
            "asks_for_a_person": True,
            "reference": "e4oma53mr4y4sea4",
            **sent,
        }
    )


def download(**sent: object) -> Signal:
    read = {"form": "content-download", "kind": "content_downloaded", "asks_for_a_person": False, "content": "guide"}
    return consultation(**{**read, **sent})


def after_events(lead: Lead | None, happened: list[Event], now: datetime = NOW, by: str = "test") -> Lead:
    """The lead after what happened to it."""
    after = Change.begin(lead, LEAD_ID).then(happened, now, by).after
    assert after is not None
    return after


def received(sent: Signal, lead: Lead | None = None, now: datetime = NOW) -> Lead:
    return after_events(lead, signal_recording.record_signal(lead, sent, agreement_version=1, now=now), now)


def offered(*roster: Rep, agreement: Agreement = AGREEMENT, now: datetime = NOW) -> Lead:
    """A lead whose request for a consultation was handed over to whoever on the roster is next."""
    lead = received(consultation(), now=now)
    handover = due_for(lead, agreement, now)
    assert handover is not None
    return after_events(lead, offer(lead, handover, 1, team(*roster), now), now)


def due_for(lead: Lead, agreement: Agreement = AGREEMENT, now: datetime = NOW) -> Handover | None:
    """The trigger that holds for a lead of which no signal has been counted."""
    card = Scorecard(AgreementInForce(version=1, in_force_since="2026-11-01T00:00:00.000Z", agreement=agreement))
    return due_handover(lead, standing_of(lead, card, now), None, now)


def with_terms(**changed: object) -> Agreement:
    """The shipped agreement with other terms for consultations."""
    clause = CLAUSE.model_copy(update=changed)
    return AGREEMENT.model_copy(update={"handoffs": {**AGREEMENT.handoffs, "consultation": clause}})


def clock(stops_when: str, within: timedelta, *ladder: tuple[float, Act]) -> ClockTerms:
    steps = tuple(Step(at=at, do=do) for at, do in ladder)
    return ClockTerms.model_validate({"within": within, "stops_when": stops_when, "ladder": steps})


durations = st.integers(1, 60 * 24 * 7).map(lambda minutes: timedelta(minutes=minutes))
shares = st.integers(1, 300).map(lambda percent: percent / 100)


@st.composite
def clocks(draw: st.DrawFn) -> ClockTerms:
    ladder = sorted(draw(st.sets(shares, min_size=1, max_size=10)))
    return clock(
        draw(st.sampled_from(["accepted", "contacted"])),
        draw(durations),
        *((at, draw(st.sampled_from(Act))) for at in ladder),
    )


@st.composite
def terms(draw: st.DrawFn) -> TriggerTerms:
    names = st.sampled_from(["accept", "first_contact", "meeting"])
    return TriggerTerms(
        team="sales",
        next_step="Call the lead.",
        clocks=draw(st.dictionaries(names, clocks(), min_size=1)),
        nobody_available=draw(durations),
    )


@st.composite
def reps(draw: st.DrawFn) -> Rep:
    name = draw(st.sampled_from(["ada", "bo", "cy", "di", "ed", "flo"]))
    return Rep(
        email=f"{name}@sales.example.com",
        role=draw(st.sampled_from([Role.REP, Role.REP, Role.REP, Role.MANAGER])),
        weight=draw(st.integers(1, 5)),
        capacity=draw(st.integers(1, 5)),
        subscription=draw(st.sampled_from([*[Subscription.CONFIRMED] * 3, *Subscription])),
        open_handoffs=draw(st.integers(0, 5)),
        last_offered_at=draw(st.none() | st.datetimes(NOW.replace(tzinfo=None)).map(lambda t: t.replace(tzinfo=UTC))),
    )


rosters = st.lists(reps(), max_size=6, unique_by=lambda rep: rep.email).map(lambda people: team(*people))
