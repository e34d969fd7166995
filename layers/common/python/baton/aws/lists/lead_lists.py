"""Reads lists of leads in pages; what a page costs follows from what it shows, not from how long the list is."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from baton.agreement.terms.agreement import Agreement
from baton.aws.leads.lead_queues import LeadPage, cursor_of, is_held_by
from baton.aws.lists.asked_list import MAX_PAGE, PAGE, AskedList
from baton.aws.lists.list_places import Stretch, account_asked_for, stretches
from baton.aws.table.keys import handoff_keys, lead_keys
from baton.aws.table.keys.item_key import rank_of
from baton.aws.table.store import Store
from baton.aws.web.json_view import View
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import Status
from baton.domain.timers.open_clock import escalated_at, overdue_since

if TYPE_CHECKING:
    from baton.aws.lists.lead_counts import Count

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
        """Reads a page, and what its team has and owes, if that is asked for.

        `counts` is what the team and each of its people holds; `overdue` is what is late by who has to act: a rep who
        holds it, whoever gives it to one, or marketing.
        """
        page = self.page(asked, now)
        if not (asked.counts and asked.team):
            return page, {}
        from baton.aws.lists.lead_counts import Count, LeadCounts  # few lists are a board's  # noqa: PLC0415

        counts, marketing = LeadCounts(self.store), self.agreement.marketing.team
        team = counts.team(asked.team, self.agreement, now)
        overdue = {
            "held": Count(0).view() if asked.team == marketing else team["overdue"],
            "waiting": self._late_in_line(asked.team, now).view(),
            "marketing": counts.due(marketing, now).view(),
        }
        return page, {"counts": team, "overdue": overdue}

    def _late_in_line(self, team: str, now: datetime) -> "Count":
        """Counts the leads that wait for a rep of a team and are late, among the first hundred that wait."""
        from baton.aws.lists.lead_counts import MOST_COUNTED, Count  # as above  # noqa: PLC0415

        waiting = AskedList(owner=handoff_keys.NOBODY, team=team, overdue=True, limit=MAX_PAGE)
        page = self.page(waiting, now)
        return Count(min(MOST_COUNTED, len(page.leads)), page.cursor is not None or len(page.leads) > MOST_COUNTED)

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
    handoff, duty = lead.handoff, lead.duty
    of_team = {handoff.team if handoff and handoff.is_open else None, duty.team if duty and duty.is_open else None}
    return (
        (asked.queue in (None, lead.status) or (asked.queue is Status.SPAM and lead.suspected_at is not None))
        and (asked.owner is None or is_held_by(asked.owner, lead))
        and (asked.team is None or asked.team in of_team)
        and (asked.account is None or (lead.account is not None and lead.account.domain == asked.account))
        and (asked.source is None or lead.source.casefold() == asked.source.strip().casefold())
        and (asked.changed_since is None or lead.updated_at > asked.changed_since)
        and (asked.escalated_since is None or _was_escalated(lead, asked.escalated_since))
        and not (asked.overdue and overdue_since(lead, now) is None)
    )


def _was_escalated(lead: Lead, since: datetime) -> bool:
    at = escalated_at(lead)
    return at is not None and at >= since
