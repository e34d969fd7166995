"""Pages of a query: each is asked for after the last key of the page before, and only when needed."""

from typing import Any

from baton.aws.table.query_pages import Page, count_of_pages, items_of_pages, pages

KEPT = {None: (["a", "b"], "b"), "b": ([], "c"), "c": (["d"], None)}
"""What a table answers after each key, with a page in between that a filter emptied."""


class Table:
    """A table that answers a query in pages, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []

    def query(self, **request: Any) -> dict[str, Any]:
        self.asked.append(request)
        items, last = KEPT[request.get("ExclusiveStartKey")]
        told = {"Count": len(items)} if request.get("Select") == "COUNT" else {"Items": items}
        return told | ({"LastEvaluatedKey": last} if last else {})


def test_each_page_begins_after_the_last_key_of_the_page_before() -> None:
    table = Table()
    assert list(pages(table.query, TableName="baton")) == [Page(["a", "b"], "b"), Page([], "c"), Page(["d"], None)]
    assert table.asked == [
        {"TableName": "baton"},
        {"TableName": "baton", "ExclusiveStartKey": "b"},
        {"TableName": "baton", "ExclusiveStartKey": "c"},
    ]


def test_the_items_of_all_pages_come_in_order() -> None:
    assert list(items_of_pages(Table().query, TableName="baton")) == ["a", "b", "d"]


def test_the_items_of_all_pages_are_counted_and_not_read() -> None:
    table = Table()
    assert count_of_pages(table.query, TableName="baton") == 3
    assert [each["Select"] for each in table.asked] == ["COUNT"] * 3


def test_a_page_is_asked_for_only_when_its_items_are_needed() -> None:
    table = Table()
    items = items_of_pages(table.query, TableName="baton")
    assert not table.asked
    assert [next(items), next(items)] == ["a", "b"]
    assert len(table.asked) == 1
