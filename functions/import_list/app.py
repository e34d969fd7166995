"""Runs when a list was uploaded, or has more rows: imports the next rows."""

from datetime import datetime
from typing import Any

from baton.aws.imports.import_files import ImportFiles
from baton.aws.imports.import_items import Imports
from baton.aws.imports.import_job import ImportJob, import_of
from baton.aws.leads.commands import Commands
from baton.aws.messages.bus import Bus
from baton.aws.runtime.secrets import Secrets
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.signals.signal_batches import SignalBatches
from baton.domain.imports.list_import import FileChunk, Import, for_the_bus
from baton.intake.imports.file_parts import read_part
from baton.outreach.csv.import_results import HEADER, results_csv

commands, bus, secrets = Commands.from_environment(), Bus.from_environment(), Secrets.from_environment()


def read(of: Import, window: bytes, now: datetime, *, at_end: bool) -> FileChunk:
    """Reads the next rows of a list."""
    zone = commands.agreements.in_force().agreement.time_zone
    return read_part(of, window, secrets.pepper(), now, at_end=at_end, zone=zone)


importing = ImportJob(
    Imports.from_environment(), ImportFiles.from_environment(), SignalBatches(commands), read, results_csv, HEADER
)


def lambda_handler(event: dict[str, Any], _context: Any) -> None:
    """Imports as many rows as time allows, and publishes how far it came; that event starts it again for the rest."""
    now = utc_now()
    if import_ := importing.go_on(import_of(event), now):
        bus.publish_progress("LinesImported", for_the_bus(import_, now))
