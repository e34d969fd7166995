"""What a change of a lead writes: the parts of one transaction."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from baton.aws.table import report_items
from baton.aws.table.account_items import alerted
from baton.aws.table.keys import duty_keys, handoff_keys, lead_keys, team_keys
from baton.aws.table.turn_items import moves
from baton.domain.accounts.company_names import NAME_PREFIX, company_name_key
from baton.domain.basics.moments import iso
from baton.domain.events.lead_events import TargetAccountEngaged
from baton.domain.events.recorded import Recorded
from baton.domain.history.change import Change
from baton.domain.history.merged_view import merged_histories_of
from baton.domain.history.spam_suspicion import LISTED_FOR, suspected_since
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Lead
from baton.domain.leads.merged_histories import MergedHistories
from baton.domain.leads.person_facts import Company
from baton.domain.teams.reps import Subscription

Item = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RepeatKey:
    """What marks a message as the same one: its sender's name, its id there, and until when that counts.

    `attempt` is kept with the mark, and tells who made it; `lead_id` is whom it was sent to, where another lead stands
    for that one now.
    """

    source: str
    message: str
    until: datetime
    attempt: str | None = None
    lead_id: str | None = None


def put(table: str, item: Item, condition: str | None = None, values: Item | None = None) -> Item:
    """The part of a transaction that writes an item, under a condition."""
    written: Item = {"TableName": table, "Item": item}
    if condition:
        written["ConditionExpression"] = condition
    if values:
        written["ExpressionAttributeValues"] = values
    return {"Put": written}


def changed(table: str, change: Change) -> list[Item]:
    """The parts of a transaction that keep a change of a lead, and all that stands elsewhere because of it."""
    if change.after is None:
        return []
    return [
        _lead(table, change.before, change.after),
        *_events(table, change),
        *_handoffs(table, change),
        *_duties(table, change),
        *_counts(table, change.before, change.after),
        *moves(table, change),
        *_company(table, change.before, change.after),
        *_elsewhere(table, change.before, change.after),
        *_suspected(table, change.before, change.after),
        *_alert(table, change),
    ]


def given_up(table: str, lead: Lead) -> list[Item]:
    """The parts of a transaction by which nobody holds the lead any more, and it waits in no line."""
    gone = lead.model_copy(update={"handoff": None})
    return [*_counts(table, lead, gone), *moves(table, Change(lead.lead_id, lead, gone))]


def marked(table: str, change: Change, repeat: RepeatKey) -> Item:
    """The part that marks a message as dealt with, unless it is marked; a mark whose time is over counts no more."""
    item = lead_keys.seen(repeat.lead_id or change.lead_id, repeat.source, repeat.message) | {
        "seen_until": {"S": iso(repeat.until)},
        "expires_at": {"N": str(int(repeat.until.timestamp()))},
    }
    item |= {"attempt": {"S": repeat.attempt}} if repeat.attempt else {}
    values = {":now": {"S": iso(change.events[0].at)}}
    return put(table, item, "attribute_not_exists(pk) OR seen_until <= :now", values)


def _lead(table: str, before: Lead | None, after: Lead) -> Item:
    item = lead_keys.lead(after.lead_id) | lead_keys.indexes_of_lead(after)
    item |= {"version": {"N": str(after.version)}, "body": {"S": after.model_dump_json(exclude_none=True)}}
    if before is None:
        return put(table, item, "attribute_not_exists(pk)")
    return put(table, item, "version = :read", {":read": {"N": str(before.version)}})


def _events(table: str, change: Change) -> list[Item]:
    """The events; the last one tells reports if the lead is elsewhere now."""
    items = [_event(recorded) for recorded in change.events]
    if items:
        items[-1] |= report_items.of_move(change)
    return [put(table, item) for item in items]


def _company(table: str, before: Lead | None, after: Lead) -> list[Item]:
    """What leads from the company to the lead, so that a new account finds who is known already."""
    had = companies(before.company) if before else frozenset()
    return [
        put(table, lead_keys.company_pointer(after.lead_id, each)) for each in sorted(companies(after.company) - had)
    ]


def _elsewhere(table: str, before: Lead | None, after: Lead) -> list[Item]:
    """Where else the lead's history is kept, if that is not as it was before."""
    had, has = merged_histories_of(before) if before else MergedHistories(), merged_histories_of(after)
    if had == has:
        return []
    return [
        put(table, lead_keys.elsewhere(after.lead_id) | {"body": {"S": has.model_dump_json(exclude_defaults=True)}})
    ]


def _suspected(table: str, before: Lead | None, after: Lead) -> list[Item]:
    """What lists a known lead with those taken for robots, until it is released or that is too long ago."""
    since = suspected_since(after)
    if since == suspected_since(before):
        return []
    until = since + LISTED_FOR if since else after.updated_at
    return [put(table, lead_keys.suspected(after, since) | {"expires_at": {"N": str(int(until.timestamp()))}})]


def _alert(table: str, change: Change) -> list[Item]:
    """An account's owner hears of a lead: once in a quiet period, whichever of its leads came first."""
    alerts = [each.event for each in change.events if isinstance(each.event, TargetAccountEngaged)]
    now = change.events[0].at if change.events else None
    return [alerted(table, each.account, now, each.quiet_since) for each in alerts if each.alerts and now]


def _handoffs(table: str, change: Change) -> list[Item]:
    """What became of handoffs; one may have ended, and another one begun."""
    puts = []
    for each in change.handoffs:
        item = handoff_keys.handoff(each.handoff_id) | handoff_keys.indexes_of(each) | report_items.of_handoff(each)
        puts.append(put(table, item | {"body": {"S": each.model_dump_json(exclude_none=True)}}))
    return puts


def _duties(table: str, change: Change) -> list[Item]:
    """What marketing owes, or no longer owes."""
    puts = []
    for each in change.duties:
        item = duty_keys.duty(each.duty_id) | duty_keys.duty_index(each) | report_items.of_duty(each, change)
        puts.append(put(table, item | {"body": {"S": each.model_dump_json(exclude_none=True)}}))
    return puts


def _counts(table: str, before: Lead | None, after: Lead) -> list[Item]:
    """Who holds one open handoff more, and who one less."""
    had, has = _holder(before.handoff if before else None), _holder(after.handoff)
    if had == has:
        return []
    fewer = [_count(table, *had, -1)] if had else []
    return fewer + ([_count(table, *has, +1, after.updated_at)] if has else [])


def _count(table: str, team: str, owner: str, by: int, offered_at: datetime | None = None) -> Item:
    update: Item = {
        "TableName": table,
        "Key": team_keys.rep(team, owner),
        "UpdateExpression": "ADD open_handoffs :by",
        "ConditionExpression": "attribute_exists(pk)",
        "ExpressionAttributeValues": {":by": {"N": str(by)}},
    }
    if offered_at:
        update["UpdateExpression"] += " SET last_offered_at = :at"
        update["ConditionExpression"] = "subscription = :confirmed AND open_handoffs < #capacity"
        update["ExpressionAttributeNames"] = {"#capacity": "capacity"}
        update["ExpressionAttributeValues"] |= {
            ":at": {"S": iso(offered_at)},
            ":confirmed": {"S": Subscription.CONFIRMED},
        }
    return {"Update": update}


def _event(recorded: Recorded) -> Item:
    """The event, and beside it what the bus will carry: whatever version publishes it need not know its kind."""
    return lead_keys.event(recorded.event_id) | {
        "type": {"S": recorded.event.type},
        "at": {"S": iso(recorded.at)},
        "facts": {"S": json.dumps(recorded.for_the_bus(), separators=(",", ":"))},
        "body": {"S": recorded.model_dump_json(exclude_none=True)},
    }


def _holder(handoff: Handoff | None) -> tuple[str, str] | None:
    return (handoff.team, handoff.owner) if handoff and handoff.is_open and handoff.owner else None


def companies(company: Company) -> frozenset[str]:
    """Under what the leads of a company are found: its domain, and its name as it is compared."""
    name = company_name_key(company.name)
    return frozenset(filter(None, (company.domain, name and f"{NAME_PREFIX}{name}")))
