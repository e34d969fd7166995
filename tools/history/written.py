"""Lives through a history and writes it: `python -m tools.history.written FILE MOMENT [crowd]`, until that moment.

A program of its own, so that the stack is deployed meanwhile.
"""

import gc
import sys
from datetime import datetime
from pathlib import Path

from tools.history.history_file import Extent, History
from tools.history.month import beginning_of, live_through
from tools.history.past import Past, past

UPLOADS = "uploads/"


def history_of(lived: Past) -> History:
    """Returns what a past has left; files that were handed in are read already, and stay behind."""
    kept = {name: {"B": content} for name, content in lived.stack.files().items() if not name.startswith(UPLOADS)}
    return History(lived.stack.items(), kept, lived.timers)


def main(file: str, moment: str, extent: Extent = "month") -> None:
    """Lives until that moment, with its time zone; `crowd` is for thousands of leads besides."""
    ends = datetime.fromisoformat(moment)
    gc.disable()  # it would look through all of moto again and again, and the program ends soon
    with past(beginning_of(ends), ends) as opened:
        live_through(opened, crowd=extent == "crowd")
        history_of(opened).write(Path(file))


if __name__ == "__main__":
    main(*sys.argv[1:])  # type: ignore[arg-type]
