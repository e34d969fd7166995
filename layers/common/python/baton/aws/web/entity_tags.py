"""Entity tags (RFC 9110, 8.8.3): whoever asks again for what has not changed gets 304 and no body."""

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from baton.aws.web.router import Response

if TYPE_CHECKING:
    from baton.aws.web.http import Api


def unless_known(found: Response, headers: Mapping[str, str]) -> Response:
    """Returns an answer with its tag, or 304 without a body if the request's `If-None-Match` names that tag.

    The tag is a hash of the body, so the same content has the same one on every machine.
    """
    tag = f'"{hashlib.sha256(found.body.encode()).hexdigest()[:32]}"'
    tagged = {**found.headers, "ETag": tag}
    known = [each.strip().removeprefix("W/") for each in headers.get("if-none-match", "").split(",")]
    if tag in known or "*" in known:
        return Response(304, None, "", tagged)
    return found._replace(headers=tagged)


def only_if_new(app: "Api") -> bool:
    """Tells whether a request is to replace nothing: `If-None-Match: *` (RFC 9110, 13.1.2).

    Raises:
        WrongField: the header has a tag; who writes has read none.
    """
    said = app.headers.get("if-none-match", "")
    if said not in ("", "*"):
        from baton.domain.basics.refusals import WrongField  # hardly anybody; and it costs a start  # noqa: PLC0415

        raise WrongField("If-None-Match", "must be *, or be left out")
    return said == "*"
