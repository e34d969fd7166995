"""Random commands on a lead, in any order and at any pace: the invariants of its history, score, handoff and timers."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from baton.agreement.terms.agreement import Agreement, AgreementInForce
from baton.agreement.terms.clock_terms import Act
from baton.agreement.terms.return_reasons import Destination
from baton.agreement.terms.trigger_terms import TriggerTerms
from baton.domain.accounts.account import Account, AccountMatch
from baton.domain.basics.facts import Staff
from baton.domain.basics.refusals import Refused
from baton.domain.events.handoff_events import HandoffEscalated, HandoffOffered, HandoffReassigned, HandoffReminded
from baton.domain.events.lead_events import Answered, LeadHeldBack, LeadReleased, LeadUpdated
from baton.domain.events.recorded import Event, Recorded
from baton.domain.events.review_events import DutyEscalated, DutyReminded, LeadReviewed
from baton.domain.follow_up.due_actions import act_on_overdue
from baton.domain.follow_up.forgotten import lost_deadline, why_forgotten
from baton.domain.handoffs import acceptance, closing, offering, reassignment, returns
from baton.domain.history.change import Change
from baton.domain.history.lead_facts import milliseconds
from baton.domain.history.lead_fold import evolve, fold
from baton.domain.lead_changes.consequences import may_follow, with_consequences
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import BANT, Company, Profile
from baton.domain.leads.signal_counts import SignalCounts
from baton.domain.leads.stage_and_status import Status
from baton.domain.qualification.triggers import TargetAccount, due_handover
from baton.domain.review.verdict import ReviewSubmission, review
from baton.domain.scoring.agreed_kinds import AgreedKinds
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.signal_counting import recount
from baton.domain.scoring.standing import Standing, standing_of
from baton.domain.signals.signal_recording import Signal, record_signal
from baton.domain.teams.reps import Rep
from baton.domain.teams.roster import Roster
from baton.domain.timers.deadlines import next_deadline, timer_look_at
from baton.domain.timers.next_step import next_step
from baton.domain.timers.timer_changes import timer_change, timer_events
from tests.unit.given import (
    ADMIN,
    AGREEMENT,
    LEAD_ID,
    NOW,
    after_events,
    clock,
    consultation,
    download,
    rep,
    rosters,
    team,
    terms,
    with_terms,
)


def facts_only(lead: Lead) -> Lead:
    """The lead without what was counted of its signals, which follows from the history and the agreement."""
    return lead.model_copy(update={"tally": None})


Command = Callable[[Lead], list[Event]]

submissions = st.sampled_from([consultation(), consultation(spam=True), download(), download(spam=True)])
waits = st.sampled_from([0, 1, 30, 60 * 6, 60 * 24 * 100]).flatmap(
    lambda upper: st.integers(0, upper).map(lambda minutes: timedelta(minutes=minutes))
)
signals = st.sampled_from(
    [
        download(form=None, kind=kind, content=content, asks_for_a_person=False)
        for kind, content in [
            ("page_visited", None),
            ("page_visited", "careers"),
            ("content_downloaded", "guide"),
            ("content_downloaded", "price-list"),
            ("webinar_attended", None),
            ("demo_requested", None),
            ("unheard_of", None),
        ]
    ]
)
facts = st.sampled_from(
    [
        LeadUpdated(fields=("profile.title",), profile=Profile(title="Vice President")),
        LeadUpdated(fields=("profile.title",), cleared=("profile.title",)),
        LeadUpdated(fields=("bant",), bant={need: Answered(value="yes") for need in BANT}),
        LeadUpdated(fields=("bant",), bant={"budget": Answered(value="no")}),
        LeadUpdated(fields=("company.industry",), company=Company(industry="logistics")),
    ]
)
IN_THE_END = clock("closed", timedelta(days=60), (1.0, Act.ESCALATE))
verdicts = st.sampled_from(
    [
        ReviewSubmission(
            verdict="good_fit", answers=dict.fromkeys(("industry", "decision", "help", "infrastructure"), True)
        ),
        ReviewSubmission(verdict="good_fit", answers={"help": True}),
        ReviewSubmission(verdict="bad_timing"),
        ReviewSubmission(verdict="bad_timing", review_on=NOW + timedelta(days=20)),
        ReviewSubmission(verdict="bad_fit", reason="a student"),
        ReviewSubmission(verdict="not_ready"),
    ]
)
LEADS_TO = {
    "good_fit": Status.WITH_SALES,
    "bad_timing": Status.PARKED,
    "bad_fit": Status.DISQUALIFIED,
    "not_ready": Status.NURTURING,
}
channels = st.sampled_from(["phone", "e-mail"])
reasons = st.sampled_from(sorted(AGREEMENT.return_reasons))


class RandomHistory(RuleBasedStateMachine):
    """Commands come in any order, at any pace, and some of them twice or by the wrong person."""

    def __init__(self) -> None:
        super().__init__()
        self.lead: Lead | None = None
        self.history: list[Recorded] = []
        self.kept: list[Recorded] = []  # the same, as the table gives it back
        self.now = NOW
        self.agreement: Agreement = AGREEMENT
        self.card: Scorecard
        self.target: TargetAccount | None = None
        self.acted_on: set[tuple[str, int, str, datetime]] = set()
        self.reminded_of: set[tuple[str, datetime]] = set()
        self.timers: list[str] = ["none"]
        self.looks_at: dict[str, datetime] = {}

    # --- what can be done ---

    @initialize(agreed=terms(), sent=submissions, roster=rosters)
    def both_departments_agree_and_a_first_form_comes(self, agreed: TriggerTerms, sent: Signal, roster: Roster) -> None:
        self.agreement = with_terms(**{**dict(agreed), "clocks": {**agreed.clocks, "in_the_end": IN_THE_END}})
        in_force = AgreementInForce(version=1, in_force_since="2026-11-01T00:00:00.000Z", agreement=self.agreement)
        self.in_force = in_force
        self.card = Scorecard(in_force)
        self.record_form(sent, roster)

    @rule(wait=waits)
    def time_passes(self, wait: timedelta) -> None:
        self.now += wait

    @rule(sent=submissions, roster=rosters)
    def a_form_comes(self, sent: Signal, roster: Roster) -> None:
        self.record_form(sent, roster)

    def record_form(self, sent: Signal, roster: Roster) -> None:
        self.happens(record_signal(self.lead, sent, agreement_version=1, now=self.now), roster)

    @rule(sent=signals, roster=rosters, late=waits)
    def a_tool_sends_a_signal(self, sent: Signal, roster: Roster, late: timedelta) -> None:
        then = sent.model_copy(update={"reference": f"ref{len(self.history):04d}", "occurred_at": self.now - late})
        kinds = AgreedKinds.of(self.agreement.rules)
        self.happens(record_signal(self.lead, then, agreement_version=1, now=self.now, kinds=kinds), roster)

    @rule(known=facts, roster=rosters)
    def staff_update_the_facts(self, known: LeadUpdated, roster: Roster) -> None:
        self.happens([known], roster)

    @rule(listed=st.booleans(), owner=st.none() | st.just("ada@sales.example.com"), roster=rosters)
    def the_list_of_accounts_changes(self, listed: bool, owner: str | None, roster: Roster) -> None:
        account = Account(domain="example.com", owner=owner, version=1)
        match = AccountMatch(domain="example.com", matched_by="domain")
        self.target = TargetAccount(account, match) if listed else None
        self.happens([], roster)

    @precondition(lambda self: self.lead.status in (Status.NURTURING, Status.IN_REVIEW))
    @rule(wait=waits, roster=rosters)
    def staff_hold_the_lead_back(self, wait: timedelta, roster: Roster) -> None:
        self.happens([LeadHeldBack(reason="a friend of ours", due_at=self.now + wait)], roster)

    @precondition(lambda self: self.lead.held)
    @rule(roster=rosters)
    def staff_release_the_lead(self, roster: Roster) -> None:
        self.happens([LeadReleased()], roster)

    @precondition(lambda self: self.handoff)
    @rule(admin=st.booleans(), roster=rosters)
    def the_owner_accepts(self, admin: bool, roster: Roster) -> None:
        self.twice(lambda lead: acceptance.accept(lead, self.handoff.handoff_id, self.staff(admin), self.now), roster)

    @precondition(lambda self: self.handoff)
    @rule(channel=channels, admin=st.booleans(), roster=rosters)
    def the_owner_logs_a_contact(self, channel: str, admin: bool, roster: Roster) -> None:
        self.twice(
            lambda lead: acceptance.log_contact(
                lead, self.handoff.handoff_id, channel, None, self.staff(admin), self.now
            ),
            roster,
        )

    @precondition(lambda self: self.handoff)
    @rule(reason=reasons, admin=st.booleans(), roster=rosters)
    def the_owner_returns_the_lead(self, reason: str, admin: bool, roster: Roster) -> None:
        given_back, by = self.handoff.handoff_id, self.staff(admin)

        def command(lead: Lead) -> list[Event]:
            return returns.return_lead(
                lead, given_back, returns.ReturnRequest(reason=reason), by, self.in_force, roster, self.now
            )

        if AGREEMENT.return_reasons[reason].then is Destination.NEXT_REP:
            self.once(command, roster)
        else:
            self.twice(command, roster)

    @precondition(lambda self: self.handoff)
    @rule(roster=rosters, chosen=st.integers(0, 5))
    def the_lead_is_reassigned_to_a_named_rep(self, roster: Roster, chosen: int) -> None:
        owner = roster.people[chosen % len(roster.people)].email if roster.people else "nobody@sales.example.com"
        self.twice(lambda lead: self.passed(lead, owner, "better placed", roster), roster)

    @precondition(lambda self: self.handoff)
    @rule(roster=rosters)
    def the_lead_is_reassigned_to_the_next_rep(self, roster: Roster) -> None:
        self.twice(lambda lead: self.passed(lead, None, "no time", roster), roster)

    @precondition(lambda self: self.handoff)
    @rule(stars=st.integers(1, 5), admin=st.booleans(), roster=rosters)
    def the_owner_rates_the_lead(self, stars: int, admin: bool, roster: Roster) -> None:
        rated, by = self.handoff.handoff_id, self.staff(admin)
        self.twice(lambda lead: closing.rate(lead, rated, stars, None, by), roster)

    @rule(said=verdicts, by=st.sampled_from(["maria@example.com", "max@example.com"]), roster=rosters)
    def marketing_reviews_the_lead(self, said: ReviewSubmission, by: str, roster: Roster) -> None:
        def command(lead: Lead) -> list[Event]:
            standing = standing_of(lead, self.card, self.now)
            return review(lead, said, Staff(email=by), standing, lambda _team: roster, self.now)

        self.twice(command, roster, by)

    @precondition(lambda self: self.lead and self.lead.handoff and self.lead.handoff.is_waiting)
    @rule(roster=rosters)
    def the_waiting_lead_is_served(self, roster: Roster) -> None:
        self.twice(lambda lead: offering.serve_waiting_lead(lead, self.handoff.handoff_id, roster, self.now), roster)

    @rule(roster=rosters)
    def the_timer_fires(self, roster: Roster) -> None:
        self.fire(roster)

    def fire(self, roster: Roster) -> None:
        timer = self.lead.timer or "none"
        self.twice(lambda lead: act_on_overdue(lead, timer, roster, lambda: self.in_force, self.now), roster)
        looks_again = timer_look_at(self.lead, timer)
        if looks_again:
            self.looks_at[timer] = looks_again
        assert looks_again is None or looks_again > self.now
        assert why_forgotten(self.lead, self.now, lambda _: self.now) is None

    @precondition(lambda self: timer_look_at(self.lead, self.lead.timer))
    @rule(roster=rosters, late=waits)
    def the_next_deadline_comes(self, roster: Roster, late: timedelta) -> None:
        self.now = max(self.now, timer_look_at(self.lead, self.lead.timer)) + late
        self.fire(roster)

    @rule(data=st.data(), roster=rosters)
    def a_stale_timer_fires(self, data: st.DataObject, roster: Roster) -> None:
        timer = data.draw(st.sampled_from(self.timers))
        if timer != self.lead.timer:
            assert act_on_overdue(self.lead, timer, roster, lambda: self.in_force, self.now) == []
            assert timer_look_at(self.lead, timer) is None

    # --- how it is done ---

    @property
    def handoff(self):
        return self.lead and self.lead.handoff

    def staff(self, admin: bool) -> Staff:
        return ADMIN if admin else Staff(email=self.handoff.owner or "nobody@sales.example.com")

    def once(self, command: Command, roster: Roster) -> None:
        with suppress(Refused):
            self.happens(command(self.lead), roster)

    def passed(self, lead: Lead, owner: str | None, reason: str, roster: Roster) -> list[Event]:
        wish = reassignment.ReassignRequest(owner=owner, reason=reason)
        return reassignment.reassign(lead, self.handoff.handoff_id, wish, Staff(email="test"), roster, self.now)

    def twice(self, command: Command, roster: Roster, by: str = "test") -> None:
        """A command, and its repeat, which changes nothing."""
        try:
            happened = command(self.lead)
        except Refused:
            return
        assert command(after_events(self.lead, happened, self.now, by)) == []
        self.happens(happened, roster, by)

    def happens(self, happened: list[Event], roster: Roster, by: str = "test") -> None:
        """Saves what a command decided and what follows, and checks what was decided against the lead before it."""
        change = Change.begin(self.lead, LEAD_ID).then(happened, self.now, by)
        if may_follow(change):
            history = self.history.copy
            change = with_consequences(
                change, self.card, self.target, self.now, history=history, roster=lambda _team: roster
            )
        change = change.then(timer_events(change), self.now, by="test")
        change = change.with_timer(timer_change(change, self.now))
        self.check(change, roster)
        self.remember_timer(change)
        self.history += change.events
        self.kept += [Recorded.model_validate_json(recorded.model_dump_json()) for recorded in change.events]
        self.lead = change.after
        if self.lead.timer and self.lead.timer not in self.timers:
            self.timers.append(self.lead.timer)

    def remember_timer(self, change: Change) -> None:
        """When the state machine that an event starts looks at the lead; one that has fired looks when it was told."""
        self.looks_at |= {
            recorded.event_id: due_at
            for recorded in change.events
            if (due_at := recorded.timer_due_at or getattr(recorded.event, "due_at", None))
        }
        for ended in (recorded.ends_timer for recorded in change.events if recorded.ends_timer):
            # Its own time may have come for a deadline that is gone: then its look finds another timer, and ends.
            assert next_deadline(change.before) > self.now, (
                "a timer that looks at what is due goes on or ends by itself"
            )
            self.looks_at.pop(ended)
            assert change.after.timer != ended or next_deadline(change.after) is None

    def check(self, change: Change, roster: Roster) -> None:
        lead = change.before
        for recorded in change.events:
            match recorded.event:
                case HandoffOffered() as event:
                    assert lead.status is not Status.WITH_SALES, "a lead with sales is never offered again"
                    assert lead.handoff is None or not lead.handoff.is_open, "one open handoff at most"
                    self.check_available(event.owner, roster)
                case HandoffReassigned() as event:
                    if event.routing.why == reassignment.KEPT:
                        assert event.owner == event.previous_owner
                        assert not roster.is_gone(event.owner, self.now)
                    else:
                        assert event.owner is None or event.owner != event.previous_owner
                        had_it = () if event.owner else lead.handoff.had_it
                        people = [rep for rep in roster if rep.email not in had_it]
                        self.check_available(event.owner, people, event.routing.warnings)
                case HandoffReminded() | HandoffEscalated() as event:
                    self.check_first_action(event)
                    assert not isinstance(event, HandoffReminded) or lead.handoff.owner, "nobody to remind"
                case DutyReminded() | DutyEscalated() as event:
                    assert (event.duty_id, event.deadline) not in self.reminded_of
                    self.reminded_of.add((event.duty_id, event.deadline))
                case LeadReviewed() as event:
                    assert change.after.status is LEADS_TO[event.verdict], "what somebody has decided stands"
                    assert not change.after.duty or not change.after.duty.is_open
            lead = evolve(lead, recorded)
        assert lead is None or facts_only(lead) == facts_only(change.after)

    def check_available(self, owner: str | None, people: Iterable[Rep], warnings: Sequence[str] = ()) -> None:
        """The owner can take the lead, or a person gave it to them although they cannot, and was warned why."""
        why_not = {rep.email: team(rep).why_no_lead(rep, self.now) for rep in people}
        if owner is None:
            assert all(why_not.values())
        else:
            assert why_not[owner] is None or any(str(why_not[owner]) in warning for warning in warnings)

    def check_first_action(self, event: HandoffReminded | HandoffEscalated) -> None:
        deadline = (event.handoff_id, event.assignment, event.clock, event.deadline)
        assert deadline not in self.acted_on
        self.acted_on.add(deadline)

    # --- what is always true ---

    @invariant()
    def the_stored_lead_is_the_fold_of_its_history(self) -> None:
        if self.lead:
            stored = Lead.model_validate_json(self.lead.model_dump_json())
            assert fold(self.kept) == facts_only(stored)

    @invariant()
    def the_score_follows_from_the_history_and_its_ledger_adds_up(self) -> None:
        if self.lead and self.lead.tally:
            scratch = recount(self.lead, self.history, self.card)
            assert scratch.as_data() == SignalCounts.from_data(self.lead.tally).as_data()
            standing = Standing(self.lead, self.card, scratch, milliseconds(self.now))
            assert sum(line.points for line in standing.ledger()) == standing.total

    @invariant()
    def a_nurtured_lead_meets_no_trigger(self) -> None:
        """A lead that meets a trigger is with sales, was handed over for it, is held back, or was parked or refused."""
        if self.lead and self.lead.status is Status.NURTURING and self.lead.tally:
            now = Standing(
                self.lead, self.card, SignalCounts.from_data(self.lead.tally), milliseconds(self.lead.updated_at)
            )
            assert due_handover(self.lead, now, None, self.lead.updated_at) is None

    @invariant()
    def the_history_is_numbered_without_a_gap(self) -> None:
        numbers = [int(recorded.event_id.rsplit("-", 1)[1]) for recorded in self.history]
        assert numbers == list(range(1, len(self.history) + 1))
        assert self.lead is None or self.lead.version == len(self.history)

    @invariant()
    def sales_has_the_lead_exactly_while_its_handoff_is_open(self) -> None:
        if self.handoff:
            assert self.handoff.is_open == (self.lead.status is Status.WITH_SALES)

    @invariant()
    def an_open_handoff_is_watched_until_its_clocks_are_stopped(self) -> None:
        if self.handoff and self.handoff.is_open and self.handoff.owner:
            assert self.lead.timer
            acted_on_everything = all(
                clock.stopped_at or all(deadline.done for deadline in clock.deadlines) for clock in self.handoff.clocks
            )
            assert acted_on_everything or timer_look_at(self.lead, self.lead.timer)

    @invariant()
    def a_waiting_lead_moves_its_line(self) -> None:
        if self.handoff and self.handoff.is_waiting:
            given = [each.event for each in self.kept if isinstance(each.event, HandoffOffered | HandoffReassigned)]
            assert given[-1].moves_line

    @invariant()
    def a_parked_lead_has_a_date(self) -> None:
        if self.lead and self.lead.status is Status.PARKED:
            assert timer_look_at(self.lead, self.lead.timer) <= self.lead.review_on

    @invariant()
    def a_lead_in_review_has_an_open_duty(self) -> None:
        if self.lead and self.lead.status is Status.IN_REVIEW:
            assert self.lead.duty
            assert self.lead.duty.is_open

    @invariant()
    def a_lead_with_sales_has_no_open_duty(self) -> None:
        if self.lead and self.lead.status is Status.WITH_SALES and self.lead.duty:
            assert not self.lead.duty.is_open

    @invariant()
    def the_timer_looks_at_the_lead_by_the_next_deadline(self) -> None:
        """The timer looks at the lead at the latest when something is due."""
        if self.lead and (due := next_deadline(self.lead)):
            assert self.looks_at[self.lead.timer] <= max(due, self.now)

    @invariant()
    def a_lead_is_forgotten_only_with_a_lost_deadline(self) -> None:
        if self.lead:
            assert why_forgotten(self.lead, self.now, lambda _: self.now) is None or lost_deadline(self.lead, self.now)

    @invariant()
    def a_next_step_of_a_department_has_a_date(self) -> None:
        if self.lead:
            step = next_step(self.lead)
            nothing = self.lead.status in (Status.NURTURING, Status.DISQUALIFIED, Status.WON, Status.LOST, Status.SPAM)
            in_line = step.who == "sales" and self.handoff.owner is None
            assert step.by or in_line if step.who != "nobody" else nothing

    @invariant()
    def a_request_is_answered_once_sales_is_done(self) -> None:
        if self.lead and self.lead.request and self.lead.status not in (Status.SPAM, Status.WITH_SALES):
            assert self.lead.request.answered


TestRandomHistory = pytest.mark.slow(RandomHistory.TestCase)
TestRandomHistory.settings = settings(stateful_step_count=30)


def test_a_timer_of_a_deadline_that_is_gone_gives_way_even_if_it_is_late() -> None:
    """Who waits for anybody needs no reminder: that timer's time comes, and a colleague is faster than its look."""
    history = RandomHistory()
    reminds_at_once = with_terms(
        clocks={"accept": clock("accepted", timedelta(minutes=1), (0.01, Act.REMIND))},
        nobody_available=timedelta(minutes=1),
    )
    agreed = reminds_at_once.handoffs["consultation"]
    history.both_departments_agree_and_a_first_form_comes(agreed, consultation(), team())
    first = history.lead.timer
    history.time_passes(timedelta(minutes=1))
    history.the_lead_is_reassigned_to_the_next_rep(team(rep("ada@sales.example.com", capacity=1)))
    assert history.lead.handoff.owner == "ada@sales.example.com"
    assert history.lead.timer != first
    assert act_on_overdue(history.lead, first, team(), lambda: history.in_force, history.now) == []
    assert timer_look_at(history.lead, first) is None
