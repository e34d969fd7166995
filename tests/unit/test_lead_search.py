"""Searches among 20,000 leads: in constant calls, and with a bound on what is read."""

from bisect import bisect_left
from collections import defaultdict
from functools import cache
from typing import Any

import pytest

from baton.aws.search.lead_search import MOST_ENTRIES, MOST_READ, LeadSearch
from baton.aws.table.keys import lead_keys, word_keys
from baton.aws.table.keys.item_key import Item, partition_of, sort_key_of
from baton.aws.table.store import Store
from baton.domain.identity.lead_ids import lead_id_of
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import Company, Profile
from baton.domain.search.lead_words import words_of
from baton.domain.search.word_places import WordPlace, word_place
from tests.unit.given import SAM, download, received

MANY = 20_000
FIRST = ("Anna", "Jörg", "Mia", "Ole", "Zoë", "Max", "Ida", "Tom", "Eva", "Jan")
LAST = ("Schmidt", "Müller", "Weber", "Wagner", "Becker", "Schulz", "Hoffmann", "Koch", "Richter", "Klein", "Wolf")
PEPPER = b"a pepper"
place_of = cache(word_place)


class Peppered:
    """The secrets, as far as a search needs them."""

    def pepper(self) -> bytes:
        return PEPPER


class IndexedTable:
    """A DynamoDB table as far as searches read it; it counts calls, entries and leads."""

    def __init__(self, leads: list[Lead]) -> None:
        self.calls: list[str] = []
        self.entries_read = self.leads_read = 0
        self._leads = {lead.lead_id: lead for lead in leads}
        self._lists: dict[str, list[str]] = defaultdict(list)
        for lead in leads:
            for word in words_of(lead):
                place: WordPlace = place_of(word, PEPPER)
                key = word_keys.word(place.list_, place.place, lead.lead_id)
                self._lists[partition_of(key)].append(sort_key_of(key))
        for each in self._lists.values():
            each.sort()

    def query(self, **asked: Any) -> Item:
        self.calls.append("Query")
        if "IndexName" in asked:
            return {"Items": []}
        values = {name: value["S"] for name, value in asked["ExpressionAttributeValues"].items()}
        keys, begins = self._lists[values[":list"]], values.get(":place", "")
        start = bisect_left(keys, begins)
        found = [key for key in keys[start : start + asked["Limit"]] if key.startswith(begins)]
        self.entries_read += len(found)
        items = [{"pk": {"S": values[":list"]}, "sk": {"S": key}} for key in found]
        return {"Items": items} | ({"LastEvaluatedKey": {}} if len(found) == asked["Limit"] else {})

    def batch_get_item(self, RequestItems: Any) -> Item:  # as the SDK spells it
        self.calls.append("BatchGetItem")
        [(table, wanted)] = RequestItems.items()
        found = [self._leads[lead_keys.lead_id_of(key)] for key in wanted["Keys"]]
        self.leads_read += len(found)
        items = [lead_keys.lead(lead.lead_id) | {"body": {"S": lead.model_dump_json()}} for lead in found]
        return {"Responses": {table: items}, "UnprocessedKeys": {}}


@cache
def many(number: int) -> IndexedTable:
    known = received(download())
    leads = []
    for each in range(number):
        company = f"Firma {each // 3}x GmbH"
        profile = Profile(first_name=FIRST[each % 10], last_name=LAST[each % 11], phone=f"+49 30 {each:07d}")
        about = {"lead_id": lead_id_of(str(each), PEPPER), "email": f"u{each}@example.com", "profile": profile}
        leads.append(known.model_copy(update={**about, "company": Company(name=company)}))
    return IndexedTable(leads)


def searched(number: int, query: str) -> tuple[list[str], bool, list[str], int, int]:
    table = many(number)
    table.calls, table.entries_read, table.leads_read = [], 0, 0
    found = LeadSearch(Store(table, "table"), Peppered()).by_words(query, SAM)  # type: ignore[arg-type]
    return [each.email for each in found.leads], found.more, table.calls, table.entries_read, table.leads_read


@pytest.mark.parametrize(
    ("query", "calls"),
    [
        ("u1234", 1),
        ("+49 30 0001234", 2),
        ("anna 410x", 2),
        ("an", 1),
        ("jörg müller", 4),
        ("mia weber firma", 3),
        ("37x mia weber firma gmbh", 3),
    ],
)
def test_a_search_takes_as_many_calls_among_20_000_leads_as_among_2_000(query: str, calls: int) -> None:
    for number in (2_000, MANY):
        _, _, made, entries, leads = searched(number, query)
        assert made == ["Query"] * calls + ["Query", "BatchGetItem"]
        assert entries <= calls * MOST_ENTRIES
        assert leads <= MOST_READ


def test_few_leads_are_all_found_among_20_000() -> None:
    found, more, *_ = searched(MANY, "u1234")
    assert sorted(found) == sorted(f"u{each}@example.com" for each in (1_234, *range(12_340, 12_350)))
    assert (found[0], more) == ("u1234@example.com", False)
    assert sorted(searched(MANY, "4111x")[0]) == [f"u{each}@example.com" for each in range(12_333, 12_336)]
    assert searched(MANY, "030 0012345")[0] == ["u12345@example.com"]
    assert searched(MANY, "nobody")[:3] == ([], False, ["Query"])


def test_a_word_that_many_have_is_told_apart_by_a_further_one() -> None:
    found, more, *_ = searched(MANY, "anna")
    assert (len(found), more) == (MOST_READ, True)
    found, more, *_ = searched(MANY, "anna 3000x")
    assert (found, more) == (["u9000@example.com"], False)
