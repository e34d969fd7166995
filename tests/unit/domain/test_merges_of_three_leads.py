"""Merges of three leads, undone in any order: in the end each lead has the signals sent to its address."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from baton.domain.basics.refusals import Refused
from baton.domain.events.signal_events import SignalRecorded
from baton.domain.lead_changes.merge_decisions import merge, unmerge
from baton.domain.leads.lead import Lead
from baton.domain.signals.signal_recording import Signal, record_signal
from tests.unit.domain.test_merge_decisions import KINDS, Leads
from tests.unit.examples import examples

IDS = [letter * 24 for letter in "abc"]
Step = tuple[str, str, str | int]


class ThreeLeads(Leads):
    """Three leads of which any may be merged into any, and out of it again."""

    def __init__(self) -> None:
        super().__init__(histories={lead_id: [] for lead_id in IDS})
        for number, lead_id in enumerate(IDS):
            self.sent(lead_id, -number - 1)

    def remaining_lead(self, lead_id: str) -> Lead | None:
        lead = self.leads.get(lead_id)
        while lead and lead.merged_into:
            lead = self.leads[lead.merged_into]
        return lead

    def sent(self, to: str, name: int) -> None:
        """Sends a signal with a message id of its own to one address."""
        self.now += timedelta(minutes=1)
        signal = Signal(
            email=f"{to[0]}@example.org",
            lead_id=to,
            kind=KINDS[name % len(KINDS)],
            source="tool",
            message_id=f"{name}-{self.now}",
            reference=f"{name}-{self.now}",
            profile={"title": f"title {name}"},
        )
        stands = self.remaining_lead(to)
        self.happens(stands.lead_id if stands else to, record_signal(stands, signal, 1, self.now))

    def merge_if_allowed(self, one: str, other: str) -> None:
        """Merges the leads that now stand for the two ids, unless refused."""
        self.now += timedelta(minutes=1)
        stays, goes = self.remaining_lead(one), self.remaining_lead(other)
        assert stays
        assert goes
        if stays.lead_id == goes.lead_id:
            return
        try:
            to_one, to_other = merge(stays, goes, None)
        except Refused:
            return
        self.happens(stays.lead_id, to_one)
        self.happens(goes.lead_id, to_other)

    def unmerge_if_possible(self, lead_id: str) -> None:
        """Unmerges a lead from the one that it was merged into, unless that one was merged, too."""
        self.now += timedelta(minutes=1)
        other = self.leads[lead_id]
        stays = self.leads[other.merged_into] if other.merged_into else None
        if stays is None or stays.merged_into:
            return
        history, elsewhere = self.histories[stays.lead_id], self.taken_for(stays.lead_id)
        to_one, to_other = unmerge(stays, history, elsewhere, other, None)
        self.happens(stays.lead_id, to_one)
        self.happens(lead_id, to_other)

    def apply(self, step: Step) -> None:
        match step:
            case "sent", to, int(name):
                self.sent(to, name)
            case "merge", one, str(other):
                self.merge_if_allowed(one, other)
            case _:
                self.unmerge_if_possible(step[1])

    def signals(self) -> int:
        """Returns the number of signals of all remaining leads."""
        standing = [lead for lead in self.leads.values() if not lead.merged_into]
        counted = [each.event for lead in standing for each in self.whole_history(lead)]
        return sum(isinstance(event, SignalRecorded) for event in counted)

    def engagement(self) -> list[int]:
        return [self.standing(lead_id).engagement for lead_id in IDS]


ANY = st.sampled_from(IDS)
STEP = st.one_of(
    st.tuples(st.just("sent"), ANY, st.integers(0, 11)),
    st.tuples(st.just("merge"), ANY, ANY),
    st.tuples(st.just("unmerge"), ANY, st.just("")),
)


@given(st.lists(STEP, min_size=1, max_size=20))
@examples(200)
def test_each_lead_has_the_signals_sent_to_its_address_once_all_merges_are_undone(story: list[Step]) -> None:
    leads, apart = ThreeLeads(), ThreeLeads()
    for step in story:
        leads.apply(step)
        apart.now = leads.now - timedelta(minutes=1)
        if step[0] == "sent":
            apart.apply(step)
        leads.check_laws()
        assert leads.signals() == apart.signals(), "each counts once"
    for _ in IDS:
        for lead_id in IDS:
            leads.unmerge_if_possible(lead_id)
    leads.check_laws()
    assert not [lead for lead in leads.leads.values() if lead.merged_into]
    apart.now = leads.now
    assert leads.engagement() == apart.engagement()
    for lead_id in IDS:
        one, other = leads.leads[lead_id], apart.leads[lead_id]
        assert (one.profile, one.stage, one.last_inbound_at) == (other.profile, other.stage, other.last_inbound_at)
