"""GET /agreement/versions/{version}: a version of the agreement, however old."""

from typing import Any

from aws_lambda_powertools.event_handler.api_gateway import Response

from baton.aws.agreement.agreement_versions import Versions
from baton.aws.drafts.version_views import version_view
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import NotFound
from baton.aws.web.http import answer, staff_api

app = staff_api()
versions = Versions(Store.from_environment())
MAX_DIGITS = 6


@app.get("/agreement/versions/<version>")
def get_agreement_version(version: str) -> Response[str]:
    """Its text and who signed it."""
    is_number = version.isascii() and version.isdecimal() and len(version) <= MAX_DIGITS
    found = versions.numbered(int(version)) if is_number else None
    if found is None:
        raise NotFound("there is no such version of the agreement")
    return answer(version_view(found, versions.now()))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
