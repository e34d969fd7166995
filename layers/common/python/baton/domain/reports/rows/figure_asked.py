"""A figure of a report whose leads somebody asks for."""

from typing import NamedTuple

COUNTS = (
    *("handoffs", "duties", "owed", "overdue", "met", "missed", "open", "passed_on", "n", "offered", "accepted"),
    *("contacted", "reached", "returned", "rated", "won", "lost", "in", "out", "new", "to_mql", "to_sql"),
    *("sql_accepted", "sql_declined", "to_with_sales", "to_won", "to_lost", "leads", "of", "so_far"),
)
"""The figures that count leads; `n`, `won` and others also within another, such as `speed_to_lead.n`."""
WITHOUT = "without"
"""The figures of what the line of a rule lacks: `without.won` counts those won without it."""
_COUNTS_BY_NAME = ("returned_for", "stars", "out_to")
_CONVERSION = "conversion"


class FigureAsked(NamedTuple):
    """A figure of a report: its group, the name of its line, and its name, such as `met` or `returned_for.bad_fit`.

    Several counts of one line are added up: `met,missed`. `cursor` is where the page before ended.
    """

    group: str
    name: str
    figure: str
    cursor: str = ""

    @property
    def paths(self) -> list[list[str]]:
        """Returns, for each of its counts, the names by which it is found in its line."""
        return [_path(each) for each in self.figure.split(",")]

    @property
    def is_count(self) -> bool:
        """Tells whether the figure counts rows; how many were ever in a stage is no count of the period's rows."""
        return all(map(self._counts_rows, self.paths))

    def _counts_rows(self, path: list[str]) -> bool:
        return path[0] in _COUNTS_BY_NAME or (path[-1] in COUNTS and (self.group, path[-1]) != (_CONVERSION, "of"))


def _path(figure: str) -> list[str]:
    first, _, rest = figure.partition(".")
    return [first, rest] if first in _COUNTS_BY_NAME else figure.split(".")
