"""The writes of one transaction that store a change of a lead: its items, indexes, counters and events."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from baton.aws.table import report_items
from baton.aws.table.account_items import Alerted, engaged
from baton.aws.table.item_writes import UpdateExpression, put_item
from baton.aws.table.keys import duty_keys, handoff_keys, lead_keys, team_keys
from baton.aws.table.keys.item_key import Item
from baton.aws.table.packing.packed_text import packed, stays_plain
from baton.aws.table.pool_items import company_writes, forget_companies, pool_writes
from baton.domain.accounts.company_names import NAME_PREFIX, company_name_keys
from baton.domain.accounts.form_handoffs import FormHandoffs
from baton.domain.basics.facts import Fact
from baton.domain.basics.moments import iso
from baton.domain.events.handoff_events import HandoffOffered
from baton.domain.events.lead_events import LeadLeftToReview, LeftLeadsTold, TargetAccountEngaged
from baton.domain.events.recorded import Recorded
from baton.domain.history.change import Change
from baton.domain.history.merged_view import merged_histories_of
from baton.domain.history.spam_suspicion import LISTED_FOR, suspected_since
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Lead
from baton.domain.leads.merged_histories import MergedHistories
from baton.domain.leads.person_facts import Company
from baton.domain.teams.reps import Subscription

MAX_LEAD = 350_000
"""So many bytes the stored body of a lead has at most, of the 400 KB that DynamoDB takes for an item.

`room_for_words`, `consents` and the limits of all inputs see to it.
"""


class RepeatKey(NamedTuple):
    """Identifies a message, so that its repeat changes nothing: the sender, the id there, and until when that counts.

    `attempt` is stored with the mark and names the attempt that processed the message. `lead_id` is the lead that the
    message was sent to, if that lead is merged into another now.
    """

    source: str
    message: str
    until: datetime
    attempt: str | None = None
    lead_id: str | None = None


def change_writes(table: str, change: Change) -> list[Item]:
    """Returns the writes of a change: the lead, its events, handoffs, duties, and every count and index entry."""
    if change.after is None:
        return []
    return [
        _lead(table, change.before, change.after),
        *_events_and_companies(table, change),
        *_handoffs(table, change),
        *_duties(table, change),
        *_counts(table, change.before, change.after),
        *pool_writes(table, change),
        *company_writes(table, change),
        *_merged_histories(table, change.before, change.after),
        *_suspected(table, change.before, change.after),
        *_engaged(table, change),
    ]


def release_writes(table: str, leads: Sequence[Lead], now: datetime) -> list[Item]:
    """Returns the writes that free the owner's capacity, the place in the line and the companies of erased leads."""
    writes = forget_companies(table, leads, now)
    for lead in leads:
        without = lead.model_copy(update={"handoff": None})
        writes += [*_counts(table, lead, without), *pool_writes(table, Change(lead.lead_id, lead, without))]
    return writes


def repeat_mark(table: str, lead_id: str, repeat: RepeatKey, now: datetime) -> Item:
    """Returns the write that marks a message as processed; its condition fails if a mark is there and still counts."""
    item = lead_keys.seen(repeat.lead_id or lead_id, repeat.source, repeat.message) | {
        "seen_until": {"S": iso(repeat.until)},
        "expires_at": {"N": str(int(repeat.until.timestamp()))},
    }
    item |= {"attempt": {"S": repeat.attempt}} if repeat.attempt else {}
    values = {":now": {"S": iso(now)}}
    return put_item(table, item, "attribute_not_exists(pk) OR seen_until <= :now", values)


def _lead(table: str, before: Lead | None, after: Lead) -> Item:
    item = lead_keys.lead(after.lead_id) | lead_keys.lead_indexes(after)
    item |= {"version": {"N": str(after.version)}, **_lead_body(after), **_words(before, after)}
    if before is None:
        return put_item(table, item, "attribute_not_exists(pk)")
    return put_item(table, item, "version = :read", {":read": {"N": str(before.version)}})


def _words(before: Lead | None, after: Lead) -> Item:
    """Builds the attribute by which the stream tells which words the lead is found by, if they changed.

    When a lead is counted under another agreement, all its words are told again: so leads of before there was a search
    come into it, and what was lost on the way.
    """
    anew = before is None or _counted_under(before) != _counted_under(after)
    if not anew and before and _searched(before) == _searched(after):
        return {}
    from baton.domain.search.lead_words import word_change  # most changes leave the words as they are  # noqa: PLC0415

    return {"words": {"S": word_change(before, after, anew=anew).as_text()}}


def _counted_under(lead: Lead) -> object:
    return lead.tally.get("version") if lead.tally else None


def _searched(lead: Lead) -> tuple[object, ...]:
    profile, company = lead.profile, lead.company
    return profile.first_name, profile.last_name, profile.phone, company.name, company.domain, lead.emails


def _events_and_companies(table: str, change: Change) -> list[Item]:
    """Builds the writes of the events; the last one carries the figures of a move to another status or stage.

    Each lists the lead under one more name of its company, so that a new target account finds its existing leads. A
    name for which there is no event has an item of its own.
    """
    items = [_event(recorded) for recorded in change.events]
    if items:
        items[-1] |= report_items.of_move(change)
    names = _new_company_names(change)
    for place, name in enumerate(names[: len(items)]):
        items[place] |= lead_keys.company_place(change.lead_id, name)
    items += [lead_keys.company_pointer(change.lead_id, name) for name in names[len(items) :]]
    return [put_item(table, item) for item in items]


def _new_company_names(change: Change) -> list[str]:
    old = company_names(change.before.company) if change.before else frozenset()
    return sorted(company_names(change.after.company) - old) if change.after else []


def _merged_histories(table: str, before: Lead | None, after: Lead) -> list[Item]:
    """Builds the write of the links to other leads' histories, if they changed."""
    old, new = merged_histories_of(before) if before else MergedHistories(), merged_histories_of(after)
    if old == new:
        return []
    body = {"body": {"S": new.model_dump_json(exclude_defaults=True)}}
    return [put_item(table, lead_keys.merged_histories(after.lead_id) | body)]


def _suspected(table: str, before: Lead | None, after: Lead) -> list[Item]:
    """Builds the write of a suspected lead's entry in the queue `spam`, until its release or the suspicion's expiry."""
    since = suspected_since(after)
    if since == suspected_since(before):
        return []
    until = since + LISTED_FOR if since else after.updated_at
    return [
        put_item(table, lead_keys.spam_suspicion(after, since) | {"expires_at": {"N": str(int(until.timestamp()))}})
    ]


def _engaged(table: str, change: Change) -> list[Item]:
    """Builds the write of an alert's time, one per quiet period for all leads of an account, and of what forms did."""
    now = change.events[0].at if change.events else None
    alerts: dict[str, Alerted] = {}
    forms: dict[str, list[FormHandoffs]] = {}
    for event in change.happened:
        match event:
            case TargetAccountEngaged(alerts=True) if now:
                alerts[event.account] = Alerted(now, event.quiet_since, event.by_form)
            case HandoffOffered(form_account=str(account), forms=FormHandoffs() as counts):
                forms.setdefault(account, []).append(counts)
            case LeadLeftToReview() | LeftLeadsTold() if event.forms:
                forms.setdefault(event.account, []).append(event.forms)
    return [engaged(table, each, alerts.get(each), forms.get(each, ())) for each in sorted({*alerts, *forms})]


def _handoffs(table: str, change: Change) -> list[Item]:
    """Builds the writes of the changed handoffs: one may have ended, and another begun.

    The lead's own item has its present handoff; only when another one takes that place, the former has an own body.
    """
    had = change.before.handoff if change.before else None
    has = change.after.handoff if change.after else None
    changed = {each.handoff_id: each for each in change.handoffs}
    if had and (has is None or has.handoff_id != had.handoff_id):
        changed = {had.handoff_id: had} | changed
    puts = []
    for each in changed.values():
        item = (
            handoff_keys.handoff(each.handoff_id) | handoff_keys.handoff_indexes(each) | report_items.of_handoff(each)
        )
        in_lead = has is not None and has.handoff_id == each.handoff_id and not stays_plain()
        puts.append(put_item(table, item | ({} if in_lead else _body(each))))
    return puts


def _duties(table: str, change: Change) -> list[Item]:
    """Builds the writes of the changed duties of marketing."""
    puts = []
    for each in change.duties:
        item = duty_keys.duty(each.duty_id) | duty_keys.duty_indexes(each) | report_items.of_duty(each, change)
        puts.append(put_item(table, item | _body(each)))
    return puts


def _counts(table: str, before: Lead | None, after: Lead) -> list[Item]:
    """Builds the writes of the counters of open handoffs of the former and the new owner.

    The new owner must have room, unless a person gave it to them, and was warned. What only a form says is counted
    besides until somebody accepts it.
    """
    had, has = before.handoff if before else None, after.handoff
    old, new = _owner(had), _owner(has)
    if old == new:
        accepted = _waits(has) - _waits(had)
        return [_count(table, *new, 0, accepted)] if new and accepted else []
    fewer = [_count(table, *old, -1, -_waits(had))] if old else []
    if new is None or has is None:
        return fewer
    return [*fewer, _count(table, *new, +1, _waits(has), given=has, at=after.updated_at)]


def _waits(handoff: Handoff | None) -> int:
    return int(handoff is not None and handoff.waits_for_a_word)


def _count(
    table: str,
    team: str,
    owner: str,
    by: int,
    forms: int,
    *,
    given: Handoff | None = None,
    at: datetime | None = None,
) -> Item:
    change, condition = UpdateExpression(), "attribute_exists(pk)"
    counted = {"open_handoffs": by, "unaccepted_forms": forms}
    change.add += [f"{name} {change.value({'N': str(number)})}" for name, number in counted.items() if number]
    if given and at:
        change.set.append(f"last_offered_at = {change.value({'S': iso(at)})}")
        condition = f"subscription = {change.value({'S': Subscription.CONFIRMED})}"
        if not given.routing.warnings:
            condition = f"{condition} AND ({_has_room(given, change)})"
    return change.update(table, team_keys.rep(team, owner), condition)


def _has_room(given: Handoff, change: UpdateExpression) -> str:
    """Writes the condition that the owner has room: beside all that they hold, or by the counts that were read.

    A condition cannot subtract. So what a lead of whom more than a form is known was routed by must still hold: no more
    open handoffs, no fewer of them by forms, no lower capacity.
    """
    beside_all = f"open_handoffs < {change.name('capacity')}"
    counted = given.routing.counted
    if counted is None or given.needs_room_beside_all:
        return beside_all
    held, forms, capacity = (change.value({"N": str(number)}) for number in counted)
    as_read = f"open_handoffs <= {held} AND unaccepted_forms >= {forms} AND {change.name('capacity')} >= {capacity}"
    return f"{beside_all} OR ({as_read})"


def _event(recorded: Recorded) -> Item:
    """Returns the attributes of an event, with its facts for the bus ready to be published by another version."""
    return lead_keys.event(recorded.event_id) | {
        "type": {"S": recorded.event.type},
        "at": {"S": iso(recorded.at)},
        "facts": {"S": json.dumps(recorded.for_the_bus(), separators=(",", ":"))},
        **_body(recorded),
    }


def _body(of: Fact) -> Item:
    return {"body": packed(of.model_dump_json(exclude_none=True))}


def _lead_body(lead: Lead) -> Item:
    """Returns the body of a lead; without its counts of signals if that is too long: they follow from the history."""
    body = _body(lead)
    [stored] = body["body"].values()
    return body if len(stored) <= MAX_LEAD else _body(lead.model_copy(update={"tally": None}))


def _owner(handoff: Handoff | None) -> tuple[str, str] | None:
    return (handoff.team, handoff.owner) if handoff and handoff.is_open and handoff.owner else None


def company_names(company: Company) -> frozenset[str]:
    """Returns the names that index 1 lists a company's leads under: `acme.com`, and `name:acme` for its name."""
    names = {f"{NAME_PREFIX}{key}" for key in company_name_keys(company.name)}
    return frozenset(names | ({company.domain} if company.domain else set()))
