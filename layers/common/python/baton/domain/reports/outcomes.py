"""Outcomes of handoffs as figures: accepted, returned and why, rated, won or lost."""

from collections import Counter
from collections.abc import Iterable, Sequence

from baton.domain.reports.rows.report_groups import NOTHING, Figures
from baton.domain.reports.rows.report_rows import HandoffRow, Move
from baton.domain.reports.rows.spread import HALF, NINE_OF_TEN, nearest_rank, rounded_figure, share

STARS = range(1, 6)
PASSED_ON = "passed_on"
"""The state of a handoff for a former owner."""
_TAKEN = frozenset({"accepted", "contacted", "won", "lost"})


def outcome_figures(rows: Sequence[HandoffRow]) -> Figures:
    """Returns how many handoffs were offered, and their outcomes so far.

    `accepted` counts those that any rep accepted, `acceptance` is their share of those offered. `passed_on` counts
    those with more than one owner, or that left this owner. `win_rate` is the share won among those won or lost;
    `amounts` are the sums of what those won are worth, one for each currency; `amount` is the sum if there is but one.
    """
    states, amounts = Counter(row.state for row in rows), sums_by_currency(row for row in rows if row.state == "won")
    accepted, contacted = sum(map(was_accepted, rows)), sum(map(was_contacted, rows))
    return {
        "offered": len(rows),
        "open": sum(row.is_open for row in rows),
        "accepted": accepted,
        "acceptance": share(accepted, len(rows)),
        "contacted": contacted,
        **attempt_figures(rows),
        "passed_on": sum(map(was_passed_on, rows)),
        "returned": states["returned"],
        "returned_for": return_reasons(rows),
        **rating_figures(rows),
        "won": states["won"],
        "lost": states["lost"],
        "win_rate": share(states["won"], states["won"] + states["lost"]),
        "amount": next(iter(amounts.values()), 0) if len(amounts) < 2 else None,
        "amounts": amounts,
    }


def attempt_figures(rows: Sequence[HandoffRow]) -> Figures:
    """Returns how many leads were reached, and after how many attempts; nothing if no contact says so."""
    attempts = sorted(row.reached_after for row in rows if row.reached_after)
    if not attempts:
        return {}
    half, most = (nearest_rank(attempts, share_of_all) for share_of_all in (HALF, NINE_OF_TEN))
    return {"reached": len(attempts), "attempts_until_reached": {"median": half, "p90": most}}


def sums_by_currency(won: Iterable[HandoffRow | Move]) -> dict[str, float | None]:
    """Returns what deals are worth in each currency: `{"EUR": 48000}`; `(none)` for those without one.

    Amounts of several currencies are never added up.
    """
    sums: dict[str, float] = {}
    for deal in won:
        if deal.amount is not None:
            currency = deal.currency or NOTHING
            sums[currency] = sums.get(currency, 0.0) + deal.amount
    return {currency: rounded_figure(amount, 2) for currency, amount in sorted(sums.items())}


def was_accepted(row: HandoffRow) -> bool:
    """Returns whether any rep accepted the lead; making contact accepts it too."""
    return row.state in _TAKEN or any(stint.accepted_at or stint.contacted_at for stint in row.stints)


def was_contacted(row: HandoffRow) -> bool:
    """Returns whether sales made contact with the lead."""
    return row.state == "contacted" or any(stint.contacted_at for stint in row.stints)


def was_passed_on(row: HandoffRow) -> bool:
    """Returns whether the lead had more than one owner."""
    return row.state == PASSED_ON or len({stint.owner for stint in row.stints if stint.owner}) > 1


def return_reasons(rows: Sequence[HandoffRow]) -> dict[str, int]:
    """Counts the reasons of returns, the most frequent first, those to another rep included."""
    ended = [row.return_reason or NOTHING for row in rows if row.state == "returned"]
    passed = [stint.returned_for for row in rows for stint in row.stints if stint.returned_for]
    return dict(sorted(Counter(ended + passed).items(), key=lambda reason: (-reason[1], reason[0])))


def rating_figures(rows: Sequence[HandoffRow]) -> Figures:
    """Returns the number of ratings, their mean, and how many handoffs got how many stars."""
    given = Counter(row.stars for row in rows if row.stars)
    rated = sum(given.values())
    return {
        "rated": rated,
        "mean_stars": rounded_figure(sum(stars * count for stars, count in given.items()) / rated, 2)
        if rated
        else None,
        "stars": {str(stars): given[stars] for stars in STARS},
    }
