"""The form of a report: groups of rows, each with a name and figures."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from baton.domain.reports.rows.span import Span

Figures = dict[str, Any]
"""Numbers by name, None without data; or nested figures."""
Row = TypeVar("Row")

MAX_LINES = 300
NOTHING, OTHERS = "(none)", "(others)"


class FigureRow(NamedTuple):
    """A row of a report: a name and its figures."""

    name: str
    figures: Figures


class Group(NamedTuple):
    """Rows of one kind, such as one for each trigger."""

    name: str
    lines: tuple[FigureRow, ...]


class Report(NamedTuple):
    """A report on a period, as of a moment; `basis` says what else it depends on, such as the calendar.

    `parts` are those on its days, weeks or months, and `before` is that on the period before, where they are asked for;
    `compared` are the shares of both, each with its `group`, `name` and `figure`.
    """

    name: str
    span: Span
    as_of: datetime
    groups: tuple[Group, ...]
    basis: dict[str, Any] = {}  # noqa: RUF012  # nobody changes it
    parts: "tuple[Report, ...]" = ()
    before: "Report | None" = None
    compared: tuple[Figures, ...] = ()

    def group(self, name: str) -> Group:
        """Returns the group of this name."""
        return next(group for group in self.groups if group.name == name)

    def line(self, group: str, name: str) -> Figures:
        """Returns the figures of one row; none if there is no such row."""
        return next((line.figures for line in self.group(group).lines if line.name == name), {})


def grouped(
    name: str, rows: Iterable[Row], by: Callable[[Row], Iterable[object]], figures: Callable[[Sequence[Row]], Figures]
) -> Group:
    """Returns a row for each name that `by` gives for the data, those with most entries first.

    From `MAX_LINES` on, the smallest are added up as `(others)`, because strangers can name campaigns.
    """
    found: dict[str, list[Row]] = {}
    for row in rows:
        for each in dict.fromkeys(by(row)):
            found.setdefault(NOTHING if each is None else str(each), []).append(row)
    ordered = sorted(found.items(), key=lambda named: (-len(named[1]), named[0]))
    shown, rest = ordered[:MAX_LINES], ordered[MAX_LINES:]
    if rest:
        shown.append((OTHERS, [row for _, more in rest for row in more]))
    return Group(name, tuple(FigureRow(each, figures(its)) for each, its in shown))


def field(name: str) -> Callable[[Any], list[object]]:
    """Returns a function that groups by this field."""
    return lambda row: [getattr(row, name)]
