"""Writes the result of an import as CSV: each row's number, result, lead id and fault, and nothing of its content."""

from collections.abc import Sequence

from baton.domain.imports.list_import import RowResult
from baton.outreach.csv.csv_cells import csv_row

HEADER = csv_row(("line", "result", "lead_id", "why")).encode()


def results_csv(results: Sequence[RowResult]) -> bytes:
    """Returns the rows of the file, without its header."""
    return "".join(csv_row((each.number, each.result, each.lead_id, each.why)) for each in results).encode()
