"""Tries an agreement on lists of a CRM: `python -m baton.trial --agreement FILE --history FILE …`."""

import csv
import gc
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from baton.agreement.reading.agreement_reader import AgreementFaults, packaged_text, read_agreement
from baton.agreement.terms.agreement import Agreement
from baton.domain.basics.moments import iso
from baton.domain.imports.list_import import ListFault
from baton.domain.trial.crossings import Crossing
from baton.domain.trial.figures.trial_figures import Asked, TrialFigures, trial_figures
from baton.domain.trial.trial_rows import TrialRow
from baton.outreach.trials.trial_csv import trial_csv
from baton.outreach.trials.trial_lines import trial_lines
from baton.outreach.trials.trial_page import trial_page
from baton.trial.arguments import Arguments, Misused, read_arguments
from baton.trial.target_lists import TargetFault, read_targets
from baton.trial.tried_lists import Keep, Lists, Progress, Trying, try_lists

OK, MISUSED = 0, 2
SHIPPED = "the agreement that ships"
_WIDTH = 40
_COLUMNS = ("email", "outcome", "today_at", "today_trigger", "draft_at", "draft_trigger", "highest_points")


def main(words: list[str]) -> int:
    """Runs a trial and returns the exit status: 0 ok, 2 something could not be read, and the text says what."""
    try:
        asked = read_arguments(words)
        figures = _tried(asked)
        _write(figures, asked)
    except (Misused, ListFault, TargetFault, AgreementFaults, OSError, UnicodeError) as fault:
        sys.stderr.write(f"{fault}\n")
        return MISUSED
    sys.stdout.write("\n".join(trial_lines(figures)) + "\n")
    return OK


def _write(figures: TrialFigures, asked: Arguments) -> None:
    """Writes the report in the forms that are wished for."""
    if asked.html:
        asked.html.write_text(trial_page(figures), encoding="utf-8")
    if asked.json:
        asked.json.write_text(json.dumps(figures.as_data(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    if asked.csv:
        asked.csv.write_text(trial_csv(figures), encoding="utf-8-sig", newline="")


def _tried(asked: Arguments) -> TrialFigures:
    draft, today = _agreement(asked.draft), _agreement(asked.today) if asked.today else read_agreement(packaged_text())
    targets = read_targets(asked.targets, asked.zone) if asked.targets else None
    trying = Trying(today, draft, asked.as_of, targets, keeps=asked.leads is not None)
    gc.freeze()  # what is loaded stays, and need not be looked through again
    lists = Lists(asked.history, asked.mapping, asked.spelling)
    with _kept(asked.leads) as keep, _progress() as progress:
        sums = try_lists(lists, trying, keep, progress, asked.workers)
    versions = {"draft": asked.draft.name, "today": asked.today.name if asked.today else SHIPPED}
    reps = {
        team: [draft.rosters[team].reps.capacity] * number
        for team, number in asked.reps.items()
        if team in draft.rosters
    }
    if unknown := asked.reps.keys() - reps.keys():
        raise Misused(
            f"--reps names no team of the draft: {', '.join(sorted(unknown))}; it has {', '.join(draft.teams)}"
        )
    return trial_figures(sums, Asked(trying.compiled.draft, reps, asked.seed, versions))


def _agreement(path: Path) -> Agreement:
    try:
        return read_agreement(path.read_bytes().decode("utf-8-sig"))
    except AgreementFaults as faults:
        told = "\n".join(f"{path}:{each.line or 1}: {each.place}: {each.detail}" for each in faults.faults)
        raise Misused(
            f"{told}\n{path.name} is no valid agreement; `python -m baton.agreement check` says more"
        ) from None


@contextmanager
def _kept(path: Path | None) -> Iterator[Keep]:
    """Gives what writes each lead into a list, if one is wanted."""
    if path is None:
        yield lambda _email, _row: None
        return
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(_COLUMNS)
        yield lambda email, row: lines.writerow(_line(email, row))


def _line(email: str, row: TrialRow) -> list[str | float]:
    outcome = row.left_out or row.became.state
    guarded = f"'{email}" if email[:1] in "=+-@" else email
    return [guarded, outcome, *_when(row.current), *_when(row.draft), row.highest / 100]


def _when(crossing: Crossing | None) -> tuple[str, str]:
    if crossing is None:
        return "", ""
    return iso(datetime.fromtimestamp(crossing.at / 1000, tz=UTC)), crossing.trigger


@contextmanager
def _progress(out: IO[str] = sys.stderr) -> Iterator[Progress]:
    """Draws a bar on a terminal, and nothing elsewhere."""
    if not out.isatty():
        yield lambda _: None
        return

    def draw(share: float) -> None:
        out.write(f"\r[{'#' * round(_WIDTH * share):<{_WIDTH}}] {100 * share:3.0f} %")
        out.flush()

    yield draw
    out.write("\r" + " " * (_WIDTH + 8) + "\r")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
