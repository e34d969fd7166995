"""Writes the tables of a report's page, with headings for screen readers."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from baton.domain.reports.rows.report_groups import FigureRow, Figures, Report
from baton.outreach.reports.format_figures import period_text
from baton.outreach.text.markup import escape
from baton.outreach.text.times_and_names import in_words
from baton.outreach.text.untrusted_text import one_line

MAX_ROWS, MOST_ON_PAPER = 20, 8
NAME_LIMIT = 60
CellText = Callable[[Figures], str]
Columns = Mapping[str, CellText]


def table(
    caption: str,
    first_heading: str,
    columns: Columns,
    rows: Sequence[FigureRow],
    name_text: Callable[[str], str] = in_words,
    most: int | None = None,
    whole_on_paper: int | None = None,
) -> str:
    """Returns a table with a row for each of at most 20 rows, and a note about the others; empty without rows.

    On paper it has eight, unless another number is shown.

    Args:
        caption: the text above the table.
        first_heading: the heading of the first column, which has the names of the rows.
        columns: the heading of each other column, and a function from a row's figures to the text of its cell.
        rows: the rows; their names may be text of strangers.
        name_text: a function from a row's name to the text of its first cell.
        most: how many rows are shown, if not 20.
        whole_on_paper: with more rows than these it has eight on paper, though another number is shown.
    """
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in (first_heading, *columns))
    whole_on_paper = whole_on_paper or (len(rows) if most else MOST_ON_PAPER)
    is_cut, most = len(rows) > whole_on_paper, most or MAX_ROWS
    shown = "\n".join(_row(each, columns, name_text) for each in rows[:most])
    look = ' class="cut"' if is_cut else ""
    notes = _more(len(rows) - most, " on-screen" if is_cut else "")
    notes += _more(len(rows) - MOST_ON_PAPER, " on-paper") if is_cut else ""
    return (
        f'<div class="wide" role="region" aria-label="{escape(caption)}" tabindex="0">\n<table{look}>\n'
        f"<caption>{escape(caption)}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{shown}\n</tbody>\n</table>\n</div>{notes}"
    )


def _more(count: int, where: str) -> str:
    return f'<p class="soft{where}">and {count} more, which the CSV has</p>' if count > 0 else ""


def _row(row: FigureRow, columns: Columns, name_text: Callable[[str], str]) -> str:
    cells = "".join(f"<td>{escape(cell_text(row.figures))}</td>" for cell_text in columns.values())
    return f'<tr><th scope="row">{escape(one_line(name_text(row.name), NAME_LIMIT))}</th>{cells}</tr>'


def section(title: str, *blocks: str) -> str:
    """Returns a section of the page with a heading; empty if it has no content.

    The heading stays with the pictures and the table that come first.
    """
    shown = [block for block in blocks if block]
    if not shown:
        return ""
    place = next((number for number, block in enumerate(shown) if not block.startswith("<figure")), 0) + 1
    first, others = "\n".join(shown[:place]), "\n".join(shown[place:])
    return f"<section>\n<div>\n<h2>{escape(title)}</h2>\n{first}\n</div>\n{others}\n</section>"


def tables_of_parts(report: Report, columns: Columns) -> Iterator[str]:
    """Yields the tables of a report's total: that of its parts, and that of the period before, where it has them."""
    if report.parts:
        rows = [FigureRow(period_text(part.span), part.line("total", "all")) for part in report.parts]
        yield table(f"{_TOLD[report.name]}, part by part", "days", columns, rows, str, len(rows), MAX_ROWS)
    if report.before:
        pair = {"the period before": report.before, "this period": report}
        rows = [FigureRow(name, each.line("total", "all")) for name, each in pair.items()]
        yield table(f"{_TOLD[report.name]}, compared with the period before", "period", columns, rows, str)


def changed_shares(report: Report, columns: Columns) -> str:
    """Returns the table of a report's shares beside those of the period before; empty if it is not compared."""
    rows = [FigureRow(_share_name(each), each) for each in report.compared]
    caption = f"{_TOLD[report.name]}: shares, compared with the period before"
    return table(caption, "share", columns, rows, str, len(rows), MAX_ROWS)


def _share_name(of: Figures) -> str:
    """Returns the name of a share: `accept in time`, `accepted`, `lead to mql`, `contact within 1h`."""
    name: str = of["name"]
    match of["group"]:
        case "speed":
            return f"contact within {name.partition('-')[2]}"
        case "conversion":
            return name
        case "total":
            return _TOTALS[of["figure"]]
    return f"{in_words(name)} in time"


_TOLD = {
    "sla": "Kept in time",
    "handoffs": "Leads handed over",
    "scoring": "Leads by their score",
    "funnel": "Leads in the funnel",
}
"""What the tables of a report are about: their captions differ, as each is a landmark of its page."""
_TOTALS = {"acceptance": "accepted", "win_rate": "won, of won or lost", "counted": "won, of those that count"}
