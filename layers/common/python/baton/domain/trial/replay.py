"""Replays a lead's commands under an agreement, by the same pure commands that the product asks after each of them.

What the product asks after every event is asked here only where something could have changed: after a signal for
which no rule and no condition asks, nothing can newly hold, but at the moments that follow from time alone.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import reduce
from typing import NamedTuple

from baton.domain.conditions.compiled_conditions import Moment
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
from baton.domain.scoring.signal_counting import counts_after, texts_of
from baton.domain.scoring.standing import Standing
from baton.domain.teams.roster import Roster
from baton.domain.trial.lead_commands import Command, LeadCommands
from baton.domain.trial.plain_signals import PlainSignal, fold_plain

Listed = Callable[[Lead, datetime], TargetAccount | None]
"""Gives the target account that a lead belonged to at a moment, by the list as it was then."""


def nothing_listed(_lead: Lead, _at: datetime) -> TargetAccount | None:
    """Lists no target account."""
    return None


class Crossing(NamedTuple):
    """The first handover of a lead under an agreement.

    `at` is in milliseconds since 1970, and `uncut` the sum of all points then, in hundredths, before any limit.
    """

    at: int
    trigger: str
    team: str
    uncut: int


class Replayed(NamedTuple):
    """What an agreement makes of a lead: its first handover, if any, and its points.

    `highest` is the highest sum of points that it reached, in hundredths, before any limit; `score` the highest score,
    within the limits. `rules` are those that gave it points, at the end. `by_hand`: a person handed it over before
    any rule did.
    """

    crossing: Crossing | None
    highest: int
    score: int
    rules: tuple[str, ...]
    by_hand: bool = False
    absorbed: bool = False


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
        to_the_end: whether the points are counted up to the end; without it the replay ends with the first handover.
    """
    replaying = _Replaying(history, card, listed)
    for command in history.commands:
        if command.at >= until or not replaying.goes_on(to_the_end):
            break
        replaying.take(command)
    if replaying.goes_on(to_the_end):
        replaying.look(milliseconds(until) - 1)
    return replaying.result()


class _Replaying:
    """A lead in the middle of its replay. `pending` are plain signals that are counted, and not folded yet."""

    def __init__(self, history: LeadCommands, card: Scorecard, listed: Listed) -> None:
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
        self.by_hand = False
        self.silence = bool(card.turning_points["silent_for"])

    def goes_on(self, to_the_end: bool) -> bool:
        """Tells whether further commands matter."""
        if self.by_hand or (self.lead is not None and self.lead.merged_into):
            return False
        return to_the_end or self.crossing is None

    def result(self) -> Replayed:
        """Returns what has been found."""
        rules = tuple(_rules(self.last)) if self.last else ()
        absorbed = self.lead is not None and self.lead.merged_into is not None
        return Replayed(self.crossing, self.highest, self.score, rules, self.by_hand, absorbed)

    def take(self, command: Command) -> None:
        """Takes the next command, after the looks that are due before it."""
        self.look(command.moment)
        if command.plain and self._counts_alone(command.plain, command.at):
            self._count(command.plain, command.moment)
        elif any(isinstance(each.event, HandoffOffered) for each in command.events):
            self.by_hand = self.crossing is None
        else:
            self._decide(command.events, command.at)
        self.taken += command.events

    def look(self, until: int) -> None:
        """Asks at the moments up to `until` at which something may hold by time alone."""
        while self.crossing is None and self.lead is not None and self.last is not None:
            at = self._next_look(self.lead, self.last, until)
            if at is None:
                return
            self._decide((), datetime.fromtimestamp(at / 1000, tz=UTC))
            self.asked_at = at

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
        return signal.order > self.tally.latest and self.listed(lead, at) is None

    def _count(self, signal: PlainSignal, at: int) -> None:
        texts, which = texts_of(signal.event, self.card), event_number(signal.recorded)
        self.card.count(self.moment, texts, signal.order, which, from_person=signal.event.from_person)
        self.pending.append(signal)
        if self.last and (self.silence or texts["content_stage"] or self.card.heeds(texts["kind"])):
            self._ask(self.last.moved(at, self.tally), at)

    def _ask(self, standing: Standing, at: int) -> None:
        """Asks, after a signal that only counts, what is asked after every command; what follows is then decided."""
        self.last, self.asked_at = standing, at
        self._reached(standing)
        if self.crossing is not None:
            return
        lead, now = standing.lead, datetime.fromtimestamp(at / 1000, tz=UTC)
        risen = assessment.stage_reached(lead, standing)
        if not risen and (due := triggers.due_handover(lead, standing, None, now)):
            self.crossing = Crossing(at, due.trigger, due.terms.team, standing.uncut)
        elif risen or assessment.review_requests(lead, standing, lead) or keep_from_sales(lead, standing, None, now):
            last = self.pending.pop().recorded
            self._decide((last,), last.at)

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
        if self.lead is None or not self.pending:
            return self.lead
        lead = fold_plain(self.lead, self.pending).model_copy(update={"tally": self.tally.as_data()})
        self.pending = []
        return lead

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
        self.moment = Moment(self.last.facts, self.tally, at)
        if offered and self.crossing is None:
            self.crossing = Crossing(at, offered[0].trigger, offered[0].team, self.last.uncut)
        self._reached(self.last)

    def _reached(self, standing: Standing) -> None:
        self.highest = max(self.highest, standing.uncut)
        self.score = max(self.score, standing.total)


def _rules(standing: Standing) -> Iterable[str]:
    """Yields the rules that gave the lead points, also where these have faded since."""
    yield from (rule for rule, _, _, awarded in standing.fits if awarded)
    counted = standing.tally
    for rule in counted.awards.keys() | counted.carried.keys():
        if any(award[1] for award in (*counted.awards.get(rule, ()), *counted.carried.get(rule, ()))):
            yield rule
