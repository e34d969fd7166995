"""Tries two agreements on lists: reads them part by part, replays lead by lead, and sums up."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from baton.agreement.terms.agreement import Agreement, AgreementInForce
from baton.domain.accounts.account_matching import domains_to_try
from baton.domain.history.lead_facts import milliseconds
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.trial.figures.trial_sums import Summing, TrialSums
from baton.domain.trial.lead_commands import Command, LeadCommands, commands_of_messages
from baton.domain.trial.listed_targets import ListedTargets
from baton.domain.trial.trial_rows import Became, TrialRow, Tried, try_lead
from baton.intake.history.history_lists import HistoryReader, LeadHistory, check_columns
from baton.intake.history.outcome_columns import State
from baton.trial.list_parts import Part, split_lists

Progress = Callable[[float], None]
"""Is told which share of the work is done, from 0 to 1."""
Keep = Callable[[str, TrialRow], None]
"""Takes a lead's address and its row."""
MUST_BE_HEARD = timedelta(days=30)
"""For so long sales may leave an open lead alone before a trial calls it forgotten."""
_READING = 0.1
"""The share of the work that splitting the lists is."""
_PARTS_OF_A_WORKER = 3


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists of a CRM: their paths, and how their columns, dates and numbers are written."""

    paths: Sequence[Path]
    mapping: Mapping[str, str | None] = field(default_factory=dict)
    spelling: Mapping[str, str] = field(default_factory=dict)

    @property
    def terms(self) -> dict[str, object]:
        """Returns the terms by which the address in each line is found."""
        address = {name: to for name, to in self.mapping.items() if to == "email"}
        return {**self.spelling, "kind": "leads", "mapping": address}


class Trying(NamedTuple):
    """What a trial of lists compares; it can be sent to another process, where the rules are compiled.

    `until` is the moment up to which the lists go. `keeps` says whether each lead's row is wanted.
    """

    today: Agreement
    draft: Agreement
    until: datetime
    targets: ListedTargets | None = None
    keeps: bool = False

    @property
    def compiled(self) -> Tried:
        """Returns both agreements, compiled."""
        return Tried(card_of(self.today, 1), card_of(self.draft, 2), self.until)


class TriedPart(NamedTuple):
    """The sums of the leads in a part, and the address and the row of each if they are kept."""

    sums: TrialSums
    kept: list[tuple[str, TrialRow]]


def try_lists(
    lists: Lists,
    trying: Trying,
    keep: Keep = lambda _email, _row: None,
    progress: Progress = lambda _: None,
    workers: int = 1,
) -> TrialSums:
    """Returns the sums of all leads in lists; memory is bounded by one part of them a worker, however many there are.

    `workers` is how many processes replay. The sums and the rows that are kept, with their order, do not depend on it.

    Raises:
        ListFault: a list cannot be read; the text names it and says what to do.
    """
    size = max(1, sum(path.stat().st_size for path in lists.paths))
    with tempfile.TemporaryDirectory(prefix="baton-trial-") as folder:
        found = split_lists(
            lists.paths, lists.terms, Path(folder), lambda done: progress(_READING * min(1, done / size))
        )
        check_columns(lists.mapping, found.columns)
        sums = TrialSums(left_out=found.left_out)
        for number, part in enumerate(_tried_parts(partial(try_part, lists, trying), found.parts, workers), 1):
            sums += part.sums
            for email, row in part.kept:
                keep(email, row)
            progress(_READING + (1 - _READING) * number / len(found.parts))
    return sums


def _tried_parts(try_one: Callable[[Part], TriedPart], parts: Sequence[Part], workers: int) -> Iterator[TriedPart]:
    """Yields the parts in their order; a process has three at least, or its start takes longer than it saves."""
    workers = min(workers, len(parts) // _PARTS_OF_A_WORKER)
    if workers <= 1:
        yield from map(try_one, parts)
        return
    with ProcessPoolExecutor(workers, get_context("spawn")) as processes:
        yield from processes.map(try_one, parts)


def try_part(lists: Lists, trying: Trying, part: Part) -> TriedPart:
    """Replays the leads of one part.

    Raises:
        ListFault: the part of a list cannot be read.
    """
    reader = HistoryReader(trying.until, mapping=lists.mapping, spelling=lists.spelling)
    for name, path in part.items():
        reader.read(name, path.read_bytes())
    history, kept = reader.history(), list[tuple[str, TrialRow]]()
    keep = (lambda email, row: kept.append((email, row))) if trying.keeps else None
    rows = tried_rows(history.leads, trying.compiled, keep, trying.targets)
    sums = Summing(trying.draft, trying.today).of(rows)
    sums.left_out.update(history.left_out)
    return TriedPart(sums, kept)


def card_of(agreement: Agreement, version: int) -> Scorecard:
    """Returns the scorecard by which a trial replays an agreement: without its lot, which depends on who has time."""
    in_force = {"version": version, "in_force_since": "1970-01-01T00:00:00.000Z", "agreement": agreement.without_lot()}
    return Scorecard(AgreementInForce.model_validate(in_force))


def tried_rows(
    leads: Sequence[LeadHistory], tried: Tried, keep: Keep | None = None, targets: ListedTargets | None = None
) -> Iterator[TrialRow]:
    """Yields the row of each lead of a history, with target accounts as they were listed; `keep` is given each, too."""
    alike = tried.current.kinds == tried.draft.kinds
    if targets:
        tried = tried._replace(listed=targets.at)
    for lead in leads:
        looks = _looks(lead, targets) if targets else []
        row = try_lead(tried, became(lead, tried.until), _recorded(lead, tried.draft if alike else None, looks))
        if keep:
            keep(lead.arrivals[0].message.signal.email, row)
        yield row


def _looks(lead: LeadHistory, targets: ListedTargets) -> list[Command]:
    """Returns the looks at a known lead at the moments at which its company became a target account."""
    signals = [each.message.signal for each in lead.arrivals]
    domains = [domain for email in dict.fromkeys(each.email for each in signals) for domain in domains_to_try(email)]
    came = targets.came(domains, dict.fromkeys(each.company.name for each in signals if each.company.name))
    return [Command(at, milliseconds(at), ()) for at in came if at > lead.captured_at]


def _recorded(
    lead: LeadHistory, of_both: Scorecard | None, looks: Sequence[Command]
) -> Callable[[Scorecard], LeadCommands]:
    """Returns what gives a lead's commands: made once, where both agreements take the kinds of signals alike."""

    def recorded(card: Scorecard) -> LeadCommands:
        made = commands_of_messages(lead.lead_id, lead.arrivals, card.kinds)
        in_order = sorted([*made.commands, *looks], key=lambda each: each.moment) if looks else made.commands
        return made._replace(commands=in_order)

    if of_both is None:
        return recorded
    of_each = recorded(of_both)
    return lambda _: of_each


def became(lead: LeadHistory, until: datetime) -> Became:
    """Returns what a list says became of a lead, up to a moment.

    Who has been open for thirty days, and whom nobody ever tried to reach, is forgotten; that is known only of lists
    that say when leads were contacted.
    """
    outcome = lead.outcome
    if outcome is None:
        return Became()
    forgotten = outcome.contacted is False and outcome.state is State.OPEN and until - lead.captured_at > MUST_BE_HEARD
    return Became(
        outcome.state.value,
        outcome.return_reason,
        outcome.closed_at,
        outcome.amount,
        None if outcome.contacted is None else forgotten,
        outcome.share,
    )
