"""The kinds of items that Baton stores: which keys make each, by which keys one is known, and how it is read."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from baton.agreement.model import AgreementInForce
from baton.aws import keys
from baton.aws.account_items import account_from
from baton.aws.team_items import rep_from, told_from
from baton.aws.turns import pool_from
from baton.aws.versions import Version
from baton.domain.account_events import RecordedOfAccount
from baton.domain.agreed import RecordedOfAgreement
from baton.domain.duty import Duty
from baton.domain.elsewhere import Elsewhere, Part
from baton.domain.events import Recorded
from baton.domain.handoff import Handoff
from baton.domain.imports import Import
from baton.domain.lead import Lead
from baton.domain.reports.balance import read_balance
from baton.domain.reports.rows import read_duty, read_handoff, read_move
from baton.domain.signals import Signal
from baton.domain.signing import Draft
from baton.domain.team_events import RecordedOfTeam

TABLE, LEDGER = "Table", "ErasureLedger"

Item = dict[str, Any]
Read = Callable[[Item], Any]


def _body(model: Any) -> Read:
    return lambda item: model.model_validate_json(item["body"]["S"])


def _figures(read: Callable[[str], Any]) -> Callable[[Item], None]:
    def of(item: Item) -> None:
        if "figures" in item:
            read(item["figures"]["S"])

    return of


def _both(*reads: Read) -> Read:
    return lambda item: tuple(read(item) for read in reads)


def _mark(item: Item) -> Any:
    return datetime.fromisoformat(item["seen_until"]["S"]) if "seen_until" in item else _expiry(item)


def _expiry(item: Item) -> int:
    return int(item["expires_at"]["N"])


def _nothing(item: Item) -> str:
    """Its keys say all."""
    return str(item["sk"]["S"])


def _erasing(item: Item) -> Any:
    traces = [Part.model_validate(part) for part in json.loads(item["traces"]["S"])]
    return item["erased_as"]["S"], datetime.fromisoformat(item["erased_at"]["S"]), item["address"]["S"], traces


def _anonymous_message(item: Item) -> Any:
    message_id, way = json.loads(item["said"]["S"])
    return message_id, way, Signal.model_validate_json(item["body"]["S"]), datetime.fromisoformat(item["at"]["S"])


def _version(item: Item) -> Any:
    version = Version.read(item)
    return version, version.agreement, AgreementInForce.model_validate_json(version.body)


def _draft(item: Item) -> Draft:
    return Draft.model_validate(json.loads(item["body"]["S"]) | {"yaml": item["yaml"]["S"]})


def _erasure(item: Item) -> Any:
    facts = json.loads(item["facts"]["S"])
    assert facts["event_id"] == item["sk"]["S"].removeprefix("EVENT#")
    return facts["lead_id"], datetime.fromisoformat(facts["at"])


def _left(item: Item) -> Any:
    what = item["gsi2pk"]["S"].partition("#")[0]
    return {"HANDOFFS": read_handoff, "DUTIES": read_duty, "MOVES": read_move}[what](item["figures"]["S"])


@dataclass(frozen=True)
class Kind:
    """One kind of item; `made_by` is what gives its keys, None for a table that has keys of its own."""

    name: str
    made_by: Any
    pk: str
    sk: str
    read: Read
    has: frozenset[str] = frozenset()


_LEAD, _AGREED, _ACCOUNT, _TEAM, _WEBSITE = "LEAD#.+", "AGREEMENT", "ACCOUNT#.+", "TEAM#.+", "ANONYMOUS#.+"
KINDS = (
    Kind("erasures-under-way", keys.lead, _LEAD, "LEAD", _erasing, frozenset({"erased_as"})),
    Kind("leads", keys.lead, _LEAD, "LEAD", _body(Lead), frozenset({"body"})),
    Kind("events", keys.event, _LEAD, r"EVENT#\d{8}", _both(_body(Recorded), _figures(read_move))),
    Kind("elsewhere", keys.elsewhere, _LEAD, "ELSEWHERE", _body(Elsewhere)),
    Kind("handoffs", keys.handoff, _LEAD, r"HANDOFF#\d{3}", _both(_body(Handoff), _figures(read_handoff))),
    Kind("duties", keys.duty, _LEAD, r"DUTY#\d{3}", _both(_body(Duty), _figures(read_duty))),
    Kind("seen-messages", keys.seen, _LEAD, "SEEN#.+", _mark),
    Kind("lead-website-ids", keys.known_anonymously, _LEAD, "ANONYMOUS#.+", _expiry),
    Kind("lead-companies", keys.company_pointer, _LEAD, "COMPANY#.+", _nothing),
    Kind("lead-tool-ids", keys.known_pointer, _LEAD, "KNOWN#.+", _nothing),
    Kind("suspected-leads", keys.suspected, _LEAD, "SUSPECTED", _expiry),
    Kind("website-ids", keys.anonymous, _WEBSITE, "PERSON", _both(lambda item: item["lead_id"]["S"], _expiry)),
    Kind("website-messages", keys.of_anonymous, _WEBSITE, "MESSAGE#.+", _anonymous_message),
    Kind("website-counts", keys.kept_of_anonymous, _WEBSITE, "KEPT", lambda item: int(item["sent"]["N"])),
    Kind("limits-of-addresses", keys.limit_of_address, "LIMIT#.+", "ADDRESS#.+", lambda item: int(item["sent"]["N"])),
    Kind("limits-of-forms", keys.limit_of_form, r"LIMIT#.+#\d+", "FROM#.+", lambda item: int(item["sent"]["N"])),
    Kind("quarantine", keys.quarantined, "QUARANTINE#.+", "[0-9a-f]{64}", _expiry),
    Kind("imports", keys.imported, "IMPORT#.+", "IMPORT", _body(Import)),
    Kind("reps", keys.rep, _TEAM, "REP#.+", rep_from),
    Kind("turns", keys.turns, _TEAM, "TURNS#.+", pool_from),
    Kind("teams", keys.told, _TEAM, "TEAM", told_from),
    Kind("team-events", keys.team_event, _TEAM, r"EVENT#\d{8}", _body(RecordedOfTeam)),
    Kind("accounts", keys.account, _ACCOUNT, "ACCOUNT", account_from),
    Kind("account-events", keys.account_event, _ACCOUNT, r"EVENT#\d{8}", _body(RecordedOfAccount)),
    Kind("agreement-in-force", keys.AGREEMENT_IN_FORCE, _AGREED, "CURRENT", _version),
    Kind("agreement-to-come", keys.AGREEMENT_TO_COME, _AGREED, "NEXT", lambda item: int(item["version"]["N"])),
    Kind("agreement-versions", keys.agreement_version, _AGREED, r"V#\d{6}", _version),
    Kind("agreement-events", keys.agreement_event, _AGREED, "EVENT#.+", _body(RecordedOfAgreement)),
    Kind("drafts", keys.draft, _AGREED, "DRAFT#.+", _draft),
    Kind("seen-drafts", keys.drafted, _AGREED, "SEEN#draft#.+", _mark),
    Kind("rescorings", keys.rescoring, _AGREED, r"RESCORING#\d{6}", lambda item: item["state"]["S"]),
    Kind("closed-days", keys.closed_day, "BOOKS", "DAY#.+", _both(lambda i: read_balance(i["body"]["S"]), keys.day_of)),
    Kind("sent-report-mails", keys.report_mail, "REPORTS", "SEEN#mail#.+", _expiry),
    Kind("erasures", keys.erasure, "ERASURES", "EVENT#.+", _erasure),
    Kind("figures-of-erased", keys.left_of, "ERASED#.+", "LEFT#.+", _left),
)
ERASURE_LEDGER = Kind("erasure-ledger", None, "", "", lambda item: datetime.fromisoformat(item["erased_at"]["S"]))
BY_NAME = {kind.name: kind for kind in (*KINDS, ERASURE_LEDGER)}
FOR_INDEXES = frozenset(
    {keys.target, keys.queue_of, keys.indexes_of_lead, keys.happened, keys.indexes_of, keys.duty_index}
)
"""What gives keys of indexes, not of items of their own."""
KEY_MODULES, Key, ANY_KEY = (keys,), keys.Key, keys.key
"""Where keys are built, what they are, and what makes one of any two texts."""


def kind_of(table: str, item: Item) -> str:
    """The name of an item's kind.

    Raises:
        LookupError: there is no such kind; write it down here.
    """
    if table == LEDGER:
        return ERASURE_LEDGER.name
    pk, sk = item["pk"]["S"], item["sk"]["S"]
    for kind in KINDS:
        if re.fullmatch(kind.pk, pk) and re.fullmatch(kind.sk, sk) and kind.has <= item.keys():
            return kind.name
    raise LookupError(f"no kind of items has the keys {pk}, {sk}")
