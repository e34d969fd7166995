"""Reps as the table stores them: what cannot be read of one is kept, and excludes no other."""

from typing import Any

import pytest

from baton.aws.table.team_items import put, rep_from, roster_from
from tests.unit.given import NOW

UNREADABLE = [
    pytest.param("{", id="no JSON"),
    pytest.param("[]", id="no object"),
    pytest.param('{"hours": 9}', id="hours that are a number"),
    pytest.param('{"away": [{"from": "soon", "to": "later"}]}', id="an absence without dates"),
    pytest.param('{"away": [{"from": "2026-12-24"}]}', id="an absence without an end"),
    pytest.param('{"email": "kim@sales.example.com"}', id="a field of the item itself"),
]


def item(email: str, terms: str) -> dict[str, Any]:
    counted = {name: {"N": "1"} for name in ("weight", "capacity")}
    words = {"email": email, "role": "rep", "subscription": "confirmed", "terms": terms}
    key = {"pk": {"S": "TEAM#sales"}, "sk": {"S": f"REP#{email}"}}
    return {**key, **counted, **{name: {"S": text} for name, text in words.items()}, "open_handoffs": {"N": "0"}}


@pytest.mark.parametrize("terms", UNREADABLE)
def test_a_rep_whose_terms_cannot_be_read_gets_no_leads_and_keeps_them(terms: str) -> None:
    roster = roster_from([item("sam@sales.example.com", terms), item("kim@sales.example.com", "{}")])
    sam, kim = roster.people
    assert "cannot be read" in str(roster.why_no_lead(sam, NOW))
    assert roster.why_no_lead(kim, NOW) is None
    assert {"S": terms} in put("table", "sales", rep_from(item(sam.email, terms)))["Update"][
        "ExpressionAttributeValues"
    ].values()
