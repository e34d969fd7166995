"""OPTIONS of every path for staff: tells a browser whether the script of a page may call the API."""

from typing import Any

from baton.aws.web.origins import Origins
from baton.aws.web.router import Response

origins = Origins.of_consoles()


def lambda_handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Permits it to the pages that the stack names; what a call may do is decided when it is made, by its token."""
    headers = event.get("headers") or {}
    return Response(204, body="", headers={**origins.preflight(headers), **origins.headers(headers)}).for_gateway()
