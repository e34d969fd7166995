"""GET /agreement/versions/{version}: a version of the agreement, however old."""

from typing import Any

from baton.aws.agreement.agreement_versions import Versions, version_number
from baton.aws.drafts.version_views import version_view
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import NotFound
from baton.aws.web.http import answer, staff_api
from baton.aws.web.router import Response

app = staff_api()
versions = Versions(Store.from_environment())


@app.get("/agreement/versions/<version>")
def get_agreement_version(version: str) -> Response:
    """Its text and who signed it."""
    number = version_number(version)
    found = None if number is None else versions.numbered(number)
    if found is None:
        raise NotFound("there is no such version of the agreement")
    return answer(version_view(found, versions.now()))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
