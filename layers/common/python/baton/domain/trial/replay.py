"""Replays a lead's commands under an agreement, by the same pure commands that the product asks after each of them.

What the product asks after every event is asked here only where something could have changed: after a signal for
which no rule and no condition asks, nothing can newly hold, but at the moments that follow from time alone.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import reduce

from baton.domain.conditions.compiled_conditions import Moment, SignalTexts
from baton.domain.events.handoff_events import HandoffOffered
from baton.domain.events.recorded import Recorded, event_number
from baton.domain.history.change import Change
from baton.domain.history.lead_facts import milliseconds
from baton.domain.history.lead_fold import evolve, fold
from baton.domain.history.merged_view import merged_history
from baton.domain.lead_changes.consequences import AGREED, decided, may_follow
from baton.domain.leads.lead import Lead
from baton.domain.leads.signal_counts import SignalCounts
from baton.domain.leads.stage_and_status import NOT_FOR_HANDOVER, WITH_MARKETING, Status
from baton.domain.qualification import assessment, triggers
from baton.domain.qualification.duty_opening import request_review
from baton.domain.qualification.kept_from_sales import keep_from_sales
from baton.domain.qualification.triggers import TargetAccount
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.signal_counting import add_signals, counts_after, order_of, signals_in
from baton.domain.scoring.standing import Standing, basis_of, facts_of
from baton.domain.teams.roster import Roster
from baton.domain.trial.asked_points import AskedPoints, Place
from baton.domain.trial.crossings import Crossing, Listed, Replayed, nothing_listed
from baton.domain.trial.lead_commands import Command, LeadCommands
from baton.domain.trial.plain_signals import PlainSignal, fold_plain, only_tells
from baton.domain.trial.standings_in_replay import at_stage, rules_behind, with_lead


def replay(
    history: LeadCommands,
    card: Scorecard,
    until: datetime,
    listed: Listed = nothing_listed,
    *,
    to_the_end: bool = True,
) -> Replayed:
    """Returns what an agreement makes of a lead's commands before a moment.

    Args:
        history: the lead's commands, in order of arrival.
        card: the rules of the agreement.
        until: the moment up to which time passes; commands from it on are not known.
        listed: the target accounts, as they were listed at each moment.
        to_the_end: whether the points are counted up to the end; without it the replay ends with the first
            handover, and tells nothing of points.
    """
    replaying = _Replaying(history, card, listed, to_the_end=to_the_end)
    for command in history.commands:
        if command.at >= until or not replaying.goes_on():
            break
        replaying.take(command)
    if replaying.goes_on():
        replaying.look(milliseconds(until) - 1)
    return replaying.result()


class _Replaying:
    """A lead in the middle of its replay. `pending` are plain signals that are counted, and not folded yet."""

    def __init__(self, history: LeadCommands, card: Scorecard, listed: Listed, *, to_the_end: bool) -> None:
        self.history, self.card, self.listed = history, card, listed
        self.lead: Lead | None = None
        self.tally = SignalCounts(card.version)
        self.taken: list[Recorded] = []
        self.pending: list[PlainSignal] = []
        self.last: Standing | None = None
        self.moment = Moment({}, self.tally, 0)
        self.asked_at = 0
        self.crossing: Crossing | None = None
        self.highest = self.score = 0
        self.by_hand, self.to_the_end = False, to_the_end
        self.asked = AskedPoints.of(card)
        self.place: Place | None = None
        self.stage_counts = "stage" in card.basis

    def goes_on(self) -> bool:
        """Tells whether further commands matter."""
        if self.by_hand or (self.lead is not None and self.lead.merged_into):
            return False
        return self.to_the_end or self.crossing is None

    def result(self) -> Replayed:
        """Returns what has been found."""
        rules = tuple(rules_behind(self.last)) if self.last else ()
        absorbed = self.lead is not None and self.lead.merged_into is not None
        return Replayed(self.crossing, self.highest, self.score, rules, self.by_hand, absorbed)

    def take(self, command: Command) -> None:
        """Takes the next command, after the looks that are due before it."""
        self.look(command.moment)
        if command.plain and self._counts_alone(command.plain, command.at):
            self._count(command.plain, command.moment)
        elif any(isinstance(each.event, HandoffOffered) for each in command.events):
            self.by_hand = self.crossing is None
        elif not self._learn(command.events, command.at):
            self._decide(command.events, command.at)
        self.taken += command.events

    def look(self, until: int) -> None:
        """Asks at the moments up to `until` at which something may hold by time alone."""
        if not self.asked.looks_by_time and self._waits_for_nothing():
            return
        while self.crossing is None and self.lead is not None and self.last is not None:
            at = self._next_look(self.lead, self.last, until)
            if at is None:
                return
            self._decide((), datetime.fromtimestamp(at / 1000, tz=UTC))
            self.asked_at = at

    def _waits_for_nothing(self) -> bool:
        """Tells whether nothing about the lead changes by time alone but points that fade towards zero from above."""
        lead = self.lead
        return lead is None or not (lead.look_at or lead.review_on or self.asked.lowering & self.tally.awards.keys())

    def _next_look(self, lead: Lead, last: Standing, until: int) -> int | None:
        dated = (lead.look_at, lead.review_on if lead.status is Status.PARKED else None)
        due = [at for each in dated if each and self.asked_at < (at := milliseconds(each)) <= until]
        if lead.status in WITH_MARKETING and not (lead.held and milliseconds(lead.held.until) > self.asked_at):
            standing = last.moved(self.asked_at)
            target = self._target(lead, self.asked_at)
            coming = assessment.moments_to_come(lead, standing, target, min(due, default=until))
            due += [at for at in coming if assessment.holds_at(lead, standing.moved(at), target)][:1]
        return min(due, default=None)

    def _target(self, lead: Lead, at: int) -> TargetAccount | None:
        return self.listed(lead, datetime.fromtimestamp(at / 1000, tz=UTC))

    def _counts_alone(self, signal: PlainSignal, at: datetime) -> bool:
        """Tells whether a plain signal does nothing but count: it is not late, and no target account is concerned."""
        lead = self.lead
        if lead is None or lead.status in NOT_FOR_HANDOVER or signal.event.kind in self.card.kinds.unsubscribing:
            return False
        if signal.domain and signal.domain != lead.company.domain:
            return False
        return signal.order > self.tally.latest and self.listed(lead, at) is None

    def _count(self, signal: PlainSignal, at: int) -> None:
        texts, which = signal.texts_by(self.card, self.asked.library), event_number(signal.recorded)
        self.card.count(self.moment, texts, signal.order, which, from_person=signal.event.from_person)
        self.pending.append(signal)
        if self.last is None or not (self.asked.always or texts["content_stage"] or self.card.heeds(texts["kind"])):
            return
        standing = self.last.moved(at, self.tally)
        if self._stays(standing, texts):
            self.last, self.asked_at = standing, at
            self._reached(standing)
        elif not self._ask(standing, self.lead):
            last = self.pending.pop().recorded
            self._decide((last,), last.at)

    def _stays(self, standing: Standing, texts: SignalTexts) -> bool:
        """Tells whether nothing that a condition asks for has changed by a plain signal since the lead was last asked.

        Who earned again after a person's decision is always asked.
        """
        asked = self.asked
        if self.crossing is not None:
            return True
        if asked.always or (asked.by_content and texts["content_stage"]) or asked.counts(self.card, texts["kind"]):
            return False
        return standing.lead.decided_at is None and self.place == asked.place_of(standing)

    def _learn(self, events: tuple[Recorded, ...], at: datetime) -> bool:
        """Takes signals that tell facts, and asks what follows; returns whether that was all."""
        kinds, lead = self.card.kinds.unsubscribing, self.lead
        if not all(only_tells(each.event, kinds) for each in events) or (lead and lead.status not in WITH_MARKETING):
            return False
        self.lead = before = self._folded()
        after = self._recorded(before, events).after
        if after is None or self.listed(after, at) is not None:
            return False
        facts = facts_of(after, self.card)
        basis, new = basis_of(facts, self.card), signals_in(events)
        late = before and any(order_of(each) < self.tally.latest for each in new)
        if before is None or late or basis != self.tally.basis:
            new = [*signals_in(self._signals(after)), *new]
            self.tally = SignalCounts(self.card.version, basis)
        add_signals(new, self.tally, self.card, facts, after.lead_id)
        standing = Standing(after, self.card, self.tally, milliseconds(at))
        standing.__dict__["facts"] = facts
        self.moment = Moment(facts, self.tally, standing.at)
        return self._ask(standing, before)

    def _ask(self, standing: Standing, before: Lead | None) -> bool:
        """Asks, after signals, what `decided` asks after every command; returns whether that was all.

        It is all unless a lead is woken, is kept from sales, or gets other points with its stage; then nothing is kept.
        """
        found, now = standing, datetime.fromtimestamp(standing.at / 1000, tz=UTC)
        due = None
        if self.crossing is None:
            while risen := assessment.stage_reached(found.lead, found):
                if self.stage_counts:
                    return False
                found = at_stage(found, risen[0], now)
            due = triggers.due_handover(found.lead, found, None, now)
            if not due:
                if keep_from_sales(found.lead, found, None, now):
                    return False
                if assessment.review_requests(found.lead, found, before):
                    if found.lead.status is not Status.NURTURING:
                        return False
                    found = with_lead(found, {"status": Status.IN_REVIEW, "status_since": now})
        self.lead, self.last, self.asked_at, self.place = found.lead, found, found.at, self.asked.place_of(found)
        if due:
            self.crossing = Crossing(found.at, due.trigger, due.terms.team, found.uncut)
        self._reached(found)
        return True

    def _decide(self, events: tuple[Recorded, ...], at: datetime) -> None:
        """Asks everything that the product asks after a command; none: because of the time alone."""
        before = self._folded()
        change = self._recorded(before, events)
        if not events and before and before.status is Status.PARKED and before.review_on and before.review_on <= at:
            agreed = self.card.agreement
            review = request_review(before, "the agreed time has passed", agreed, self.card.version, at)
            change = change.then([review], at, AGREED)
        if self.crossing is None and may_follow(change) and change.after is not None:
            change, _ = decided(
                change,
                self.card,
                self.listed(change.after, at),
                at,
                history=lambda: self._signals(change.after),
                roster=lambda _: Roster(),
            )
        else:
            change = change.with_counts(counts_after(change, self.card, lambda: self._signals(change.after)))
        self._adopt(change, milliseconds(at))

    def _recorded(self, before: Lead | None, events: tuple[Recorded, ...]) -> Change:
        """Returns the change by events as they are recorded."""
        begun = None if before else self.history.begun or fold(events)
        after = reduce(evolve, events, before) if before else begun
        return Change(self.history.lead_id, before, after, events)

    def _signals(self, lead: Lead | None) -> Iterable[Recorded]:
        """Returns what was known before the present command, the signals of merged leads included."""
        if lead is None or not (lead.parts or lead.ceded):
            return self.taken
        others = [(part, self.history.others.get(part.lead_id, ())) for part in lead.parts]
        return merged_history(lead, self.taken, others)

    def _folded(self) -> Lead | None:
        """Returns the lead with all that is counted, as the product stores it."""
        if self.lead is None:
            return None
        lead = fold_plain(self.lead, self.pending) if self.pending else self.lead
        self.pending = []
        return lead.model_copy(update={"tally": self.tally.as_data()})

    def _adopt(self, change: Change, at: int) -> None:
        offered = [event for event in change.happened if isinstance(event, HandoffOffered)]
        lead = change.after
        if lead is None:
            return
        if offered and change.before:
            lead = lead.model_copy(update={"status": change.before.status, "handoff": change.before.handoff})
        elif offered:
            lead = lead.model_copy(update={"status": Status.NURTURING, "handoff": None})
        self.lead, self.asked_at = lead, at
        self.tally = SignalCounts.from_data(lead.tally) if lead.tally else SignalCounts(self.card.version)
        is_target = self.listed(lead, datetime.fromtimestamp(at / 1000, tz=UTC)) is not None
        self.last = Standing(lead, self.card, self.tally, at, is_target)
        self.place = None
        self.moment = Moment(self.last.facts, self.tally, at)
        if offered and self.crossing is None:
            self.crossing = Crossing(at, offered[0].trigger, offered[0].team, self.last.uncut)
        self._reached(self.last)

    def _reached(self, standing: Standing) -> None:
        if not self.to_the_end:
            return
        self.highest = max(self.highest, standing.uncut)
        self.score = max(self.score, standing.total)
