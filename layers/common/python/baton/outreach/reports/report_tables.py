"""Tables of a report's page: plain, with headings that a screen reader reads out, and readable in print."""

from collections.abc import Callable, Mapping, Sequence
from html import escape

from baton.domain.reports.rows.report_groups import FigureRow, Figures
from baton.outreach.text.times_and_names import spoken
from baton.outreach.text.untrusted_text import one_line

MAX_ROWS = 20
NAME_LIMIT = 60
CellText = Callable[[Figures], str]
Columns = Mapping[str, CellText]


def table(what: str, of: str, columns: Columns, lines: Sequence[FigureRow], name: Callable[[str], str] = spoken) -> str:
    """A table with a caption and a row for each line, at most twenty; empty if there are none.

    Args:
        what: the caption.
        of: the heading of the first column.
        columns: the headings of the others, and what each says of a line's figures.
        lines: what is shown; their names may be anybody's words.
        name: how a name is said.
    """
    if not lines:
        return ""
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in (of, *columns))
    rows = "\n".join(_row(line, columns, name) for line in lines[:MAX_ROWS])
    more = len(lines) - MAX_ROWS
    note = f'<p class="soft">and {more} more, which the CSV has</p>' if more > 0 else ""
    return (
        f'<div class="wide" role="region" aria-label="{escape(what)}" tabindex="0">\n<table>\n'
        f"<caption>{escape(what)}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{rows}\n</tbody>\n</table>\n</div>{note}"
    )


def _row(line: FigureRow, columns: Columns, name: Callable[[str], str]) -> str:
    cells = "".join(f"<td>{escape(said(line.figures))}</td>" for said in columns.values())
    return f'<tr><th scope="row">{escape(one_line(name(line.name), NAME_LIMIT))}</th>{cells}</tr>'


def section(title: str, *blocks: str) -> str:
    """A part of the page under its own heading; empty if there is nothing in it."""
    shown = [block for block in blocks if block]
    return f"<section>\n<h2>{escape(title)}</h2>\n" + "\n".join(shown) + "\n</section>" if shown else ""
