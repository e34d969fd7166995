"""Reads a list of target accounts for a trial: domains, one a line, or the product's columns and two more."""

import csv
from datetime import UTC, datetime, timedelta, tzinfo
from io import StringIO
from pathlib import Path

from pydantic import ValidationError

from baton.domain.accounts.account_matching import normalise_domain
from baton.domain.fields.field_words import field_faults
from baton.domain.trial.listed_targets import ListedTargets, Listing
from baton.intake.accounts.account_fields import AccountTerms

COLUMNS = ("domain", "name", "owner", "target", "domains", "quiet_for", "since", "until")
_SEPARATORS = (",", ";", "\t")


class TargetFault(Exception):
    """The list cannot be read; the text names the line, and says what to write instead."""


def read_targets(path: Path, zone: tzinfo = UTC) -> ListedTargets:
    """Returns the accounts of a list; `since` and `until` are days in `zone`, both included, or times.

    Raises:
        TargetFault: a line cannot be read.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise TargetFault(f"{path.name} is not UTF-8; save it as `CSV UTF-8`") from fault
    head = text.lstrip("\r\n").partition("\n")[0]
    rows = csv.reader(StringIO(text, newline=""), delimiter=max(_SEPARATORS, key=head.count))
    columns, listings = ["domain"], list[Listing]()
    for cells in rows:
        if not any(map(str.strip, cells)):
            continue
        names = [cell.strip().lower() for cell in cells]
        if not listings and "domain" in names:
            columns = names
            if unknown := set(columns) - set(COLUMNS):
                raise TargetFault(f"{path.name}: {', '.join(sorted(unknown))}: no such column; there are {COLUMNS}")
            continue
        said = {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if cell.strip()}
        try:
            listings.append(_listing(said, zone))
        except (ValueError, ValidationError) as fault:
            why = _why(fault) if isinstance(fault, ValidationError) else f"{fault}"
            raise TargetFault(f"{path.name}, line {rows.line_num}: {why}") from fault
    return ListedTargets(listings)


def _why(invalid: ValidationError) -> str:
    """Returns the first fault of a line: `owner: is not an address that mail could reach; …`."""
    (field, why), *_ = field_faults(invalid.errors(include_url=False), AccountTerms)
    return f"{field.partition('.')[0]}: {why}"


def _listing(said: dict[str, str], zone: tzinfo) -> Listing:
    since, until = said.pop("since", None), said.pop("until", None)
    domain = normalise_domain(said.pop("domain", ""))
    further = {"domains": said["domains"].replace(";", " ").replace(",", " ").split()} if "domains" in said else {}
    terms = AccountTerms.model_validate({**said, **further})
    ends = _moment("until", until, zone)
    if until and _is_day(until) and ends:
        ends += timedelta(days=1)
    return Listing(terms.account(domain), _moment("since", since, zone), ends)


def _moment(name: str, written: str | None, zone: tzinfo) -> datetime | None:
    if not written:
        return None
    try:
        at = datetime.fromisoformat(written)
    except ValueError as fault:
        raise ValueError(f"{name} is no day; write it like 2026-03-01") from fault
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


def _is_day(written: str) -> bool:
    return len(written) == len("2026-03-01")
