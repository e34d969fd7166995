"""What became of handoffs: taken, returned and why, rated, won or lost."""

from collections import Counter
from collections.abc import Sequence

from baton.domain.reports.rows.report_groups import NOTHING, Figures
from baton.domain.reports.rows.report_rows import HandoffRow
from baton.domain.reports.rows.spread import rounded_figure, share

STARS = range(1, 6)
PASSED_ON = "passed_on"
"""The state of a handoff, for somebody who had it and has it no longer."""
_TAKEN = frozenset({"accepted", "contacted", "won", "lost"})


def outcome_figures(rows: Sequence[HandoffRow]) -> Figures:
    """How many handoffs were offered, and what became of them so far.

    `accepted` were taken by somebody at some time, `acceptance` is their share of those offered; `passed_on` had more
    than one owner, or went from this one to somebody else; `win_rate` is the share of those won among those won or
    lost; `amount` is what those won are worth, as far as somebody said so.
    """
    states = Counter(row.state for row in rows)
    accepted, contacted = sum(map(was_accepted, rows)), sum(map(was_contacted, rows))
    return {
        "offered": len(rows),
        "open": sum(row.is_open for row in rows),
        "accepted": accepted,
        "acceptance": share(accepted, len(rows)),
        "contacted": contacted,
        "passed_on": sum(map(was_passed_on, rows)),
        "returned": states["returned"],
        "returned_for": return_reasons(rows),
        **rating_figures(rows),
        "won": states["won"],
        "lost": states["lost"],
        "win_rate": share(states["won"], states["won"] + states["lost"]),
        "amount": rounded_figure(sum(row.amount or 0.0 for row in rows if row.state == "won"), 2),
    }


def was_accepted(row: HandoffRow) -> bool:
    """Whether somebody in sales ever took the lead; whoever reached out did."""
    return row.state in _TAKEN or any(stint.accepted_at or stint.contacted_at for stint in row.stints)


def was_contacted(row: HandoffRow) -> bool:
    """Whether sales ever reached out to the lead."""
    return row.state == "contacted" or any(stint.contacted_at for stint in row.stints)


def was_passed_on(row: HandoffRow) -> bool:
    """Whether the lead went from one owner to another."""
    return row.state == PASSED_ON or len({stint.owner for stint in row.stints if stint.owner}) > 1


def return_reasons(rows: Sequence[HandoffRow]) -> dict[str, int]:
    """How often leads were given back for which reason, the most frequent first; also to somebody else in sales."""
    ended = [row.return_reason or NOTHING for row in rows if row.state == "returned"]
    passed = [stint.returned_for for row in rows for stint in row.stints if stint.returned_for]
    return dict(sorted(Counter(ended + passed).items(), key=lambda reason: (-reason[1], reason[0])))


def rating_figures(rows: Sequence[HandoffRow]) -> Figures:
    """How many handoffs were rated, their mean, and how many got how many stars."""
    given = Counter(row.stars for row in rows if row.stars)
    rated = sum(given.values())
    return {
        "rated": rated,
        "mean_stars": rounded_figure(sum(stars * count for stars, count in given.items()) / rated, 2)
        if rated
        else None,
        "stars": {str(stars): given[stars] for stars in STARS},
    }
