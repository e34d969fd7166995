"""Pages of a query or a scan of a DynamoDB table."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any, NamedTuple


class Page(NamedTuple):
    """The items of one page, and the key of the last item that was read; None on the last page."""

    items: list[Any]
    last: Any | None


def pages(ask: Callable[..., Any], **request: Any) -> Iterator[Page]:
    """Yields the pages of a query one after the other; each is read when the caller takes it.

    `ask` is a client's `query` or `scan`, `request` its parameters. If the request has a filter, a page may
    be empty and not the last.
    """
    return (Page(answer["Items"], answer.get("LastEvaluatedKey")) for answer in _answers(ask, request))


def items_of_pages(ask: Callable[..., Any], **request: Any) -> Iterator[Any]:
    """Yields the items of all pages."""
    return chain.from_iterable(page.items for page in pages(ask, **request))


def count_of_pages(ask: Callable[..., Any], **request: Any) -> int:
    """Returns how many items all pages have, and reads none of them."""
    return sum(int(answer["Count"]) for answer in _answers(ask, request | {"Select": "COUNT"}))


def _answers(ask: Callable[..., Any], request: dict[str, Any]) -> Iterator[Any]:
    last = None
    while True:
        answer = ask(**request, **({"ExclusiveStartKey": last} if last else {}))
        yield answer
        if not (last := answer.get("LastEvaluatedKey")):
            return
