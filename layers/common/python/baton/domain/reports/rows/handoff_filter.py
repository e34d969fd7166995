"""Narrows a report to some handoffs: those of a team, a rep, a source, a campaign, a trigger, or a version.

By source and campaign it narrows leads, too: what marketing owes, and the funnel.
"""

from typing import NamedTuple

from baton.domain.reports.rows.report_groups import NOTHING
from baton.domain.reports.rows.report_rows import DutyRow, HandoffRow, Move

OF_LEADS = ("source", "campaign")
"""The names of the values that a lead has before it is handed over."""


class HandoffFilter(NamedTuple):
    """The values that a handoff must have; all of them if several are said, and any where none is.

    `(none)` is a handoff without one, as in the groups of reports. A rep is anybody who had the lead.
    """

    team: str | None = None
    rep: str | None = None
    source: str | None = None
    campaign: str | None = None
    trigger: str | None = None
    agreement_version: str | None = None

    @property
    def said(self) -> dict[str, str]:
        """Returns the values by name, without those that may be any."""
        return {name: value for name, value in self._asdict().items() if value is not None}

    @property
    def of_handoffs_alone(self) -> dict[str, str]:
        """Returns the values that only handoffs have, by name."""
        return {name: value for name, value in self.said.items() if name not in OF_LEADS}

    def keeps(self, row: HandoffRow | DutyRow | Move) -> bool:
        """Tells whether a handoff has these values, or a lead; a lead has none of those that only handoffs have."""
        if self.of_handoffs_alone and not isinstance(row, HandoffRow):
            return False
        return all(value in _values(row, name) for name, value in self.said.items())


EVERY_HANDOFF = HandoffFilter()


def _values(row: HandoffRow | DutyRow | Move, name: str) -> list[str]:
    if name == "rep" and isinstance(row, HandoffRow):
        found = [stint.owner for stint in row.stints]
    else:
        found = [getattr(row, name)]
    return [NOTHING if value is None else str(value) for value in found]
