"""Measures a trial: its processor time beside the naive way, which asks after every event, and its memory."""

import gc
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from baton.agreement.reading.agreement_reader import packaged_text, read_agreement
from baton.agreement.terms.agreement import AgreementInForce
from baton.domain.events.recorded import Recorded
from baton.domain.history.change import Change
from baton.domain.history.lead_facts import milliseconds
from baton.domain.lead_changes.consequences import may_follow, with_consequences
from baton.domain.leads.lead import Lead
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.signals.message_batches import record_batch
from baton.domain.teams.roster import Roster
from baton.domain.timers.deadlines import next_look_at
from baton.domain.trial.figures.trial_figures import Asked, trial_figures
from baton.domain.trial.figures.trial_sums import Summing, TrialSums
from baton.domain.trial.lead_commands import commands_of_messages
from baton.domain.trial.trial_rows import TrialRow, Tried, try_lead
from bench.report import Section
from bench.trial_history import UNTIL, KnownLead, known_leads, write_lists

LEADS, SIGNALS, LIMIT_SECONDS = 10_000, 20, 30.0
MANY_LEADS, MANY_SIGNALS, LINEAR = 50_000, 50, 1.5
NAIVE_LEADS, PAGE = 500, 500
FEW_LISTED, MEMORY_GROWS = LEADS // 4, 1.25
DRAFT = (
    ("threshold: 100 ", "threshold: 80 "),
    ("points: 50, signal: {kind: content_downloaded}", "points: 30, signal: {kind: content_downloaded}"),
)


Handed = tuple[int, int]
"""How many leads today's agreement and the draft hand over."""


class Measured(NamedTuple):
    """A trial's seconds of processors and by the clock, its peak memory in MB, and whom each agreement hands over.

    Memory is that of its largest process.
    """

    seconds: float
    passed: float
    megabytes: float
    handed_over: Handed = (0, 0)


def measure() -> tuple[Section, bool]:
    """Measures, each trial in a process of its own, and tells whether all bars are met; it takes some ten minutes."""
    by_leads = f"{LEADS:,} leads × {SIGNALS} signals"
    whole = _told(f"{by_leads}, both agreements", LEADS, SIGNALS, _apart("replays", LEADS, SIGNALS))
    reckoned, same = _naive()
    naive = _told(f"the naive way, reckoned from {NAIVE_LEADS:,} leads", LEADS, SIGNALS, reckoned)
    from_csv = "python -m baton.trial, from CSV"
    few, more, at_once = (
        _told(f"{from_csv}, {leads:,} leads × {SIGNALS} signals, {how}", leads, SIGNALS, _apart(what, leads, SIGNALS))
        for leads, what, how in (
            (FEW_LISTED, "lists", "one process"),
            (LEADS, "lists", "one process"),
            (LEADS, "at_once", "all processors"),
        )
    )
    many = _told(
        f"{MANY_LEADS:,} leads × {MANY_SIGNALS} signals, both agreements",
        MANY_LEADS,
        MANY_SIGNALS,
        _apart("replays", MANY_LEADS, MANY_SIGNALS),
    )
    bars = (
        ("the trial finds the crossings of the naive way", same),
        (f"{by_leads} in at most {LIMIT_SECONDS:g} s of processor time", whole.figures.seconds <= LIMIT_SECONDS),
        (f"a signal of many costs at most {LINEAR:g} times as much", many.of_a_signal <= LINEAR * whole.of_a_signal),
        (f"the command takes {by_leads} from CSV to its report in at most {LIMIT_SECONDS:g} s on all processors",
         at_once.figures.passed <= LIMIT_SECONDS),
        (f"four times the lists take at most {MEMORY_GROWS:g} times the memory",
         more.figures.megabytes <= MEMORY_GROWS * few.figures.megabytes),
    )  # fmt: skip
    notes = [f"{'Held' if held else 'MISSED'}: {what}." for what, held in bars]
    notes += [
        "The naive way asks the deployed commands after every event, and again at each look that they schedule.",
        "Replays are of both agreements, with the making of their history; the limit in seconds is theirs.",
        "From CSV it is the whole command: lists are split, read and replayed, and the report is counted.",
    ]
    header = ("trial", "processor, s", "by the clock, s", "µs a signal", "peak memory, MB", "today", "draft")
    rows = [each.row for each in (whole, naive, few, more, at_once, many)]
    return Section("A trial", "trial", header, rows, notes), all(held for _, held in bars)


class _Told(NamedTuple):
    """What was measured of so many leads with so many signals each, in words."""

    what: str
    signals: int
    figures: Measured

    @property
    def of_a_signal(self) -> float:
        """Returns the processor time of a signal in microseconds."""
        return 1e6 * self.figures.seconds / self.signals

    @property
    def row(self) -> Sequence[str]:
        """Returns the row of the table."""
        seconds, passed, megabytes, handed_over = self.figures
        memory = f"{megabytes:.0f}" if megabytes else "–"
        handed = [f"{each:,}" if any(handed_over) else "–" for each in handed_over]
        return self.what, f"{seconds:.1f}", f"{passed:.1f}", f"{self.of_a_signal:.0f}", memory, *handed


def _told(what: str, leads: int, signals: int, figures: Measured) -> _Told:
    """Says at once what was measured, because the next measurement may take minutes."""
    told = _Told(what, leads * signals, figures)
    sys.stderr.write(f"{told.row[1]:>7} s of processor time, {told.row[2]} s by the clock: {what}\n")
    sys.stderr.flush()
    return told


def _apart(what: str, leads: int, signals: int) -> Measured:
    command = [sys.executable, "-m", "bench.trial", what, str(leads), str(signals)]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    seconds, passed, megabytes, handed = json.loads(said.splitlines()[-1])
    return Measured(seconds, passed, megabytes, tuple(handed))


def _tried() -> Tried:
    text = packaged_text()
    for before, after in DRAFT:
        text = text.replace(before, after, 1)
    return Tried(_card(packaged_text(), 1), _card(text, 2), UNTIL)


def _card(text: str, version: int) -> Scorecard:
    since = "2026-01-01T00:00:00.000Z"
    return Scorecard(AgreementInForce(version=version, in_force_since=since, agreement=read_agreement(text)))


def replays(leads: int, signals: int) -> tuple[float, float, Handed]:
    """Tries leads page by page, and adds up their sums; the making up of the history is not counted."""
    tried = _tried()
    gc.freeze()
    summing, sums, taken = Summing(tried.draft.agreement, tried.current.agreement), TrialSums(), 0.0
    history = known_leads(leads, signals)
    while page := list(islice(history, PAGE)):
        begun = time.process_time()
        sums = sums + summing.of(_try(tried, each) for each in page)
        taken += time.process_time() - begun
    begun = time.process_time()
    triggers = trial_figures(sums, Asked(tried.draft, {}, 1, {})).triggers
    handed = sum(triggers.get("today", {}).values()), sum(triggers.get("draft", {}).values())
    taken += time.process_time() - begun
    return taken, taken, handed


def _try(tried: Tried, lead: KnownLead) -> TrialRow:
    made = commands_of_messages(lead.lead_id, lead.arrivals, tried.draft.kinds)
    return try_lead(tried, lead.became, lambda _: made)


def lists(leads: int, signals: int, workers: int = 1) -> tuple[float, float, Handed]:
    """Runs the command on lists; the writing of the lists is not counted."""
    from baton.trial.__main__ import main  # only what is measured is loaded  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        draft, text = Path(folder) / "draft.yaml", packaged_text()
        for before, after in DRAFT:
            text = text.replace(before, after, 1)
        draft.write_text(text, encoding="utf-8")
        history = ["--history", *map(str, write_lists(leads, signals, Path(folder)))]
        begun, at = _processor_time(), time.monotonic()
        until = ["--as-of", UNTIL.date().isoformat()]
        main(["--agreement", str(draft), *until, "--workers", str(workers), *history])
        return _processor_time() - begun, time.monotonic() - at, (0, 0)


def at_once(leads: int, signals: int) -> tuple[float, float, Handed]:
    """Runs the command on lists, with a process for each processor."""
    return lists(leads, signals, os.cpu_count() or 1)


def _processor_time() -> float:
    """Returns the processor time of this process and of those that it began and that have ended."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _naive() -> tuple[Measured, bool]:
    """Measures the naive way on some leads, and tells whether the trial finds the same crossings for them."""
    tried, some = _tried(), list(known_leads(NAIVE_LEADS, SIGNALS))
    ends = [min(UNTIL, lead.became.closed_at or UNTIL) for lead in some]
    begun = time.process_time()
    found = [
        [_asked_after_every_event(lead, card, end) for card in (tried.current, tried.draft)]
        for lead, end in zip(some, ends, strict=True)
    ]
    seconds = (time.process_time() - begun) * LEADS / NAIVE_LEADS
    rows = [_try(tried, lead) for lead in some]
    crossings = [[each and (each.at, each.trigger) for each in (row.current, row.draft)] for row in rows]
    return Measured(seconds, seconds, 0.0), crossings == found


def _asked_after_every_event(lead: KnownLead, card: Scorecard, until: datetime) -> tuple[int, str] | None:
    known: Lead | None = None
    history = list[Recorded]()
    arrivals = [(at, [message]) for at, message in lead.arrivals if at < until]
    while arrivals or (known and (due := next_look_at(known)) and due < until):
        due = next_look_at(known) if known else None
        at, portion = (due, []) if due and (not arrivals or due <= arrivals[0][0]) else arrivals.pop(0)
        happened = record_batch(known, portion, card.version, at, card.kinds) if portion else []
        change = Change.begin(known, lead.lead_id).then(happened, at, "bench")
        if may_follow(change):
            change = with_consequences(
                change, card, None, at, history=lambda: history, roster=lambda _: Roster()  # noqa: B023
            )  # fmt: skip
        history += change.events
        known = change.after
        if known and known.handoff:
            return milliseconds(at), known.handoff.trigger
    return None


if __name__ == "__main__":
    measured = {"replays": replays, "lists": lists, "at_once": at_once}[sys.argv[1]]
    spent, passed, handed_over = measured(int(sys.argv[2]), int(sys.argv[3]))
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    sys.stdout.write(f"{json.dumps([spent, passed, peak, handed_over])}\n")
