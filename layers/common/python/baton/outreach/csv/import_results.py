"""What became of each line of a list, as a file for a spreadsheet: ids and reasons, nothing that stood in the list."""

from collections.abc import Sequence

from baton.domain.imports.list_import import RowResult
from baton.outreach.csv.csv_cells import line

HEADER = line(("line", "result", "lead_id", "why")).encode()


def results_csv(results: Sequence[RowResult]) -> bytes:
    """The lines of the file, without its header."""
    return "".join(line((each.number, each.result, each.lead_id, each.why)) for each in results).encode()
