"""GET /imports/{import_id}: how far a list has come, and where to read what became of its lines.

GET /imports?limit=&cursor= lists all imports, the newest first.
"""

from typing import Any

from baton.aws.imports.import_files import ImportFiles
from baton.aws.imports.import_items import Imports, has_result, import_row, import_view
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.web.http import answer, staff_api
from baton.aws.web.page_limits import page_limit
from baton.aws.web.router import Response
from baton.domain.staff.permissions import MARKETING

USUAL, MOST = 25, 100

app = staff_api(MARKETING, query={"/imports": ("limit", "cursor")})
imports, files = Imports.from_environment(), ImportFiles.from_environment()


@app.get("/imports/<import_id>")
def get_import(import_id: str) -> Response:
    """The import as it is now; its result's address is good for a quarter of an hour."""
    import_ = imports.get(import_id)
    return answer(import_view(import_, files.result_url(import_id) if has_result(import_, utc_now()) else None))


@app.get("/imports")
def list_imports() -> Response:
    """A page of imports of the last ninety days with their progress; `cursor` asks for those before it."""
    page = imports.page(app.query("cursor"), page_limit(app.query("limit"), USUAL, MOST))
    return answer({"imports": [import_row(each) for each in page.imports], "cursor": page.cursor})


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
