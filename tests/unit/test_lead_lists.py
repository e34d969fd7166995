"""Lists of leads among 20,000: every lead that is meant and no other, in order, in constant calls."""

import json
import random
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from baton.aws.lists.asked_list import MAX_PAGE, AskedList, asked_list
from baton.aws.lists.lead_counts import MOST_COUNTED, LeadCounts
from baton.aws.lists.lead_lists import LeadLists, is_listed
from baton.aws.table.keys import duty_keys, handoff_keys, lead_keys, team_keys
from baton.aws.table.keys.item_key import Item, partition_of, sort_key_of
from baton.aws.table.store import Store
from baton.aws.web.entity_tags import unless_known
from baton.aws.web.http import Problem, answer
from baton.domain.accounts.account import AccountMatch
from baton.domain.basics.refusals import WrongField
from baton.domain.leads.duty import Duty
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import Status
from baton.domain.timers.next_step import is_overdue
from tests.unit.given import AGREEMENT, KIM, LEAD_ID, NOW, SAM, agreement_in, download, offered, received, rep

MANY = 20_000
MARKETING = AGREEMENT.marketing.team
SOURCES, DOMAINS = ("website", "fair", "hubspot"), ("acme.example", "globex.example", None)


class IndexedTable:
    """A DynamoDB table as far as lists read it: index 1, a roster, and leads; it counts the calls and what is read."""

    def __init__(self, leads: list[Lead], people: list[str]) -> None:
        self.calls: list[str] = []
        self.leads_read = self.entries_read = 0
        self._bodies = {lead.lead_id: lead for lead in leads}
        self._index: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        self._people = people
        handoffs = [lead.handoff for lead in leads if lead.handoff]
        self._held = Counter((each.team, each.owner) for each in handoffs)
        for item in (item for lead in leads for item in _entries(lead)):
            if "gsi1pk" in item:
                self._index[item["gsi1pk"]["S"]].append((item["gsi1sk"]["S"], partition_of(item), sort_key_of(item)))
        for entries in self._index.values():
            entries.sort()

    def query(self, **asked: Any) -> Item:
        self.calls.append("Query")
        values = {name: value["S"] for name, value in asked["ExpressionAttributeValues"].items()}
        if "IndexName" not in asked:
            [team] = {partition.removeprefix("TEAM#") for partition in values.values() if partition.startswith("TEAM#")}
            return {"Items": [_rep(team, email, self._held[team, email]) for email in self._people]}
        entries = self._index.get(values[":partition"], [])
        first = bisect_left(entries, (values[":first"],))
        last = bisect_right(entries, (values[":last"], "~"))
        meant = entries[first:last]
        found = (meant if asked.get("ScanIndexForward", True) else meant[::-1])[: asked["Limit"]]
        self.entries_read += len(found)
        if asked.get("Select") == "COUNT":
            return {"Count": len(found)}
        items = [
            {"pk": {"S": pk}, "sk": {"S": sk}, "gsi1pk": {"S": values[":partition"]}, "gsi1sk": {"S": rank}}
            for rank, pk, sk in found
        ]
        return {"Items": items} | ({"LastEvaluatedKey": {}} if len(found) == asked["Limit"] else {})

    def batch_get_item(self, RequestItems: Any) -> Item:  # as the SDK spells it
        self.calls.append("BatchGetItem")
        [(table, wanted)] = RequestItems.items()
        ids = [lead_keys.lead_id_of(key) for key in wanted["Keys"]]
        assert len(ids) == len(set(ids)) <= MAX_PAGE
        self.leads_read += sum(partition_of(key).startswith("LEAD#") for key in wanted["Keys"])
        items = [
            lead_keys.lead(each) | {"body": {"S": self._bodies[each].model_dump_json()}}
            for each in ids
            if each in self._bodies
        ]
        return {"Responses": {table: items}, "UnprocessedKeys": {}}


def _entries(lead: Lead) -> list[Item]:
    found: list[Item] = [lead_keys.lead(lead.lead_id) | lead_keys.lead_indexes(lead)]
    if lead.handoff:
        found.append(handoff_keys.handoff(lead.handoff.handoff_id) | handoff_keys.handoff_indexes(lead.handoff))
    if lead.duty:
        found.append(duty_keys.duty(lead.duty.duty_id) | duty_keys.duty_indexes(lead.duty))
    if lead.account:
        company = lead_keys.company_pointer(lead.lead_id, lead.account.domain)
        event = lead_keys.company_place(lead.lead_id, lead.account.domain)  # and again, by an event
        found += [company, lead_keys.event(f"{lead.lead_id}-00000001") | event]
    return found


def _rep(team: str, email: str, held: int) -> Item:
    item = {name: {"S": value} for name, value in (("email", email), ("role", "rep"), ("subscription", "confirmed"))}
    numbers = {"weight": {"N": "1"}, "capacity": {"N": "1"}, "open_handoffs": {"N": str(held)}}
    return team_keys.rep(team, email) | item | numbers


@cache
def _templates() -> dict[str, Lead]:
    owned, waiting, known = offered(rep(SAM)), offered(), received(download())
    assert owned.handoff
    clock = owned.handoff.clocks[0].model_copy(update={"name": "review", "stops_when": "reviewed"})
    duty = Duty(
        duty_id=f"{LEAD_ID}-D001",
        kind="review",
        why="meets the definition",
        team=MARKETING,
        clock=clock,
        agreement_version=1,
        opened_at=NOW,
    )
    in_review = known.model_copy(update={"status": Status.IN_REVIEW, "duty": duty})
    return {"owned": owned, "waiting": waiting, "nurtured": known, "in_review": in_review}


def _lead(number: int, chance: random.Random, people: list[str]) -> Lead:
    """One of many leads; its clock is due within two days before or after now."""
    lead_id = f"{number:024d}".translate(str.maketrans("0123456789", "abcdefghij"))
    kind = chance.choice(["owned", "waiting", "nurtured", "nurtured", "in_review"])
    lead = _templates()[kind]
    moved = timedelta(seconds=chance.randrange(-172_800, 172_800))
    update: dict[str, Any] = {
        "lead_id": lead_id,
        "email": f"lead-{number}@example.com",
        "source": chance.choice(SOURCES),
        "status_since": NOW + moved,
        "updated_at": NOW - timedelta(seconds=chance.randrange(1_000_000)),
        "account": AccountMatch(domain=domain, matched_by="domain") if (domain := chance.choice(DOMAINS)) else None,
        "tally": {"warmth": chance.uniform(0, 100)},
    }
    if lead.handoff:
        grace = {"grace_until": NOW + moved + timedelta(hours=12)} if chance.random() < 0.25 else {}
        clocks = tuple(each.model_copy(update={"due_at": NOW + moved} | grace) for each in lead.handoff.clocks)
        of_it = {"handoff_id": f"{lead_id}-001", "lead_id": lead_id, "clocks": clocks, "assigned_at": NOW + moved}
        owner = {"owner": chance.choice(people)} if lead.handoff.owner else {}
        update["handoff"] = lead.handoff.model_copy(update=of_it | owner)
    if lead.duty:
        clock = lead.duty.clock.model_copy(update={"due_at": NOW + moved})
        update["duty"] = lead.duty.model_copy(update={"duty_id": f"{lead_id}-D001", "clock": clock})
    return lead.model_copy(update=update)


@cache
def _many(number: int, people: int) -> tuple[list[Lead], list[str]]:
    chance = random.Random(16)
    staff = [SAM, KIM, *(f"rep-{each}@sales.example.com" for each in range(people - 2))]
    return [_lead(each, chance, staff) for each in range(number)], staff


def lists_of(number: int, people: int = 3) -> tuple[LeadLists, IndexedTable, list[Lead]]:
    leads, staff = _many(number, people)
    table = IndexedTable(leads, staff)
    return LeadLists(Store(table, "table"), AGREEMENT), table, leads  # type: ignore[arg-type]


LISTS = [
    AskedList(queue=Status.NURTURING),
    AskedList(queue=Status.WITH_SALES, source="Fair"),
    AskedList(queue=Status.IN_REVIEW, overdue=True),
    AskedList(owner=SAM),
    AskedList(owner=SAM, overdue=True, source="website"),
    AskedList(owner="nobody"),
    AskedList(owner="nobody", teams=("sales",), account="acme.example"),
    AskedList(owner=KIM, queue=Status.WITH_SALES, changed_since=NOW - timedelta(days=3)),
    AskedList(owner=MARKETING),
    AskedList(teams=("sales",)),
    AskedList(teams=(MARKETING,), overdue=True),
    AskedList(teams=("sales", MARKETING), source="fair"),
    AskedList(overdue=True),
    AskedList(account="acme.example", queue=Status.NURTURING),
    AskedList(owner=KIM, queue=Status.SPAM),
    AskedList(teams=("sales",), escalated_since=NOW - timedelta(hours=6)),
]
each_list = pytest.mark.parametrize(
    "asked", LISTS, ids=lambda asked: " ".join(f"{name}={value}" for name, value in asked._asdict().items() if value)
)


def _all(lists: LeadLists, asked: AskedList) -> list[str]:
    found: list[str] = []
    while True:
        page = lists.page(asked, NOW)
        assert len(page.leads) <= (asked.limit or 25)
        found += [lead.lead_id for lead in page.leads]
        if page.cursor is None:
            return found
        asked = asked.after_cursor(page.cursor)


@each_list
@pytest.mark.parametrize("limit", [None, 1, 7, 100])
def test_all_pages_of_a_list_together_have_each_lead_that_is_meant_once_in_either_direction(
    asked: AskedList, limit: int | None
) -> None:
    lists, _, leads = lists_of(250)
    meant = {lead.lead_id for lead in leads if is_listed(lead, asked, NOW)}
    forwards = _all(lists, asked._replace(limit=limit))
    assert sorted(forwards) == sorted(meant)
    assert _all(lists, asked._replace(limit=limit, backwards=True)) == forwards[::-1]


@each_list
def test_a_page_among_20_000_leads_takes_a_call_for_each_list_that_it_is_made_of_and_reads_100_leads_at_most(
    asked: AskedList,
) -> None:
    calls = []
    for number in (250, MANY):
        lists, table, _ = lists_of(number)
        lists.page(asked, NOW)
        assert table.leads_read <= MAX_PAGE
        assert table.entries_read <= 8 * (MAX_PAGE + 1)
        calls.append(sorted(table.calls))
    assert calls[0] == calls[1]
    assert len(calls[1]) <= 8


def test_counts_among_20_000_leads_take_the_same_calls_as_among_250_and_read_no_lead() -> None:
    calls = []
    for number in (250, MANY):
        _, table, leads = lists_of(number)
        counts = LeadCounts(Store(table, "table"))  # type: ignore[arg-type]
        told = counts.queues()
        counts.teams(AGREEMENT, NOW)
        for queue in Status:
            there = sum(lead.status is queue for lead in leads)
            assert told[queue] == {"count": min(there, MOST_COUNTED), "more": there > MOST_COUNTED}, queue
        assert table.leads_read == 0
        assert table.entries_read <= (len(Status) + 8) * (MOST_COUNTED + 1)
        calls.append(len(table.calls))
    assert calls[1] <= calls[0]


def test_what_is_counted_as_overdue_is_what_lists_show_as_overdue() -> None:
    lists, table, leads = lists_of(250)
    counts = LeadCounts(Store(table, "table"))  # type: ignore[arg-type]
    for owner in (SAM, KIM, MARKETING):
        listed = _all(lists, AskedList(owner=owner, overdue=True))
        assert counts.due(owner, NOW) == (len(listed), False)
        rows = [lead for lead in leads if is_listed(lead, AskedList(owner=owner), NOW)]
        assert {lead.lead_id for lead in rows if is_overdue(lead, NOW)} == set(listed)
    excused = [each for each in leads if each.handoff and each.handoff.owner and each.handoff.clocks[0].grace_until]
    assert any(each.handoff.clocks[0].due_at < NOW and not is_overdue(each, NOW) for each in excused if each.handoff)


@pytest.mark.parametrize("people", [3, 12])
def test_what_a_board_counts_as_overdue_is_what_its_list_shows_by_who_has_to_act(people: int) -> None:
    lists, _, leads = lists_of(250, people)
    _, besides = lists.page_with_counts(AskedList(teams=("sales",), counts=True), NOW)
    by_id = {lead.lead_id: lead for lead in leads}
    listed = [by_id[each].handoff for each in _all(lists, AskedList(teams=("sales",), overdue=True))]
    told = {name: count["count"] for name, count in besides["overdue"].items()}
    assert told == {
        "held": sum(handoff.owner is not None for handoff in listed if handoff),
        "waiting": sum(handoff.owner is None for handoff in listed if handoff),
        "marketing": len(_all(lists, AskedList(teams=(MARKETING,), overdue=True))),
    }
    assert min(told.values()) > 0
    _, of_marketing = lists.page_with_counts(AskedList(teams=(MARKETING,), counts=True), NOW)
    none = {"count": 0, "more": False}
    assert of_marketing["overdue"] == {"held": none, "waiting": none, "marketing": besides["overdue"]["marketing"]}


def test_a_board_of_several_teams_counts_each_as_its_own_board_does_and_all_of_them_together() -> None:
    lists, _, leads = lists_of(150)
    since = NOW - timedelta(hours=6)
    board = AskedList(teams=("sales", MARKETING), counts=True, count_escalated_since=since)
    page, besides = lists.page_with_counts(board, NOW)
    assert {lead.lead_id for lead in page.leads} <= {lead.lead_id for lead in leads if is_listed(lead, board, NOW)}
    alone = [lists.page_with_counts(board._replace(teams=(team,)), NOW)[1] for team in board.teams]
    for each, own in zip(besides["teams"], alone, strict=True):
        late = {"held": own["overdue"]["held"], "waiting": own["overdue"]["waiting"]}
        assert each == own["counts"] | {"late": late, "escalated": each["escalated"]}
    assert besides["overdue"] == alone[0]["overdue"], "marketing holds none for a rep"


def test_a_board_counts_what_somebody_of_two_teams_holds_once() -> None:
    lists, _, _ = lists_of(250)
    other = packaged_text().replace("teams:\n", "teams:\n  north: {label: North, reps: {weight: 1, capacity: 25}}\n", 1)
    both = LeadLists(lists.store, agreement_in(other))
    board = AskedList(teams=("sales", "north"), counts=True)
    _, besides = both.page_with_counts(board, NOW)
    _, alone = both.page_with_counts(board._replace(teams=("sales",)), NOW)
    assert besides["overdue"] == alone["overdue"], "the table has the same people on either roster"
    assert (
        besides["overdue"]["held"]["count"]
        == len(_all(both, AskedList(teams=board.teams, overdue=True))) - (besides["overdue"]["waiting"]["count"])
    )


def test_a_board_counts_of_somebody_of_two_teams_what_the_list_of_each_team_shows() -> None:
    leads, staff = _many(150, 3)
    spread = [
        each.model_copy(update={"handoff": each.handoff and _of_team(each.handoff, place)})
        for place, each in enumerate(leads)
    ]
    other = packaged_text().replace("teams:\n", "teams:\n  north: {label: North, reps: {weight: 1, capacity: 25}}\n", 1)
    lists = LeadLists(Store(IndexedTable(spread, staff), "table"), agreement_in(other))  # type: ignore[arg-type]
    both = AskedList(teams=("sales", "north"), counts=True)
    _, besides = lists.page_with_counts(both, NOW)
    for told in besides["teams"]:
        _, alone = lists.page_with_counts(both._replace(teams=(told["team"],)), NOW)
        late = AskedList(teams=(told["team"],), overdue=True)
        waiting = len(_all(lists, late._replace(owner="nobody")))
        assert told["late"]["held"]["count"] == len(_all(lists, late)) - waiting > 0
        assert alone["overdue"]["held"] == told["late"]["held"]
        for person in told["people"]:
            assert person["overdue"]["count"] == len(_all(lists, late._replace(owner=person["email"])))
    assert besides["overdue"]["held"]["count"] == sum(each["late"]["held"]["count"] for each in besides["teams"])


def _of_team(handoff: Handoff, place: int) -> Handoff:
    return handoff.model_copy(update={"team": "north" if place % 3 == 0 else "sales"})


def test_a_board_counts_the_leads_that_its_list_shows_as_escalated() -> None:
    lists, _, leads = lists_of(150)
    since = NOW - timedelta(hours=6)
    told = AskedList(teams=("sales",), escalated_since=since)
    _, besides = lists.page_with_counts(AskedList(teams=("sales",), counts=True, count_escalated_since=since), NOW)
    meant = [lead for lead in leads if is_listed(lead, told, NOW)]
    read = lists.page(told._replace(limit=MAX_PAGE), NOW)
    assert besides["escalated"] == {"count": len(read.leads), "more": read.cursor is not None}
    assert 0 < besides["escalated"]["count"] <= len(meant)
    assert "escalated" not in lists.page_with_counts(AskedList(teams=("sales",), counts=True), NOW)[1]


def test_a_board_of_many_leads_that_wait_looks_at_a_hundred_of_them() -> None:
    lists, table, _ = lists_of(MANY)
    _, besides = lists.page_with_counts(AskedList(teams=("sales",), counts=True, limit=1), NOW)
    assert besides["overdue"]["waiting"]["more"]
    assert table.leads_read <= MAX_PAGE + 1


def test_a_teams_list_costs_a_call_for_each_of_its_people() -> None:
    lists, table, _ = lists_of(250, people=12)
    lists.page(AskedList(teams=("sales",)), NOW)
    assert table.calls == ["Query"] * (1 + 1 + 12) + ["BatchGetItem"]


def test_what_is_overdue_comes_by_due_time_and_then_what_waits_for_somebody() -> None:
    lists, _, leads = lists_of(250)
    by_id = {lead.lead_id: lead for lead in leads}
    found = [by_id[each] for each in _all(lists, AskedList(overdue=True))]
    owned = [lead for lead in found if not (lead.handoff and lead.handoff.owner is None)]
    due = [(lead.handoff or lead.duty).clocks[0].due_at if lead.handoff else lead.duty.clock.due_at for lead in owned]  # type: ignore[union-attr]
    assert due == sorted(due)
    assert found[: len(owned)] == owned
    assert len(owned) < len(found)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({}, "queue"),
        ({"overdue": "false", "source": "fair"}, "queue"),
        ({"queue": "lead"}, "queue"),
        ({"team": "nobody"}, "team"),
        ({"team": "sales,nobody"}, "team"),
        ({"team": "sales,", "counts": "true"}, "team"),
        ({"team": "sales", "count_escalated_since": "2026-11-24T00:00:00Z"}, "count_escalated_since"),
        ({"overdue": "yes"}, "overdue"),
        ({"queue": "won", "order": "down"}, "order"),
        ({"queue": "won", "changed_since": "2026-11-24"}, "changed_since"),
        ({"queue": "won", "changed_since": "yesterday"}, "changed_since"),
        ({"account": "a" * 2_000}, "account"),
    ],
)
def test_a_list_that_there_is_not_is_refused_with_the_parameter_at_fault(query: dict[str, str], field: str) -> None:
    with pytest.raises(Problem) as refused:
        asked_list(query, SAM, AGREEMENT)
    told = json.loads(refused.value.response().body)
    assert (told["status"], told["errors"][0]["field"]) == (422, field)


@pytest.mark.parametrize("limit", ["0", "101", "٣", "-1", "1e1", "ten"])
def test_a_page_that_there_is_not_is_refused(limit: str) -> None:
    with pytest.raises(WrongField, match="from 1 to 100"):
        asked_list({"queue": "won", "limit": limit}, SAM, AGREEMENT)


def test_an_empty_parameter_is_one_that_is_not_given() -> None:
    query = dict.fromkeys(("team", "overdue", "limit", "order", "changed_since", "cursor"), "")
    assert asked_list({**query, "owner": "me"}, SAM, AGREEMENT) == AskedList(owner=SAM)


def test_marketing_owes_what_its_team_owes_whatever_that_is_called() -> None:
    renamed = AGREEMENT.model_copy(update={"marketing": AGREEMENT.marketing.model_copy(update={"team": "growth"})})
    assert asked_list({"owner": "marketing"}, SAM, renamed).owner == "growth"


def test_a_moment_with_a_zone_is_taken_as_it_is() -> None:
    asked = asked_list({"queue": "won", "changed_since": "2026-11-24T10:30:00+01:00"}, SAM, AGREEMENT)
    assert asked.changed_since == datetime.fromisoformat("2026-11-24T09:30:00Z") == NOW


def test_an_answer_that_is_known_has_no_body_but_its_tag() -> None:
    first, other = unless_known(answer({"leads": []}), {}), unless_known(answer({"leads": [1]}), {})
    tag = first.headers["ETag"]
    assert tag != other.headers["ETag"]
    for known in (tag, f'"x", W/{tag}', "*"):
        again = unless_known(answer({"leads": []}), {"if-none-match": known})
        assert (again.status_code, again.body, again.headers["ETag"]) == (304, "", tag)
        assert again.headers["Cache-Control"] == "no-store"
    assert unless_known(answer({"leads": [1]}), {"if-none-match": tag}).status_code == 200
