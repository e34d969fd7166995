"""The kinds of items that Baton stores: which keys make each, by which keys one is known, and how it is read."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from baton.agreement.terms.agreement import AgreementInForce
from baton.aws.agreement.agreement_versions import Version
from baton.aws.failures.failure_log import known_from
from baton.aws.proposals.proposal_items import proposal_from
from baton.aws.table import keys
from baton.aws.table.account_items import account_from
from baton.aws.table.keys import (
    account_keys,
    agreement_keys,
    anonymous_keys,
    duty_keys,
    erasure_keys,
    handoff_keys,
    intake_keys,
    item_key,
    lead_keys,
    report_keys,
    team_keys,
    word_keys,
)
from baton.aws.table.packing.packed_text import unpacked
from baton.aws.table.pool_items import company_from, pool_from
from baton.aws.table.team_items import rep_from, team_log_from
from baton.aws.tools.heard_tools import heard_at
from baton.aws.trials.trial_items import compared_in, trial_from
from baton.domain.accounts.account_events import RecordedOfAccount
from baton.domain.events.recorded import Recorded
from baton.domain.imports.list_import import Import
from baton.domain.leads.duty import Duty
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Lead
from baton.domain.leads.merged_histories import MergedHistories, MergedPart
from baton.domain.reports.lead_balance import read_balance
from baton.domain.reports.rows.report_rows import read_duty, read_handoff, read_move
from baton.domain.signals.signal_recording import Signal
from baton.domain.signing.agreement_events import RecordedOfAgreement
from baton.domain.signing.draft_signatures import Draft
from baton.domain.teams.team_events import RecordedOfTeam

TABLE, LEDGER = "Table", "ErasureLedger"

Item = dict[str, Any]
Read = Callable[[Item], Any]


def _body(model: Any) -> Read:
    return lambda item: model.model_validate_json(unpacked(item["body"]))


def _body_or_none(model: Any) -> Read:
    """The body, unless it stands in another item; a handoff's does as long as it is the lead's present one."""
    return lambda item: _body(model)(item) if "body" in item else None


def _figures(read: Callable[[str], Any]) -> Callable[[Item], None]:
    def of(item: Item) -> None:
        if "figures" in item:
            read(unpacked(item["figures"]))

    return of


def _both(*reads: Read) -> Read:
    return lambda item: tuple(read(item) for read in reads)


def _mark(item: Item) -> Any:
    return datetime.fromisoformat(item["seen_until"]["S"]) if "seen_until" in item else _expiry(item)


def _expiry(item: Item) -> int:
    return int(item["expires_at"]["N"])


def _name(item: Item) -> str:
    """What its keys say, as the code takes them apart."""
    assert lead_keys.lead_id_of(item)
    return lead_keys.kind_and_name(item)[1]


def _erasing(item: Item) -> Any:
    traces = [MergedPart.model_validate(part) for part in json.loads(item["traces"]["S"])]
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
    return {"HANDOFFS": read_handoff, "DUTIES": read_duty, "MOVES": read_move}[what](unpacked(item["figures"]))


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
    Kind("erasures-under-way", lead_keys.lead, _LEAD, "LEAD", _erasing, frozenset({"erased_as"})),
    Kind("leads", lead_keys.lead, _LEAD, "LEAD", _body(Lead), frozenset({"body"})),
    Kind("events", lead_keys.event, _LEAD, r"EVENT#\d{8}", _both(_body(Recorded), _figures(read_move))),
    Kind("elsewhere", lead_keys.merged_histories, _LEAD, "ELSEWHERE", _body(MergedHistories)),
    Kind(
        "handoffs", handoff_keys.handoff, _LEAD, r"HANDOFF#\d{3}", _both(_body_or_none(Handoff), _figures(read_handoff))
    ),
    Kind("duties", duty_keys.duty, _LEAD, r"DUTY#\d{3}", _both(_body(Duty), _figures(read_duty))),
    Kind("seen-messages", lead_keys.seen, _LEAD, "SEEN#.+", _mark),
    Kind("lead-website-ids", lead_keys.anonymous_id, _LEAD, "ANONYMOUS#.+", _expiry),
    Kind("lead-companies", lead_keys.company_pointer, _LEAD, "COMPANY#.+", _name),
    Kind(
        "lead-tool-ids", lead_keys.external_id, _LEAD, "KNOWN#.+", lambda item: lead_keys.source_and_name(_name(item))
    ),
    Kind("words", word_keys.word, "WORDS#[a-z2-7]{20}", "[a-z2-7]*#[a-z2-7]{24}", word_keys.lead_id_of),
    Kind("suspected-leads", lead_keys.spam_suspicion, _LEAD, "SUSPECTED", _expiry),
    Kind(
        "website-ids", anonymous_keys.anonymous, _WEBSITE, "PERSON", _both(lambda item: item["lead_id"]["S"], _expiry)
    ),
    Kind("website-messages", anonymous_keys.anonymous_message, _WEBSITE, "MESSAGE#.+", _anonymous_message),
    Kind("website-counts", anonymous_keys.message_count, _WEBSITE, "KEPT", lambda item: int(item["sent"]["N"])),
    Kind(
        "limits-of-addresses",
        intake_keys.limit_of_address,
        "LIMIT#.+",
        "ADDRESS#.+",
        lambda item: int(item["sent"]["N"]),
    ),
    Kind(
        "limits-of-forms",
        intake_keys.limit_of_form,
        r"LIMIT#.+#\d+",
        "FROM#.+",
        lambda item: int(item["sent"]["N"]),
    ),
    Kind("quarantine", intake_keys.quarantined, "QUARANTINE#.+", "[0-9a-f]{64}", _expiry),
    Kind("tools", intake_keys.tool, "TOOLS", "HEARD#.+", _both(heard_at, intake_keys.source_of_tool)),
    Kind("imports", intake_keys.imported, "IMPORT#.+", "IMPORT", _body(Import)),
    Kind("reps", team_keys.rep, _TEAM, "REP#.+", rep_from),
    Kind("turns", team_keys.pool, _TEAM, "TURNS#.+", pool_from),
    Kind("company-reps", team_keys.company, _TEAM, "COMPANY#[0-9a-f]{32}", lambda item: company_from("", [item])),
    Kind("teams", team_keys.team_log, _TEAM, "TEAM", team_log_from),
    Kind("team-events", team_keys.team_event, _TEAM, r"EVENT#\d{8}", _body(RecordedOfTeam)),
    Kind(
        "mail-pauses",
        team_keys.mail_pause,
        "MAILBOX#.+",
        "PAUSE",
        lambda item: datetime.fromisoformat(item["pauses_until"]["S"]),
    ),
    Kind("postponed-mails", team_keys.postponed_mail, "MAILBOX#.+", "POSTPONED#.+", team_keys.postponed_event),
    Kind("mail-paces", team_keys.mail_pace, "MAILBOX#.+", "PACE", lambda item: int(item["free_at"]["N"])),
    Kind("accounts", account_keys.account, _ACCOUNT, "ACCOUNT", account_from),
    Kind("account-events", account_keys.account_event, _ACCOUNT, r"EVENT#\d{8}", _body(RecordedOfAccount)),
    Kind("agreement-in-force", agreement_keys.AGREEMENT_IN_FORCE, _AGREED, "CURRENT", _version),
    Kind(
        "agreement-to-come", agreement_keys.AGREEMENT_TO_COME, _AGREED, "NEXT", lambda item: int(item["version"]["N"])
    ),
    Kind("agreement-versions", agreement_keys.agreement_version, _AGREED, r"V#\d{6}", _version),
    Kind("agreement-events", agreement_keys.agreement_event, _AGREED, "EVENT#.+", _body(RecordedOfAgreement)),
    Kind(
        "agreement-mail-marks",
        agreement_keys.agreement_mail_mark,
        "MAILBOX#agreement",
        "SEEN#mail#.+",
        lambda item: int(item["expires_at"]["N"]),
    ),
    Kind("drafts", agreement_keys.draft, _AGREED, "DRAFT#.+", _draft),
    Kind("seen-drafts", agreement_keys.draft_mark, _AGREED, "SEEN#draft#.+", _mark),
    Kind("rescorings", agreement_keys.rescoring, _AGREED, r"RESCORING#\d{6}", lambda item: item["state"]["S"]),
    Kind("trials", agreement_keys.trial, "TRIAL#.+", "TRIAL", trial_from),
    Kind("agreements-of-trials", agreement_keys.trial_texts, "TRIAL#.+", "AGREEMENTS", compared_in),
    Kind(
        "points-proposals",
        agreement_keys.points_proposal,
        "PROPOSAL#.+",
        "PROPOSAL",
        lambda item: proposal_from(item["pk"]["S"].removeprefix("PROPOSAL#"), item),
    ),
    Kind("newest-proposals", agreement_keys.NEWEST_PROPOSAL, "PROPOSAL#NEWEST", "NEWEST", _mark),
    Kind("seen-proposals", agreement_keys.proposal_mark, "PROPOSAL#.+", "SEEN", _mark),
    Kind(
        "closed-days",
        report_keys.daily_balance,
        "BOOKS",
        "DAY#.+",
        _both(lambda i: read_balance(i["body"]["S"]), report_keys.day_of),
    ),
    Kind("sent-report-mails", report_keys.report_mail, "REPORTS", "SEEN#mail#.+", _expiry),
    Kind("failures", report_keys.failure, "FAILURES", "KIND#.+", _both(known_from, report_keys.kind_of_failure)),
    Kind("erasures", erasure_keys.erasure, "ERASURES", "EVENT#.+", _erasure),
    Kind("figures-of-erased", erasure_keys.erased_figures, "ERASED#.+", "LEFT#.+", _left),
)
ERASURE_LEDGER = Kind("erasure-ledger", None, "", "", lambda item: datetime.fromisoformat(item["erased_at"]["S"]))
BY_NAME = {kind.name: kind for kind in (*KINDS, ERASURE_LEDGER)}
FOR_INDEXES = frozenset(
    {
        account_keys.target,
        lead_keys.queue_of,
        lead_keys.lead_indexes,
        lead_keys.company_place,
        report_keys.report_index,
        handoff_keys.handoff_indexes,
        duty_keys.duty_indexes,
        intake_keys.import_place,
    }
)
"""What gives keys of indexes, not of items of their own."""
KEY_MODULES = tuple(
    import_module(f"{keys.__name__}.{module.name}")
    for module in iter_modules(keys.__path__)
    if module.name != "item_key"
)
Key, ANY_KEY = item_key.Key, item_key.key
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
