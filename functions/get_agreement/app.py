"""GET /agreement?format=&submissions=: what is in force and to come, who signed it, and how far leads are scored."""

from typing import Any

from baton.agreement.terms.agreement import Agreement
from baton.aws.agreement.agreement_versions import Versions
from baton.aws.drafts.version_views import agreement_view
from baton.aws.sweeps.rescoring_progress import read_progress
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import NotFound
from baton.aws.web.http import answer, staff_api
from baton.aws.web.json_view import View
from baton.aws.web.router import Response
from baton.domain.basics.refusals import WrongField

YAML, TERMS = "yaml", "json"

app = staff_api(query=("format", "submissions"))
versions = Versions(Store.from_environment())


@app.get("/agreement")
def get_agreement() -> Response:
    """The agreement as both departments signed it; as `json`, its terms in words and open drafts instead of text."""
    wanted = app.query("format") or YAML
    if wanted not in (YAML, TERMS):
        raise WrongField("format", f"must be {YAML} or {TERMS}")
    if app.query("submissions") not in (None, "", "true"):
        raise WrongField("submissions", "must be true, or left out")
    standing = versions.now()
    if standing.current is None:
        raise NotFound("no agreement is in force; deploy the stack again to seed the packaged one")
    shown = agreement_view(standing.current, standing, read_progress(versions.store, standing.number))
    return answer(in_terms(shown, standing.current.agreement) if wanted == TERMS else shown)


def in_terms(shown: View, agreement: Agreement) -> View:
    """Shows a version with its terms instead of its text, and the first page of open drafts."""
    from baton.aws.drafts.draft_items import DraftItems  # the text is what most ask for  # noqa: PLC0415
    from baton.aws.drafts.draft_views import drafts_view  # noqa: PLC0415
    from baton.aws.drafts.terms_views import terms_view  # noqa: PLC0415

    terms = terms_view(agreement)
    if app.query("submissions"):
        from baton.aws.signals.form_counts import last_sent  # one screen asks for it  # noqa: PLC0415

        for shown_form in terms["forms"]:
            name = shown_form["name"]
            shown_form["last_sent_at"] = last_sent(versions.store, name, agreement.forms[name])
    whole = {name: value for name, value in shown.items() if name != "yaml"}
    return {**whole, "terms": terms, "drafts": drafts_view(*DraftItems(versions).open(None))}


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
