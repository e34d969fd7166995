"""Laws of a merge of two leads: undone, both are as before; the choice of the remaining lead changes no points."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from baton.domain.events.recorded import Event, Recorded
from baton.domain.events.signal_events import SignalRecorded
from baton.domain.history.change import Change
from baton.domain.history.lead_fold import fold
from baton.domain.history.merged_view import merged_history
from baton.domain.lead_changes.merge_decisions import merge, unmerge
from baton.domain.leads.lead import Lead
from baton.domain.leads.merged_histories import MergedPart
from baton.domain.leads.signal_counts import SignalCounts
from baton.domain.leads.stage_and_status import Status
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.signal_counting import counts_after, recount
from baton.domain.scoring.standing import Standing
from baton.domain.signals.signal_recording import Signal, record_signal
from tests.unit.examples import examples
from tests.unit.given import IN_FORCE, NOW

CARD = Scorecard(IN_FORCE)
WORK, HOME = "w" * 24, "h" * 24
EMAILS = {WORK: "anna@work.example", HOME: "anna@home.example"}
NOT_A_FACT = {"version", "updated_at", "timer", "parts", "tally"}


@dataclass
class Leads:
    """Two leads with their histories, as the table keeps them."""

    leads: dict[str, Lead] = field(default_factory=dict)
    histories: dict[str, list[Recorded]] = field(default_factory=lambda: {WORK: [], HOME: []})
    now: datetime = NOW

    def whole_history(self, lead: Lead) -> list[Recorded]:
        return merged_history(
            lead, self.histories[lead.lead_id], [(each, self.histories[each.lead_id]) for each in lead.parts]
        )

    def happens(self, lead_id: str, happened: list[Event]) -> None:
        change = Change.begin(self.leads.get(lead_id), lead_id).then(happened, self.now, "test")
        assert change.after
        change = change.with_counts(counts_after(change, CARD, lambda: self.whole_history(change.after)))
        self.leads[lead_id] = change.after
        self.histories[lead_id] += change.events

    def record(self, signal: Signal) -> None:
        """A signal reaches whoever stands for the address."""
        known = self.leads.get(str(signal.lead_id))
        stands = self.leads[known.merged_into] if known and known.merged_into else known
        to = stands.lead_id if stands else str(signal.lead_id)
        self.happens(to, record_signal(stands, signal, 1, self.now))

    def merged(self, one: str, other: str) -> None:
        to_one, to_other = merge(self.leads[one], self.leads[other], None)
        self.happens(one, to_one)
        self.happens(other, to_other)

    def unmerged(self, one: str, other: str) -> None:
        to_one, to_other = unmerge(self.leads[one], self.histories[one], self.taken_for(one), self.leads[other], None)
        self.happens(one, to_one)
        self.happens(other, to_other)

    def taken_for(self, lead_id: str) -> list[tuple[MergedPart, list[Recorded]]]:
        parts = [part for part in self.leads[lead_id].parts if part.only and not part.came_with]
        return [(part, self.histories[part.lead_id][part.after : part.until]) for part in parts]

    def facts(self) -> list[dict[str, Any]]:
        return [self.leads[each].model_dump(exclude=NOT_A_FACT) for each in (WORK, HOME)]

    def points(self) -> list[int]:
        return [self.standing(each).engagement for each in (WORK, HOME)]

    def standing(self, lead_id: str) -> Standing:
        lead = self.leads[lead_id]
        return Standing(lead, CARD, SignalCounts.from_data(lead.tally or {}), round(self.now.timestamp() * 1000))

    def check_laws(self) -> None:
        """Folding a history gives its lead, counting it anew its tally, and the ledger adds up."""
        for lead_id, lead in self.leads.items():
            assert fold(self.histories[lead_id]) == lead.model_copy(update={"tally": None})
            if not lead.merged_into:
                assert recount(lead, self.whole_history(lead), CARD).as_data() == lead.tally
                standing = self.standing(lead_id)
                assert sum(line.points for line in standing.ledger()) == standing.total


KINDS = ("content_downloaded", "webinar_attended", "email_opened", "page_visited")


@st.composite
def signals(draw: st.DrawFn, lead_id: str | None = None) -> Signal:
    """Something that one of the two did; its sender may have told it of the other, too."""
    of, name = lead_id or draw(st.sampled_from([WORK, HOME])), draw(st.integers(0, 12))
    at = NOW - timedelta(minutes=draw(st.integers(0, 100_000)))
    return Signal(
        email=EMAILS[of],
        lead_id=of,
        kind=KINDS[name % len(KINDS)],
        source="tool",
        message_id=f"m{name}",
        reference=f"{of}-{name}",
        occurred_at=at,
        content=draw(st.sampled_from(["guide", "pricing", None])),
        profile={draw(st.sampled_from(["title", "phone", "country"])): draw(st.sampled_from(["CEO", "DE", "1"]))},
    )


def several(of: str | None = None) -> st.SearchStrategy[list[Signal]]:
    """Signals, no message of them told twice to the same lead."""
    return st.lists(signals(of), min_size=1, max_size=8, unique_by=lambda each: each.reference)


def known(*histories: list[Signal]) -> Leads:
    leads = Leads()
    for signal in [each for history in histories for each in history]:
        leads.record(signal)
        leads.now += timedelta(minutes=1)
    return leads


@given(several(WORK), several(HOME))
@examples(150)
def test_an_undone_merge_restores_both_leads(work: list[Signal], home: list[Signal]) -> None:
    leads = known(work, home)
    facts, points = leads.facts(), [leads.leads[each].tally for each in (WORK, HOME)]
    leads.merged(WORK, HOME)
    leads.check_laws()
    leads.unmerged(WORK, HOME)
    leads.check_laws()
    assert leads.facts() == facts
    assert [leads.leads[each].tally for each in (WORK, HOME)] == points


@given(several(WORK), several(HOME), several())
@examples(150)
def test_an_undone_merge_gives_each_lead_the_signals_sent_to_its_address_meanwhile(
    work: list[Signal], home: list[Signal], since: list[Signal]
) -> None:
    names = {each.reference for each in (*work, *home)}
    since = [each for each in since if each.reference not in names]
    apart, together = known(work, home), known(work, home)
    together.merged(WORK, HOME)
    for leads in (apart, together):
        for signal in since:
            leads.record(signal)
    together.check_laws()
    together.unmerged(WORK, HOME)
    together.check_laws()
    assert together.points() == apart.points()
    for one, other in zip(together.facts(), apart.facts(), strict=True):
        assert {**one, "learned": 0, "ceded": 0, "recent": 0} == {**other, "learned": 0, "ceded": 0, "recent": 0}
        assert sorted(map(str, one["recent"])) == sorted(map(str, other["recent"]))


@given(several(WORK), several(HOME))
@examples(150)
def test_engagement_and_funnel_of_a_merged_lead_do_not_depend_on_the_remaining_lead(
    work: list[Signal], home: list[Signal]
) -> None:
    one, other = known(work, home), known(work, home)
    one.merged(WORK, HOME)
    other.merged(HOME, WORK)
    assert one.standing(WORK).engagement == other.standing(HOME).engagement
    assert one.standing(WORK).funnel == other.standing(HOME).funnel


@given(several(), st.integers(0, 8))
@examples(150)
def test_a_signal_sent_for_both_leads_counts_once_after_a_merge_at_any_time(
    told: list[Signal], merged_after: int
) -> None:
    """The repeat keys keep the second one out once both are one; before that, both leads are told."""
    leads = Leads()
    first = [Signal(email=EMAILS[of], lead_id=of, kind="seen", source="x", reference=of) for of in (WORK, HOME)]
    for signal in first:
        leads.record(signal)
    seen = set[str]()
    for place, signal in enumerate(told):
        if place == merged_after:
            leads.merged(WORK, HOME)
        if place < merged_after or signal.message_id not in seen:
            leads.record(signal)
        seen.add(str(signal.message_id))
    if len(told) <= merged_after:
        leads.merged(WORK, HOME)
    leads.check_laws()
    counted_once = {each.event.message_id for each in leads.whole_history(leads.leads[WORK]) if is_message(each)}
    assert len(counted_once) == sum(is_message(each) for each in leads.whole_history(leads.leads[WORK]))


def is_message(recorded: Recorded) -> bool:
    return isinstance(recorded.event, SignalRecorded) and recorded.event.message_id is not None


def test_the_lead_with_the_further_status_remains_after_a_merge() -> None:
    leads = known([Signal(email=EMAILS[of], lead_id=of, kind="seen", source="x", reference=of) for of in (WORK, HOME)])
    ranks = (Status.IN_REVIEW, Status.WON, Status.PARKED, Status.LOST, Status.DISQUALIFIED, Status.NURTURING)
    for further, less in pairwise(ranks):
        pair = [leads.leads[each].model_copy(update={"status": at}) for each, at in ((WORK, further), (HOME, less))]
        assert merge(*pair, None)
