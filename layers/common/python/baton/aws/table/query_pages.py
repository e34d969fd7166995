"""Pages of a query or a scan of a DynamoDB table."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any, NamedTuple


class Page(NamedTuple):
    """The items of one page, and the key of the last item that it looked at; None on the last page."""

    items: list[Any]
    last: Any | None


def pages(ask: Callable[..., Any], **request: Any) -> Iterator[Page]:
    """Ask for one page after the other, each when the caller wants it.

    `ask` is a client's `query` or `scan`, `request` its parameters. A page may be empty and not the last, where the
    request has a filter.
    """
    while True:
        answer = ask(**request)
        page = Page(answer["Items"], answer.get("LastEvaluatedKey"))
        yield page
        if page.last is None:
            return
        request["ExclusiveStartKey"] = page.last


def items_of_pages(ask: Callable[..., Any], **request: Any) -> Iterator[Any]:
    """Give the items of all pages, one by one."""
    return chain.from_iterable(page.items for page in pages(ask, **request))
