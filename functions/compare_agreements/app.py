"""GET /agreement/differences?from=&to=: what changes from one version or draft to another."""

from typing import Any

from baton.aws.agreement.agreement_versions import Versions
from baton.aws.drafts.comparison import Texts
from baton.aws.drafts.draft_views import drafting_api
from baton.aws.table.store import Store
from baton.aws.web.http import answer
from baton.aws.web.router import Response

app = drafting_api(query=("from", "to"))
texts = Texts(Versions(Store.from_environment()))


@app.get("/agreement/differences")
def compare_agreements() -> Response:
    """The differences in words; without `from` or `to`, the version in force takes its place."""
    return answer(texts.compared(app.query("from"), app.query("to")))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
