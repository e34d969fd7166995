"""A sample of the newest leads, on which a text is tried while somebody writes it.

What costs is reading histories, so a warm function keeps the sample for some minutes in its memory, replayed under
today's agreement: the next text is replayed alone. It is a cache and no more; who reads an answer gets names that were
read for it. Nothing of it is stored or logged.
"""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import NamedTuple

from baton.agreement.terms.agreement import AgreementInForce
from baton.aws.table.store import Store
from baton.aws.trials.kinds_then import KindsThen
from baton.aws.trials.leads_in_period import LeadHistories, LeadsInPeriod, became_known
from baton.aws.trials.listed_then import ListedThen
from baton.aws.trials.tried_leads import StoredLead, StoredLeads, card_of, unless_faulty
from baton.domain.reports.rows.span import Span
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.trial.sampled_leads import SampledLead, Sampling, TriedLead
from baton.domain.trial.trial_rows import ABSORBED, NOTHING_KNOWN

LOOKED_BACK = timedelta(days=182)
MOST_LEADS, MOST_EVENTS, LONGEST = 150, 20_000, 2_000
"""A sample has so many leads and events at most; a lead with a longer history is left out, and counted."""
MOST_MOVES = 10_000
"""Among so many of the last moves the newest leads are sought: most moves may be of leads that are long known."""
SECONDS = 3.0
"""How long at most leads are read, and how long they are replayed under a text."""
KEPT_FOR = timedelta(minutes=5)
AT_ONCE = 8
TOO_LONG = f"more than {LONGEST:,} events; a trial of all leads has them"


class Sample(NamedTuple):
    """The newest leads as of a moment, replayed under a version of the agreement, the newest first.

    `more` tells whether older leads of the last half year were not read.
    """

    version: int
    as_of: datetime
    sampling: Sampling
    leads: Sequence[SampledLead]
    left_out: Mapping[str, int]
    more: bool

    def is_of(self, version: int, now: datetime) -> bool:
        """Tells whether the sample is new enough to answer a question of now, beside this version."""
        return self.version == version and now - self.as_of < KEPT_FOR


class TriedSample(NamedTuple):
    """The leads of a sample under a draft, as many as there was time for; who is left out, and if there are more."""

    leads: Sequence[TriedLead]
    left_out: Mapping[str, int]
    more: bool


@dataclass(slots=True)
class LeadSamples:
    """Reads samples of leads, and keeps the last one."""

    store: Store
    _kept: Sample | None = field(default=None)

    def newest(self, today: AgreementInForce, now: datetime) -> Sample:
        """Returns the newest leads: those of the last question, if that was a moment ago beside the same version."""
        if self._kept is None or not self._kept.is_of(today.version, now):
            self._kept = None  # its room is needed
            self._kept = self._read(today, now)
        return self._kept

    def _read(self, today: AgreementInForce, now: datetime) -> Sample:
        end, listed = time.monotonic() + SECONDS, ListedThen(self.store)
        sampling = Sampling(card_of(today), now, listed.at, KindsThen(self.store).at)
        leads = StoredLeads(LeadHistories(self.store, now, LONGEST), listed)
        moves = LeadsInPeriod(self.store, Span(now - LOOKED_BACK, now)).newest_moves()
        ids = (lead_id for move in islice(moves, MOST_MOVES) for lead_id in became_known([move]))
        found, left_out, events = list[SampledLead](), Counter[str](), 0
        with ThreadPoolExecutor(AT_ONCE) as at_once:
            while some := list(islice(ids, min(2 * AT_ONCE, MOST_LEADS - len(found)))):
                for read in at_once.map(partial(_sampled, leads=leads, sampling=sampling), some):
                    if isinstance(read, str):
                        left_out[read] += 1
                    elif read:
                        found.append(read)
                        events += len(read.commands.commands)
                if events > MOST_EVENTS or time.monotonic() > end:
                    break
        more = next(ids, None) is not None or next(moves, None) is not None
        return Sample(today.version, now, sampling, found, left_out, more)


def try_sample(sample: Sample, draft: Scorecard) -> TriedSample:
    """Replays a sample under a draft, the newest leads first, until the seconds are over."""
    end, tried, left_out = time.monotonic() + SECONDS, list[TriedLead](), Counter(sample.left_out)
    for lead in sample.leads:
        if tried and time.monotonic() > end:
            return TriedSample(tried, left_out, more=True)
        found = unless_faulty(lead.lead_id, partial(sample.sampling.crossing, lead, draft))
        if isinstance(found, str):
            left_out[found] += 1
        else:
            tried.append(TriedLead(lead, found))
    return TriedSample(tried, left_out, sample.more)


def _sampled(lead_id: str, leads: StoredLeads, sampling: Sampling) -> SampledLead | str | None:
    """Returns a lead replayed under today's agreement, or why it is left out; None if it has been erased."""
    return unless_faulty(lead_id, lambda: _replayed_today(lead_id, leads, sampling))


def _replayed_today(lead_id: str, leads: StoredLeads, sampling: Sampling) -> SampledLead | str | None:
    stored = leads.read(lead_id)
    if not isinstance(stored, StoredLead):
        return stored
    if stored.events >= LONGEST:
        return TOO_LONG
    if stored.lead.merged_into:
        return ABSORBED
    return sampling.sampled(stored.commands, stored.became) or NOTHING_KNOWN
