"""A figure of a report whose leads somebody asks for."""

from typing import NamedTuple

COUNTS = (
    *("handoffs", "duties", "owed", "overdue", "met", "missed", "open", "passed_on", "n", "offered", "accepted"),
    *("contacted", "reached", "returned", "rated", "won", "lost", "in", "out", "new", "to_mql", "to_sql"),
    *("sql_accepted", "sql_declined", "to_with_sales", "to_won", "to_lost"),
)
"""The figures that count leads; `n`, `won` and others also within another, such as `speed_to_lead.n`."""
_COUNTS_BY_NAME = ("returned_for", "stars", "out_to")


class FigureAsked(NamedTuple):
    """A figure of a report: its group, the name of its line, and its name, such as `met` or `returned_for.bad_fit`.

    `cursor` is where the page before ended.
    """

    group: str
    name: str
    figure: str
    cursor: str = ""

    @property
    def path(self) -> list[str]:
        """Returns the names by which the figure is found in its line."""
        first, dot, rest = self.figure.partition(".")
        return [first, rest] if dot else [first]

    @property
    def is_count(self) -> bool:
        """Tells whether the figure counts rows of its line; those `without` a rule are of other lines."""
        return self.path[0] != "without" and (self.path[-1] in COUNTS or self.path[0] in _COUNTS_BY_NAME)
