"""The bucket, the bus: a list was uploaded, or there is more of it; its lines are taken in."""

from datetime import datetime
from typing import Any

from baton.aws.bus import Bus
from baton.aws.clock import utc_now
from baton.aws.desk import Desk
from baton.aws.import_files import ImportFiles
from baton.aws.importing import Importing, import_of
from baton.aws.imports import Imports
from baton.aws.receiving import Receiving
from baton.aws.secrets import Secrets
from baton.domain.imports import Import, Part, for_the_bus
from baton.intake.lists.parts import read_part
from baton.outreach.import_results import HEADER, results_csv

desk, bus, secrets = Desk.from_environment(), Bus.from_environment(), Secrets.from_environment()


def read(of: Import, window: bytes, now: datetime, *, at_end: bool) -> Part:
    """The next lines of a list."""
    return read_part(of, window, secrets.pepper(), now, at_end=at_end)


importing = Importing(
    Imports.from_environment(), ImportFiles.from_environment(), Receiving(desk), read, results_csv, HEADER
)


def lambda_handler(event: dict[str, Any], _context: Any) -> None:
    """Take in as much as there is time for, and say so on the bus, which brings it back for the rest."""
    now = utc_now()
    if known := importing.go_on(import_of(event), now):
        bus.tell("LinesImported", for_the_bus(known, now))
