"""Narrows a report to some handoffs: those of a team, a rep, a source, a campaign, a trigger, or a version."""

from typing import NamedTuple

from baton.domain.reports.rows.report_groups import NOTHING
from baton.domain.reports.rows.report_rows import HandoffRow


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

    def keeps(self, row: HandoffRow) -> bool:
        """Tells whether a handoff has these values."""
        return all(value in _values(row, name) for name, value in self.said.items())


EVERY_HANDOFF = HandoffFilter()


def _values(row: HandoffRow, name: str) -> list[str]:
    found = [stint.owner for stint in row.stints] if name == "rep" else [getattr(row, name)]
    return [NOTHING if value is None else str(value) for value in found]
