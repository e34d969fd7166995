"""Tries two agreements on lists: reads them part by part, replays lead by lead, and sums up."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from baton.agreement.terms.agreement import Agreement, AgreementInForce
from baton.domain.accounts.account_matching import domains_to_try
from baton.domain.history.lead_facts import milliseconds
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.trial.figures.trial_sums import Summing, TrialSums
from baton.domain.trial.lead_commands import Command, LeadCommands, commands_of_messages
from baton.domain.trial.listed_targets import ListedTargets
from baton.domain.trial.trial_rows import Became, TrialRow, Tried, try_lead
from baton.intake.history.history_lists import HistoryReader, LeadHistory
from baton.intake.history.outcome_columns import State
from baton.trial.list_parts import split_lists

Progress = Callable[[float], None]
"""Is told which share of the work is done, from 0 to 1."""
Keep = Callable[[str, TrialRow], None]
"""Takes a lead's address and its row."""
MUST_BE_HEARD = timedelta(days=30)
"""For so long sales may leave an open lead alone before a trial calls it forgotten."""
_READING = 0.1
"""The share of the work that splitting the lists is."""


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


def try_lists(
    lists: Lists,
    tried: Tried,
    keep: Keep | None = None,
    progress: Progress = lambda _: None,
    targets: ListedTargets | None = None,
) -> TrialSums:
    """Returns the sums of all leads in lists; memory is bounded by one part of them, however many there are.

    Raises:
        ListFault: a list cannot be read; the text names it and says what to do.
    """
    size = max(1, sum(path.stat().st_size for path in lists.paths))
    summing = Summing(tried.draft.agreement, tried.current.agreement)
    with tempfile.TemporaryDirectory(prefix="baton-trial-") as folder:
        found = split_lists(
            lists.paths, lists.terms, Path(folder), lambda done: progress(_READING * min(1, done / size))
        )
        sums = TrialSums(left_out=found.left_out)
        for number, part in enumerate(found.parts, 1):
            reader = HistoryReader(tried.until, mapping=lists.mapping, spelling=lists.spelling)
            for name, path in part.items():
                reader.read(name, path.read_bytes())
            history = reader.history()
            sums = sums + summing.of(tried_rows(history.leads, tried, keep, targets))
            sums.left_out.update(history.left_out)
            progress(_READING + (1 - _READING) * number / len(found.parts))
    return sums


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
