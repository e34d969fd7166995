"""Lets a caller fill the local table without telling anybody: no record of the stream has what it writes.

What was before the first start is no news. Nobody shall get a mail about it, and no timer shall start anew.
"""

from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient

_HEADER = "X-Baton-Quiet"
_is_quiet: ContextVar[bool] = ContextVar("is_quiet", default=False)


def install(dynamodb: Any) -> None:
    """Puts it into MiniStack's module of DynamoDB."""
    handle, tell = dynamodb.handle_request, dynamodb._emit_stream_event

    async def handled(method: str, path: str, headers: dict[str, str], *more: Any) -> Any:
        _is_quiet.set(headers.get(_HEADER.lower()) == "yes")
        return await handle(method, path, headers, *more)

    def told(*change: Any, **more: Any) -> None:
        if not _is_quiet.get():
            tell(*change, **more)

    dynamodb.handle_request, dynamodb._emit_stream_event = handled, told


def be_quiet(client: "DynamoDBClient") -> None:
    """Marks everything that a client writes as no news."""

    def mark(params: dict[str, Any], **_: Any) -> None:
        params["headers"][_HEADER] = "yes"

    client.meta.events.register("before-call.dynamodb", mark)
