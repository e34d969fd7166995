"""Reads lists of leads in pages; what a page costs follows from what it shows, not from how long the list is."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from baton.agreement.terms.agreement import Agreement
from baton.aws.leads.lead_queues import LeadPage, cursor_of, is_held_by, teams_of
from baton.aws.lists.asked_list import MAX_PAGE, PAGE, AskedList
from baton.aws.lists.list_places import Stretch, account_asked_for, stretches
from baton.aws.table.keys import lead_keys
from baton.aws.table.keys.item_key import rank_of
from baton.aws.table.store import Store
from baton.aws.web.json_view import View
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import Status
from baton.domain.timers.open_clock import escalated_at, overdue_since

MAX_TOGETHER, SECONDS = 2_000, 8.0
"""Limits of a file of leads: it must fit into one answer of Lambda, and the gateway's time."""


@dataclass(frozen=True, slots=True)
class LeadLists:
    """Reads lists of leads from index 1, under an agreement.

    The index follows the table in a moment: a lead that left a list is left out by what the lead itself says, and one
    that just came is not there yet. A page reads at most a hundred leads: filters that no index knows leave out some
    of them, so that such a page may have few rows, or none, and still a cursor.
    """

    store: Store
    agreement: Agreement

    def page(self, asked: AskedList, now: datetime) -> LeadPage:
        """Reads a page: as many leads as asked for, fewer where filters leave out some."""
        limit = asked.limit or PAGE
        window = MAX_PAGE if _is_narrowed(asked) else limit
        account = account_asked_for(asked, self.store)
        if account:
            asked = asked._replace(account=account.domain)
        places = stretches(asked, account, self.agreement, self.store, now)
        found, is_cut = self._found(asked, places, window)
        bodies = self.store.lead_bodies(found[:window])
        leads: list[Lead] = []
        read = 0
        for item in found[:window]:
            read += 1
            body = bodies.get(lead_keys.lead_id_of(item))
            lead = Lead.model_validate_json(body) if body else None
            if lead and is_listed(lead, asked, now):
                leads.append(lead)
            if len(leads) == limit:
                break
        is_last = not is_cut and read == len(found)
        return LeadPage(leads, None if is_last or not read else cursor_of(rank_of(found[read - 1])))

    def many(self, asked: AskedList, now: datetime) -> LeadPage:
        """Reads several pages of a list into one: up to 2,000 leads, or its limit, for at most 8 seconds."""
        most, end = asked.limit or MAX_TOGETHER, time.monotonic() + SECONDS
        leads: list[Lead] = []
        while True:
            found = self.page(asked._replace(limit=min(MAX_PAGE, most - len(leads))), now)
            leads += found.leads
            if found.cursor is None or len(leads) >= most or time.monotonic() > end:
                return LeadPage(leads, found.cursor)
            asked = asked.after_cursor(found.cursor)

    def page_with_counts(self, asked: AskedList, now: datetime) -> tuple[LeadPage, View]:
        """Reads a page, and what its teams have and owe, if that is asked for."""
        page = self.page(asked, now)
        if not (asked.counts and asked.teams):
            return page, {}
        from baton.aws.lists.board_counts import board_counts  # few lists are a board's  # noqa: PLC0415

        return page, board_counts(self.page, self.store, self.agreement, asked, now)

    def _found(self, asked: AskedList, places: Sequence[Stretch], window: int) -> tuple[list[Any], bool]:
        """Reads the next entries of a list, each lead once, and tells whether there are more than were read."""
        found: list[Any] = []
        ends: list[str] = []
        for stretch in places:
            items, is_cut = self._entries(stretch, asked, window + 1)
            found += items
            ends += [rank_of(items[-1])] if is_cut else []
        found.sort(key=rank_of, reverse=asked.backwards)
        if ends:
            found = list(_up_to(max(ends) if asked.backwards else min(ends), found, backwards=asked.backwards))
        by_lead: dict[str, Any] = {}
        for item in found:
            if rank_of(item) != asked.after:
                by_lead.setdefault(lead_keys.lead_id_of(item), item)
        return list(by_lead.values()), bool(ends)

    def _entries(self, stretch: Stretch, asked: AskedList, most: int) -> tuple[Sequence[Any], bool]:
        first, last = stretch.first, stretch.last
        if asked.after and asked.backwards:
            last = min(last, asked.after)
        elif asked.after:
            first = max(first, asked.after)
        if first > last:
            return [], False
        found = self.store.dynamodb.query(
            TableName=self.store.table,
            IndexName="gsi1",
            KeyConditionExpression="gsi1pk = :partition AND gsi1sk BETWEEN :first AND :last",
            ExpressionAttributeValues={
                ":partition": {"S": stretch.partition},
                ":first": {"S": first},
                ":last": {"S": last},
            },
            ScanIndexForward=not asked.backwards,
            Limit=most,
        )
        return found["Items"], bool(found["Items"]) and "LastEvaluatedKey" in found


def _up_to(end: str, found: Sequence[Any], *, backwards: bool) -> Iterator[Any]:
    """Yields the entries up to the rank at which a stretch was cut: what comes after it there is not known yet."""
    return (item for item in found if (rank_of(item) >= end if backwards else rank_of(item) <= end))


def _is_narrowed(asked: AskedList) -> bool:
    """Tells whether leads stand in the list's stretches that are not meant, besides those that just left it."""
    two_lists = asked.queue and (asked.owner or asked.account)
    since = asked.changed_since or asked.escalated_since
    return bool(asked.overdue or asked.source or asked.account or since or two_lists)


def is_listed(lead: Lead, asked: AskedList, now: datetime) -> bool:
    """Tells whether a lead belongs to a list, by what the lead itself says."""
    return (
        (asked.queue in (None, lead.status) or (asked.queue is Status.SPAM and lead.suspected_at is not None))
        and (asked.owner is None or is_held_by(asked.owner, lead))
        and (not asked.teams or not teams_of(lead).isdisjoint(asked.teams))
        and (asked.account is None or (lead.account is not None and lead.account.domain == asked.account))
        and (asked.source is None or lead.source.casefold() == asked.source.strip().casefold())
        and (asked.changed_since is None or lead.updated_at > asked.changed_since)
        and (asked.escalated_since is None or _was_escalated(lead, asked.escalated_since))
        and not (asked.overdue and overdue_since(lead, now) is None)
    )


def _was_escalated(lead: Lead, since: datetime) -> bool:
    at = escalated_at(lead)
    return at is not None and at >= since
