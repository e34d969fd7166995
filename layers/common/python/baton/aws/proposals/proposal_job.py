"""Learns points from the leads of a period, in one run of a function; nothing of any lead is kept outside its memory.

A run that was cut off is begun anew from the first lead, and the same leads give the same proposal.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from baton.agreement.reading.agreement_reader import AgreementFaults
from baton.aws.agreement.agreement_versions import Versions
from baton.aws.proposals.proposal_items import FINISHED, REFUSED, RUNNING, PointsProposal, ProposalItems
from baton.aws.runtime import log
from baton.aws.sdk.faults import AwsRefused, AwsSilent
from baton.aws.table.store import Store
from baton.aws.trials.kinds_then import KindsThen
from baton.aws.trials.leads_in_period import LeadHistories, LeadsInPeriod
from baton.domain.basics.moments import iso
from baton.domain.events.recorded import Recorded
from baton.domain.reports.rows.span import Span
from baton.domain.scoring.agreed_kinds import AgreedKinds

READERS, PAGE = 8, 200
MOST_LEADS = 100_000
"""So many leads fit into the function's memory."""
SHORTER = "ask for a shorter period with `from`"


class Learnt(Protocol):
    """What was learned."""

    @property
    def figures(self) -> Mapping[str, Any]:
        """Figures of groups of leads."""

    @property
    def report(self) -> Sequence[str]:
        """The report in lines."""

    @property
    def draft(self) -> str | None:
        """The text of the draft; None if nothing is proposed."""

    @property
    def refused(self) -> str | None:
        """Why nothing can be learned; None if something was."""


class Learner(Protocol):
    """Learns points for one agreement."""

    def known(self, lead_id: str, history: Sequence[Recorded], others: Mapping[str, Sequence[Recorded]]) -> Any | None:
        """Returns a lead as it was known; None if it says nothing."""

    def learn(self, leads: Sequence[Any]) -> Learnt:
        """Returns what leads teach."""


Was = Callable[[datetime], AgreedKinds]
"""Gives what the agreement in force at a moment said of kinds of signals."""
Teach = Callable[[str, Mapping[str, Any], datetime, Was], Learner]
"""Takes an agreement's text, what was asked for, up to when histories go, and what was agreed of kinds then."""


class _Refused(Exception):
    """Nothing can be learned; the text says why."""


@dataclass(frozen=True, slots=True)
class ProposalJob:
    """Runs proposals; reading may take `seconds`."""

    store: Store
    seconds: float = 600.0

    def run(self, proposal_id: str, teach: Teach, clock: Callable[[], datetime]) -> PointsProposal:
        """Learns, saves the result, and returns the proposal; one that has ended stays as it is.

        Raises:
            NotFound: there is no such proposal.
        """
        items = ProposalItems(self.store)
        begun = items.read(proposal_id)
        if begun.state != RUNNING:
            return begun
        run = _Run(self.store, items, begun, clock)
        try:
            ended = run.learned(teach, time.monotonic() + self.seconds)
        except _Refused as refused:
            ended = replace(run.proposal, state=REFUSED, why=str(refused))
        now = iso(clock())
        ended = replace(ended, saved_at=now, finished_at=now)
        return ended if items.save(ended) else items.read(proposal_id)


class _Run:
    """One run of a proposal."""

    def __init__(
        self, store: Store, items: ProposalItems, proposal: PointsProposal, clock: Callable[[], datetime]
    ) -> None:
        self.store, self.items, self.proposal, self.clock = store, items, proposal, clock
        self.failed = list[str]()
        self.as_of = datetime.fromisoformat(proposal.started_at)

    def learned(self, teach: Teach, deadline: float) -> PointsProposal:
        """Returns the finished proposal."""
        learner = self._learner(teach)
        found = learner.learn(list(self._known(learner, deadline)))
        if found.refused:
            raise _Refused(found.refused)
        told = {"figures": dict(found.figures), "report": [*found.report]}
        return replace(self.proposal, state=FINISHED, learned=told, draft=found.draft)

    def _learner(self, teach: Teach) -> Learner:
        number = self.proposal.version
        version = Versions(self.store).numbered(number)
        try:
            text, was = version.yaml if version else "", KindsThen(self.store).at
            return teach(text, self.proposal.asked, self.as_of, was)
        except AgreementFaults as faulty:
            first = faulty.faults[0]
            said = f"version {number} of the agreement is none that this Baton reads: {first.place}: {first.detail}"
            raise _Refused(f"{said}; sign a draft without this fault first") from faulty

    def _known(self, learner: Learner, deadline: float) -> Iterator[Any]:
        """Yields the leads as they were known."""
        span = Span(datetime.fromisoformat(self.proposal.first), datetime.fromisoformat(self.proposal.last))
        ids = list(LeadsInPeriod(self.store, span).ids())
        if len(ids) > MOST_LEADS:
            raise _Refused(f"{len(ids):,} leads became known in this period, more than {MOST_LEADS:,}; {SHORTER}")
        histories = LeadHistories(self.store, self.as_of)
        with ThreadPoolExecutor(READERS) as readers:
            for begin in range(0, len(ids), PAGE):
                self._tell(len(ids), begin)
                if time.monotonic() > deadline:
                    raise _Refused(f"only {begin:,} of {len(ids):,} leads could be read in the time; {SHORTER}")
                page = readers.map(lambda lead_id: self._lead(lead_id, histories, learner), ids[begin : begin + PAGE])
                yield from (lead for lead in page if lead is not None)
        self._tell(len(ids), len(ids))

    def _lead(self, lead_id: str, histories: LeadHistories, learner: Learner) -> Any | None:
        """Returns a lead as it was known; None if it says nothing. A fault of this lead alone is logged and counted."""
        try:
            history, others = histories.of(lead_id)
            return learner.known(lead_id, history, others) if history else None
        except (AwsRefused, AwsSilent):
            raise
        except Exception as fault:
            log.error("a lead cannot be learned from", lead_id=lead_id, kind=type(fault).__name__)
            self.failed.append(lead_id)
            return None

    def _tell(self, leads: int, leads_read: int) -> None:
        done = replace(self.proposal, leads=leads, leads_read=leads_read, leads_failed=len(self.failed))
        self.proposal = replace(done, saved_at=iso(self.clock()))
        self.items.save(self.proposal)
