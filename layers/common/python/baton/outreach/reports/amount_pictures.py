"""Draws amounts of reports: the speed to lead, the funnel, returns by reason, and the load of each person."""

from collections.abc import Mapping, Sequence

from baton.domain.reports.rows.report_groups import NOTHING, OTHERS, FigureRow, Figures, Report
from baton.outreach.pictures.bars import Bar, bars
from baton.outreach.reports.format_figures import count_text, percent
from baton.outreach.text.times_and_names import in_words
from baton.outreach.text.untrusted_text import one_line

MOST_BARS = 12
_NAME_LIMIT = 26
_STEPS = {
    "new": "New",
    "to_mql": "MQL",
    "to_sql": "SQL",
    "sql_accepted": "SQL, accepted by sales",
    "to_with_sales": "Handed over",
    "to_won": "Won",
}


def speed_picture(report: Report) -> str:
    """Returns how soon leads were contacted, in plain time; empty if none was."""
    lines = report.group("speed").lines
    rows = [Bar(band_text(line.name), speed_text(line.figures), line.figures["n"]) for line in lines]
    return _drawn("speed", "How soon after the offer sales made contact", rows)


def speed_text(figures: Figures) -> str:
    """Returns how many leads are in a band, and the share of all so far: `12, so far 55%`."""
    return f"{figures['n']:,}, so far {percent(figures['within'])}"


def band_text(band: str) -> str:
    """Returns a band of lengths in words: `up to 5m`, `5m to 30m`, `more than 3d`."""
    least, _, most = band.partition("-")
    return f"more than {least}" if not most else f"up to {most}" if least == "0" else f"{least} to {most}"


def funnel_picture(report: Report) -> str:
    """Returns how many leads got how far in the period; empty if none moved."""
    reached = report.line("total", "all")
    return _drawn(
        "funnel",
        "How many leads got how far in this period",
        [Bar(said, f"{reached[name]:,}", reached[name]) for name, said in _STEPS.items()],
    )


def funnel_steps(report: Report) -> list[FigureRow]:
    """Returns the rows of the table behind the picture of the funnel; none if no lead moved."""
    reached = report.line("total", "all")
    if not any(reached[name] for name in _STEPS):
        return []
    return [FigureRow(said, {"n": reached[name]}) for name, said in _STEPS.items()]


def returns_picture(reasons: Mapping[str, int]) -> str:
    """Returns why sales gave leads back, the most frequent reason first; empty if it gave none back."""
    rows = [Bar(one_line(in_words(why), _NAME_LIMIT), count_text(n), n) for why, n in reasons.items()]
    return _drawn("returns", "Why sales gave leads back", rows[:MOST_BARS])


def load_picture(people: Sequence[FigureRow]) -> str:
    """Returns how many leads each person in sales had, and how many of them are still open."""
    rows = [
        Bar(
            one_line(line.name, _NAME_LIMIT),
            f"{line.figures['offered']:,}, {line.figures['open']:,} open",
            line.figures["offered"],
            line.figures["open"],
        )
        for line in people
        if line.name not in (NOTHING, OTHERS)
    ]
    return _drawn("load", "Leads of each person in sales; the filled part is still open", rows[:MOST_BARS])


def _drawn(key: str, title: str, rows: Sequence[Bar]) -> str:
    if not any(row.amount for row in rows):
        return ""
    told = "; ".join(f"{row.name}: {row.said}" for row in rows)
    return bars(key, title, f"{told}.", rows)
