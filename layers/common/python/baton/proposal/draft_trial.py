"""Tries a proposal's draft against today's agreement, on the history that it was learned from."""

from collections.abc import Callable, Iterator
from textwrap import wrap

from baton.domain.trial.figures.trial_figures import Asked, trial_figures
from baton.domain.trial.figures.trial_sums import Summing
from baton.domain.trial.trial_rows import TrialRow, Tried
from baton.intake.history.history_lists import History
from baton.outreach.trials.trial_lines import trial_lines
from baton.trial.tried_lists import tried_rows

_WIDTH = 118
_OFTEN = 500
_SAME_LEADS = "The points were learned from these leads: they suit them better than they will suit the next ones."


def draft_trial(history: History, tried: Tried, asked: Asked, told: Callable[[str], None]) -> list[str]:
    """Returns the lines of the trial, none longer than a line of the draft.

    Args:
        history: the leads, and what was left out of their lists.
        tried: today's agreement and the draft, and the moment up to which the history goes.
        asked: the names of both, the seed of the proposal.
        told: is told how far the trial is.
    """
    summing = Summing(tried.draft.agreement, tried.current.agreement)
    sums = summing.of(_told(tried_rows(history.leads, tried), len(history.leads), told))
    sums.left_out.update(history.left_out)
    lines = [*trial_lines(trial_figures(sums, asked)), _SAME_LEADS]
    return ["Its trial against today:", *(part for line in lines for part in _wrapped(line))]


def _told(rows: Iterator[TrialRow], leads: int, told: Callable[[str], None]) -> Iterator[TrialRow]:
    for number, row in enumerate(rows, 1):
        if not number % _OFTEN:
            told(f"{number} of {leads} leads tried")
        yield row


def _wrapped(line: str) -> list[str]:
    together = line.replace(" %", "\N{NO-BREAK SPACE}%")
    lines = wrap(together, _WIDTH, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False)
    return [each.replace("\N{NO-BREAK SPACE}", " ") for each in lines]
