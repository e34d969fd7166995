"""Writes the tables of a report's page, with headings for screen readers."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from baton.domain.reports.rows.report_groups import ComparedShare, FigureRow, Figures, Report
from baton.outreach.reports.format_figures import period_text
from baton.outreach.text.markup import escape
from baton.outreach.text.times_and_names import in_words
from baton.outreach.text.untrusted_text import one_line

MAX_ROWS = 20
NAME_LIMIT = 60
CellText = Callable[[Figures], str]
Columns = Mapping[str, CellText]


def table(
    caption: str,
    first_heading: str,
    columns: Columns,
    rows: Sequence[FigureRow],
    name_text: Callable[[str], str] = in_words,
    most: int = MAX_ROWS,
) -> str:
    """Returns a table with a row for each of at most 20 rows, and a note about the others; empty without rows.

    Args:
        caption: the text above the table.
        first_heading: the heading of the first column, which has the names of the rows.
        columns: the heading of each other column, and a function from a row's figures to the text of its cell.
        rows: the rows; their names may be text of strangers.
        name_text: a function from a row's name to the text of its first cell.
        most: how many rows are shown, if not 20.
    """
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in (first_heading, *columns))
    shown = "\n".join(_row(each, columns, name_text) for each in rows[:most])
    more = len(rows) - most
    note = f'<p class="soft">and {more} more, which the CSV has</p>' if more > 0 else ""
    return (
        f'<div class="wide" role="region" aria-label="{escape(caption)}" tabindex="0">\n<table>\n'
        f"<caption>{escape(caption)}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{shown}\n</tbody>\n</table>\n</div>{note}"
    )


def _row(row: FigureRow, columns: Columns, name_text: Callable[[str], str]) -> str:
    cells = "".join(f"<td>{escape(cell_text(row.figures))}</td>" for cell_text in columns.values())
    return f'<tr><th scope="row">{escape(one_line(name_text(row.name), NAME_LIMIT))}</th>{cells}</tr>'


def section(title: str, *blocks: str) -> str:
    """Returns a section of the page with a heading; empty if it has no content."""
    shown = [block for block in blocks if block]
    return f"<section>\n<h2>{escape(title)}</h2>\n" + "\n".join(shown) + "\n</section>" if shown else ""


def tables_of_parts(report: Report, columns: Columns) -> Iterator[str]:
    """Yields the tables of a report's total: that of its parts, and that of the period before, where it has them."""
    if report.parts:
        rows = [FigureRow(period_text(part.span), part.line("total", "all")) for part in report.parts]
        yield table("Part by part", "days", columns, rows, str, len(rows))
    if report.before:
        pair = {"the period before": report.before, "this period": report}
        rows = [FigureRow(name, each.line("total", "all")) for name, each in pair.items()]
        yield table("Compared with the period before", "period", columns, rows, str)


def changed_shares(report: Report, columns: Columns) -> str:
    """Returns the table of a report's shares beside those of the period before; empty if it is not compared."""
    rows = [FigureRow(_share_name(each), each.figures) for each in report.compared]
    return table("Shares, compared with the period before", "share", columns, rows, str, len(rows))


def _share_name(of: ComparedShare) -> str:
    """Returns the name of a share: `accept: in time`, `accepted`, `lead to mql`, `contact: up to 1h`."""
    match of.group, of.figure:
        case "speed", _:
            return f"contact within {of.name.partition('-')[2]}"
        case "conversion", _:
            return of.name
        case "total", figure:
            return _TOTALS[figure]
    return f"{in_words(of.name)} in time"


_TOTALS = {"acceptance": "accepted", "win_rate": "won, of won or lost", "counted": "won, of those that count"}
