"""GET /agreement: what is in force, who signed it, what is to come, and how far leads are scored under it."""

from typing import Any

from baton.aws.agreement.agreement_versions import Versions
from baton.aws.drafts.version_views import agreement_view
from baton.aws.sweeps.rescoring_progress import read_progress
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import NotFound
from baton.aws.web.http import answer, staff_api
from baton.aws.web.router import Response

app = staff_api()
versions = Versions(Store.from_environment())


@app.get("/agreement")
def get_agreement() -> Response:
    """The agreement as both departments signed it."""
    standing = versions.now()
    if standing.current is None:
        raise NotFound("no agreement is in force; deploy the stack again to seed the packaged one")
    return answer(agreement_view(standing.current, standing, read_progress(versions.store, standing.number)))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
