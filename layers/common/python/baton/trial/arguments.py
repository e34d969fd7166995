"""Reads what a trial is asked for on the command line."""

import argparse
import os
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import NamedTuple

from baton.intake.imports.import_terms import zone_of

DESCRIPTION = """\
Tries a draft of an agreement on lists that a CRM exports, against the agreement of today:
which leads each would have handed over, when, and what became of them."""

EPILOG = """\
A list has a column `email`; with a column `kind` it is one of signals, otherwise one of leads. Columns are those of
imports, and `outcome` (won, lost, returned, open), `closed_at`, `amount`, `return_reason`, `received_at`.
docs/trial.md shows how to export them, and how to read each figure."""


class Misused(Exception):
    """An argument cannot be understood; the text says why."""


class Arguments(NamedTuple):
    """What a trial is asked for."""

    draft: Path
    today: Path | None
    history: list[Path]
    json: Path | None
    html: Path | None
    csv: Path | None
    leads: Path | None
    seed: int
    as_of: datetime
    mapping: dict[str, str | None]
    spelling: dict[str, str]
    reps: dict[str, int]
    targets: Path | None
    zone: tzinfo
    workers: int


def read_arguments(words: list[str]) -> Arguments:
    """Returns what is asked for.

    Raises:
        Misused: an argument cannot be understood.
    """
    given = _parser().parse_args(words)
    spelling = {"dates": given.dates, "decimals": given.decimals, "time_zone": given.time_zone}
    try:
        zone = zone_of(given.time_zone) if given.time_zone else UTC
    except ValueError as fault:
        raise Misused(f"--time-zone {given.time_zone} {fault}") from fault
    return Arguments(
        given.agreement,
        given.against,
        given.history,
        given.json,
        given.html,
        given.csv,
        given.leads,
        given.seed,
        _moment(given.as_of, zone),
        {name: to or None for name, to in map(_pair, given.map)},
        {name: said for name, said in spelling.items() if said},
        {team: _number(team, number) for team, number in map(_pair, given.reps)},
        given.targets,
        zone,
        given.workers or os.cpu_count() or 1,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m baton.trial",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--agreement", type=Path, required=True, metavar="FILE", help="the draft")
    add("--against", type=Path, metavar="FILE", help="the agreement of today; without it, the one that ships")
    add("--history", type=Path, required=True, nargs="+", action="extend", metavar="FILE", help="lists of the CRM")
    add("--html", type=Path, metavar="FILE", help="writes the report there, a page with pictures that prints well")
    add("--json", type=Path, metavar="FILE", help="writes all figures there")
    add("--csv", type=Path, metavar="FILE", help="writes all figures there, for a spreadsheet")
    add(
        "--leads",
        type=Path,
        metavar="FILE",
        help="writes a list of the leads there: when each would have gone to sales",
    )
    add("--seed", type=int, default=1, metavar="N", help="is kept with the figures")
    add("--as-of", metavar="TIME", help="up to when the lists go, such as 2026-11-30; otherwise now")
    add("--map", action="append", default=[], metavar="NAME=FIELD", help="what a column of the lists is")
    add("--dates", choices=("DD/MM/YYYY", "MM/DD/YYYY"), help="how dates with slashes are written")
    add("--decimals", choices=(",", "."), help="what stands before decimals")
    add("--time-zone", metavar="ZONE", help="the zone of times without one, such as Europe/Berlin; otherwise UTC")
    add("--targets", type=Path, metavar="FILE", help="target accounts: domains, with `since` and `until` if you know")
    add("--workers", type=int, metavar="N", help="how many processes replay; otherwise one for each processor")
    add("--reps", action="append", default=[], metavar="TEAM=N", help="how many reps a team has today")
    return parser


def _moment(written: str | None, zone: tzinfo) -> datetime:
    if written is None:
        return datetime.now(UTC)
    try:
        at = datetime.fromisoformat(written)
    except ValueError as fault:
        raise Misused(f"--as-of {written} is no time; write it like 2026-11-30 or 2026-11-30T18:00Z") from fault
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


def _pair(written: str) -> tuple[str, str]:
    name, equals, said = written.partition("=")
    if not (name and equals):
        raise Misused(f"{written} has no `=`; write it like `Became Customer On=closed_at`, or `sales=4`")
    return name.strip(), said.strip()


def _number(team: str, written: str) -> int:
    if not (written.isdecimal() and int(written)):
        raise Misused(f"--reps {team}={written} has no number of reps; write it like {team}=4")
    return int(written)
