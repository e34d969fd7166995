"""POST /imports: a list of leads or of signals is to come; the answer says where its file goes."""

from typing import Any

from baton.aws.imports.import_files import UPLOAD_WITHIN, ImportFiles
from baton.aws.imports.import_items import Imports
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.web.http import answer, staff_api
from baton.aws.web.router import Response
from baton.domain.basics.moments import iso
from baton.domain.staff.permissions import MARKETING
from baton.intake.imports.import_terms import ImportTerms

app = staff_api(MARKETING)
imports, files = Imports.from_environment(), ImportFiles.from_environment()


@app.post("/imports")
def begin() -> Response:
    """Keep what is said of the list, and let its file be posted; whatever arrives there is imported at once."""
    now, terms = utc_now(), app.sent(ImportTerms)
    new = imports.begin(terms.model_dump(mode="json"), app.staff.email, now)
    upload = files.upload_form(new.import_id)
    return answer({"import_id": new.import_id, "upload": upload, "expires_at": iso(now + UPLOAD_WITHIN)}, 201)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
