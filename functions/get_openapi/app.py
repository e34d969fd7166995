"""GET /openapi.json: the description of this API for programs, as it was generated from the code that is deployed."""

from functools import cache
from typing import Any

from baton.aws.web.entity_tags import unless_known
from baton.aws.web.http import public_api
from baton.aws.web.origins import Origins
from baton.aws.web.router import Response

SECONDS = 300

app = public_api(Origins.of_consoles())


@app.get("/openapi.json")
def get_openapi() -> Response:
    """Anybody may read it: it says what calls there are, and nothing of anybody. Caches keep it for five minutes."""
    headers = {"Cache-Control": f"public, max-age={SECONDS}"}
    return unless_known(Response(200, "application/json", description(), headers), app.headers)


@cache
def description() -> str:
    """Returns the text of the file beside this one, which is read at the first request."""
    with open(f"{__file__.removesuffix('app.py')}openapi.json", encoding="utf-8") as file:
        return file.read()


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
