"""Builds the keys of a stored item anew with today's code, so that a test can compare them."""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from types import SimpleNamespace
from typing import Any

from baton.aws.table.keys import (
    account_keys,
    agreement_keys,
    anonymous_keys,
    duty_keys,
    erasure_keys,
    handoff_keys,
    intake_keys,
    lead_keys,
    report_keys,
    team_keys,
    word_keys,
)
from baton.aws.table.packing.packed_text import unpacked
from baton.domain.leads.duty import Duty
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Lead

Item = dict[str, Any]
Build = Callable[[str, str, Item], Item]


def rebuilt(kind: str, item: Item) -> Item:
    """The keys of an item of the main table, with those of the indexes that its kind is always in."""
    built = BUILD[kind](item["pk"]["S"].partition("#")[2], item["sk"]["S"].partition("#")[2], item)
    return _in_undivided_month(built) if _is_of_undivided_month(item) else built


def _is_of_undivided_month(item: Item) -> bool:
    """Tells whether reports find the item in the one list of its month, as all were written once."""
    return bool(re.fullmatch(r"(HANDOFFS|DUTIES|MOVES)#\d{4}-\d\d", item.get("gsi2pk", {"S": ""})["S"]))


def _in_undivided_month(built: Item) -> Item:
    return built | {"gsi2pk": {"S": built["gsi2pk"]["S"].rpartition("#")[0]}}


def _lead(_: str, __: str, item: Item) -> Item:
    lead = Lead.model_validate_json(unpacked(item["body"]))
    return {**lead_keys.lead(lead.lead_id), **_only_indexes(item, lead_keys.lead_indexes(lead))}


def _handoff(lead_id: str, number: str, item: Item) -> Item:
    if "body" not in item:  # its indexes follow from the lead, which has it
        return dict(handoff_keys.handoff(f"{lead_id}-{number}"))
    indexes = handoff_keys.handoff_indexes(Handoff.model_validate_json(unpacked(item["body"])))
    return {**handoff_keys.handoff(f"{lead_id}-{number}"), **_only_indexes(item, _as_ranked(item, indexes))}


def _as_ranked(item: Item, indexes: Item) -> Item:
    """The indexes' keys, with the rank in a worklist as all were written once: by due time, without a grace."""
    stored, rank = (each.get("gsi1sk", {"S": ""})["S"] for each in (item, indexes))
    due, *grace, handoff_id = rank.split("#") if rank else ("", "", "")
    was_without = len(grace) == 1 and stored == f"{due}#{handoff_id}"
    return indexes | {"gsi1sk": {"S": stored}} if was_without else indexes


def _duty(lead_id: str, number: str, item: Item) -> Item:
    indexes = duty_keys.duty_indexes(Duty.model_validate_json(unpacked(item["body"])))
    return {**duty_keys.duty(f"{lead_id}-D{number}"), **_only_indexes(item, indexes)}


def _only_indexes(item: Item, indexes: Item) -> Item:
    """The indexes' keys; the item has no others."""
    assert {name for name in item if name.startswith("gsi")} == indexes.keys()
    return indexes


def _event(lead_id: str, number: str, item: Item) -> Item:
    event_id = f"{lead_id}-{number}"
    at = datetime.fromisoformat(item["at"]["S"])
    return {
        **lead_keys.event(event_id),
        **(lead_keys.company_place(lead_id, company) if (company := lead_keys.company_of(item)) else {}),
        **(report_keys.report_index(report_keys.Reported.MOVES, at, event_id) if "figures" in item else {}),
    }


def _suspected(lead_id: str, _: str, item: Item) -> Item:
    since = datetime.fromisoformat(item["gsi1sk"]["S"].partition("#")[0]) if "gsi1sk" in item else None
    return dict(lead_keys.spam_suspicion(SimpleNamespace(lead_id=lead_id), since))  # type: ignore[arg-type]


def _known(lead_id: str, known: str, item: Item) -> Item:
    source, _, id_ = known.partition("#")
    since = datetime.fromisoformat(item["gsi1sk"]["S"].partition("#")[0])
    return lead_keys.external_id(lead_id, source, id_, since)


def _limit_of_form(form: str, began: str, _: Item) -> Item:
    name, _, part = form.rpartition("#")
    return intake_keys.limit_of_form(name, int(part), datetime.fromisoformat(began))


def _account(under: str, _: str, item: Item) -> Item:
    return {**account_keys.account(under), **(account_keys.target(under) if "gsi1pk" in item else {})}


def _report_mail(_: str, said: str, __: Item) -> Item:
    _, first, until, department = said.split("#")
    return report_keys.report_mail(date.fromisoformat(first), date.fromisoformat(until), department)


def _left(erased_as: str, was: str, item: Item) -> Item:
    """Figures stay in the list of their month in which they were under the lead's own id, which nobody can tell."""
    what, month = item["gsi2pk"]["S"].split("#")[:2]
    moment, _, which = item["gsi2sk"]["S"].partition("#")
    at = datetime.fromisoformat(moment)
    assert month == f"{at:%Y-%m}"
    assert item["gsi2pk"]["S"] in report_keys.lists_of_month(report_keys.Reported(what), month)
    return {
        **erasure_keys.erased_figures(erased_as, was),
        **report_keys.report_index(report_keys.Reported(what), at, which),
        **({} if _is_of_undivided_month(item) else {"gsi2pk": item["gsi2pk"]}),
    }


def _of_mailbox(name: str, build: Callable[[str], Item]) -> Item:
    """The keys of an item of a mailbox, whose address nobody can tell from its name."""
    somebody = "sam@sales.example.com"
    keys = build(somebody)
    return {**keys, "pk": {"S": keys["pk"]["S"].replace(team_keys.mailbox_of(somebody), name)}}


BUILD: dict[str, Build] = {
    "erasures-under-way": lambda name, _, __: lead_keys.lead(name),
    "leads": _lead,
    "events": _event,
    "elsewhere": lambda name, _, __: lead_keys.merged_histories(name),
    "handoffs": _handoff,
    "duties": _duty,
    "seen-messages": lambda name, said, _: lead_keys.seen(name, said.partition("#")[0], said.partition("#")[2]),
    "lead-website-ids": lambda name, id_, _: lead_keys.anonymous_id(name, id_),
    "lead-companies": lambda name, company, _: lead_keys.company_pointer(name, company),
    "lead-tool-ids": _known,
    "suspected-leads": _suspected,
    "website-ids": lambda name, _, __: anonymous_keys.anonymous(name),
    "website-messages": lambda name, said, _: anonymous_keys.anonymous_message(
        name, said.partition("#")[0], said.partition("#")[2]
    ),
    "website-counts": lambda name, _, __: anonymous_keys.message_count(name),
    "limits-of-addresses": lambda name, whose, _: intake_keys.limit_of_address(name, whose),
    "limits-of-forms": _limit_of_form,
    "quarantine": lambda name, _, item: intake_keys.quarantined(name, item["sk"]["S"]),
    "tools": lambda _, source, __: intake_keys.tool(source),
    "words": lambda list_, lead, item: word_keys.word(list_, item["sk"]["S"].partition("#")[0], lead),
    "imports": lambda name, _, __: intake_keys.imported(name),
    "reps": lambda name, email, _: team_keys.rep(name, email),
    "turns": lambda name, pool, _: team_keys.pool(name, pool),
    "company-reps": lambda name, company, _: team_keys.company(name, company),
    "teams": lambda name, _, __: team_keys.team_log(name),
    "team-events": lambda name, number, _: team_keys.team_event(f"team-{name}-{number}"),
    "mail-pauses": lambda name, _, __: _of_mailbox(name, team_keys.mail_pause),
    "postponed-mails": lambda name, event, _: _of_mailbox(name, partial(team_keys.postponed_mail, event_id=event)),
    "failures": lambda _, name, __: dict(report_keys.failure(name)),
    "mail-paces": lambda name, _, __: _of_mailbox(name, team_keys.mail_pace),
    "accounts": _account,
    "account-events": lambda name, number, _: account_keys.account_event(name, int(number)),
    "agreement-in-force": lambda _, __, ___: agreement_keys.AGREEMENT_IN_FORCE,
    "agreement-to-come": lambda _, __, ___: agreement_keys.AGREEMENT_TO_COME,
    "agreement-versions": lambda _, number, __: agreement_keys.agreement_version(int(number)),
    "agreement-mail-marks": lambda _, said, __: agreement_keys.agreement_mail_mark(said.removeprefix("mail#")),
    "agreement-events": lambda _, said, __: agreement_keys.agreement_event(f"agreement-{said.replace('#', '-')}"),
    "drafts": lambda _, name, __: agreement_keys.draft(name),
    "seen-drafts": lambda _, said, __: agreement_keys.draft_mark(said.removeprefix("draft#")),
    "rescorings": lambda _, number, __: agreement_keys.rescoring(int(number)),
    "trials": lambda name, _, __: agreement_keys.trial(name),
    "agreements-of-trials": lambda name, _, __: agreement_keys.trial_texts(name),
    "seen-proposals": lambda name, _, __: agreement_keys.proposal_mark(name),
    "newest-proposals": lambda _, __, ___: agreement_keys.NEWEST_PROPOSAL,
    "points-proposals": lambda name, _, __: agreement_keys.points_proposal(name),
    "closed-days": lambda _, day, __: report_keys.daily_balance(date.fromisoformat(day)),
    "sent-report-mails": _report_mail,
    "erasures": lambda _, name, __: erasure_keys.erasure(name),
    "figures-of-erased": _left,
}
