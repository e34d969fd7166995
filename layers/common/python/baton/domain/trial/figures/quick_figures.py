"""The figures of a quick trial, on a sample of leads: who would newly go to sales, who no longer, and each team's load.

Whoever signs needs the figures of all leads of a period.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from baton.agreement.terms.agreement import Agreement
from baton.domain.trial.figures.working_days import WorkingDays
from baton.domain.trial.sampled_leads import TriedLead

_TOLD_FIRST = ("won", "returned", "lost", "open", "unknown")
"""What became of a lead says most in this order."""


class TeamLoad(NamedTuple):
    """How many leads of a sample a team gets by the current agreement and by a draft, in how many working days."""

    team: str
    current: int
    draft: int
    days: int


class QuickTrial(NamedTuple):
    """What a draft would have done with a sample of leads.

    Args:
        leads: how many were tried.
        since: when the first of them became known, in milliseconds since 1970; None without leads.
        newly: those whom only the draft hands over, first those whose outcome says most, then the newest.
        no_longer: those whom only today's agreement hands over, in the same order.
        both: how many are handed over by both.
        neither: how many are handed over by neither.
        load: the teams that get any of them, by name.
    """

    leads: int
    since: int | None
    newly: Sequence[TriedLead]
    no_longer: Sequence[TriedLead]
    both: int
    neither: int
    load: Sequence[TeamLoad]


def quick_trial(tried: Sequence[TriedLead], draft: Agreement, until: datetime) -> QuickTrial:
    """Returns what a draft would have done with leads that became known before `until`."""
    since = min((each.lead.known_at for each in tried), default=None)
    newly = [each for each in tried if each.draft and not each.lead.current]
    no_longer = [each for each in tried if each.lead.current and not each.draft]
    both = sum(1 for each in tried if each.draft and each.lead.current)
    return QuickTrial(
        len(tried),
        since,
        sorted(newly, key=_order),
        sorted(no_longer, key=_order),
        both,
        len(tried) - both - len(newly) - len(no_longer),
        _load(tried, draft, until),
    )


def _order(tried: TriedLead) -> tuple[int, int]:
    return _TOLD_FIRST.index(tried.lead.became.state), -tried.lead.known_at


def _load(tried: Sequence[TriedLead], draft: Agreement, until: datetime) -> list[TeamLoad]:
    current = Counter(each.lead.current.team for each in tried if each.lead.current)
    then = Counter(each.draft.team for each in tried if each.draft)
    known = (datetime.fromtimestamp(each.lead.known_at / 1000, tz=UTC).date() for each in tried)
    first = min(known, default=until.date())
    return [
        TeamLoad(team, current[team], then[team], len(WorkingDays(draft, team).between(first, until.date())))
        for team in sorted({*current, *then})
    ]
