"""Reads from a query which list of leads somebody asks for: its filters, how many, and in which direction."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple, Self

from baton.agreement.terms.agreement import Agreement
from baton.aws.leads.lead_queues import CursorInvalid, rank_in
from baton.aws.web.http import Problem
from baton.aws.web.page_limits import page_limit
from baton.domain.basics.staff_addresses import staff_address
from baton.domain.leads.stage_and_status import Status

PLACES = ("queue", "owner", "team", "account", "overdue")
"""The parameters that name a list of the index; the others leave leads out of one."""
PAGE, MAX_PAGE = 25, 100
ORDERS = ("asc", "desc")
MAX_TEXT = 320
"""So many characters a parameter has at most; no key of the table is longer than DynamoDB takes."""


class AskedList(NamedTuple):
    """A list of leads that somebody asks for; `limit` is the number of rows at most, None for the usual one.

    `backwards` turns its order round. `after` is the place in the list after which the page begins. `counts` asks for
    what its teams and each person of them hold, besides, and `count_escalated_since` of how many managers were told
    from then on. `escalated_since` leaves out all other leads.
    """

    queue: Status | None = None
    owner: str | None = None
    teams: tuple[str, ...] = ()
    overdue: bool = False
    source: str | None = None
    account: str | None = None
    changed_since: datetime | None = None
    limit: int | None = None
    backwards: bool = False
    after: str | None = None
    counts: bool = False
    escalated_since: datetime | None = None
    count_escalated_since: datetime | None = None

    def after_cursor(self, cursor: str) -> Self:
        """Returns the same list from a cursor on."""
        return self._replace(after=rank_in(cursor))


def asked_list(query: Mapping[str, str], me: str, agreement: Agreement) -> AskedList:
    """Returns the list that a query asks for; `me` is the address of the caller.

    Raises:
        Problem: a parameter has a value that it cannot have, the cursor's included, or none names a list (422).
    """
    given = {name: value for name, value in query.items() if value}
    if too_long := [name for name, value in given.items() if len(value) > MAX_TEXT]:
        raise Problem(422, "that is too long", [(name, f"has at most {MAX_TEXT} characters") for name in too_long])
    overdue = _is_true(given, "overdue")
    if not given.keys() & set(PLACES[:-1]) and not overdue:
        detail = "give `queue`, `owner`, `team`, `account`, or `overdue=true`"
        raise Problem(422, "say which list", [("queue", detail)])
    if (counts := _is_true(given, "counts")) and "team" not in given:
        raise Problem(422, "say whose counts", [("counts", "belong to a team: give `team`, too")])
    if "count_escalated_since" in given and not counts:
        raise Problem(422, "say whose counts", [("count_escalated_since", "belongs to `counts=true`")])
    queue, owner, cursor = _one_of(given, "queue", Status), given.get("owner"), given.get("cursor")
    return AskedList(
        Status(queue) if queue else None,
        _owner(owner, me, agreement) if owner else None,
        _several_of(given, "team", agreement.rosters),
        overdue,
        given.get("source"),
        given["account"].strip().lower() if "account" in given else None,
        _moment(given, "changed_since"),
        page_limit(given["limit"], PAGE, MAX_PAGE) if "limit" in given else None,
        _one_of(given, "order", ORDERS) == "desc",
        _place(cursor) if cursor else None,
        counts,
        _moment(given, "escalated_since"),
        _moment(given, "count_escalated_since"),
    )


def _owner(asked: str, me: str, agreement: Agreement) -> str:
    """Returns the owner that is meant: marketing's team, by whatever name, owes what marketing owes."""
    match asked:
        case "me":
            return me
        case "marketing":
            return agreement.marketing.team
        case _:
            return staff_address(asked)


def _place(cursor: str) -> str:
    try:
        return rank_in(cursor)
    except CursorInvalid as fault:
        raise Problem(422, "start again without a cursor", [("cursor", str(fault))]) from fault


def _one_of(given: Mapping[str, str], name: str, known: Iterable[str]) -> str | None:
    value, names = given.get(name), [str(each) for each in known]
    if value is not None and value not in names:
        raise Problem(422, f"there is no such {name}", [(name, f"must be one of {', '.join(names)}")])
    return value


def _several_of(given: Mapping[str, str], name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Returns the values of a parameter that takes several, with commas between: each once, in their order."""
    asked = dict.fromkeys(each.strip() for each in given.get(name, "").split(",")) if name in given else {}
    for each in asked:
        _one_of({name: each}, name, known)
    return tuple(asked)


def _is_true(given: Mapping[str, str], name: str) -> bool:
    return _one_of(given, name, ("true", "false")) == "true"


def _moment(given: Mapping[str, str], name: str) -> datetime | None:
    text = given.get(name)
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.utcoffset() is None:
        detail = "must be a time with its zone, such as 2026-11-24T09:30:00Z"
        raise Problem(422, "the time cannot be read", [(name, detail)])
    return moment
