"""The agreement and its drafts over HTTP: what is shown of them, and what is answered to a draft that is at fault."""

from aws_lambda_powertools.event_handler.api_gateway import Response

from baton.agreement.reading.agreement_reader import MAX_CHARACTERS, AgreementFaults, read_agreement
from baton.agreement.reading.differences import differences
from baton.agreement.terms.agreement import Agreement
from baton.aws.agreement.agreement_versions import VersionsNow
from baton.aws.drafts.draft_commands import Drafted
from baton.aws.web.http import Api, Problem, staff_api
from baton.aws.web.json_view import View
from baton.domain.signing.draft_signatures import Department, Draft, MayNotSign, SideUnclear, Signature, TooFarAhead

MAX_BYTES = 6 * MAX_CHARACTERS + 10_000
"""Of a body with a draft in it: JSON may spell each character of the text in six bytes."""
ONLY_WORDING = "nothing but wording, order of keys or comments"


def drafting_api() -> Api:
    """An endpoint for all staff that tells what is wrong with a draft or a signature."""
    app = staff_api()
    app.on(AgreementFaults)(_faulty)
    app.on(TooFarAhead)(lambda fault: Problem(422, "nothing was changed", [("in_force_from", str(fault))]).response())
    app.on(SideUnclear)(lambda fault: Problem(422, "nothing was signed", [("for", str(fault))]).response())
    app.on(MayNotSign)(lambda fault: Problem(403, str(fault)).response())
    return app


def _faulty(found: AgreementFaults) -> Response[str]:
    """Every fault with its place, so that they can be mended at once."""
    return Problem(422, "this is no valid agreement yet; nothing was changed", found.faults).response()


def draft_summary(draft: Draft) -> View:
    """A draft's line in a list."""
    return {
        **draft.model_dump(mode="json", exclude={"yaml", "signatures", "version"}, exclude_none=True),
        "state": "open",
        "signatures": [signature_view(signature) for signature in draft.signatures],
    }


def drafted_view(drafted: Drafted) -> View:
    """A draft after something was done with it: what it changes, who has signed, and what came of that."""
    draft, standing = drafted.draft, drafted.standing
    view = draft_summary(draft) | {
        "state": _state(draft, standing),
        "sha256": draft.sha256,
        "differences": _differences(draft, drafted.agreement, standing),
    }
    if drafted.voided:
        view["signatures_voided"] = [signature_view(signature) for signature in drafted.voided]
    if drafted.supersedes:
        view["supersedes"] = drafted.supersedes
    return view | _outcome(draft, standing)


def whole_draft_view(draft: Draft, standing: VersionsNow) -> View:
    """A draft with its text, and what it changes of what is in force now."""
    try:
        return drafted_view(Drafted(draft, read_agreement(draft.yaml), standing)) | {"yaml": draft.yaml}
    except AgreementFaults as found:
        faults = [{"field": field, "detail": detail} for field, detail in found.faults]
        bare = draft_summary(draft) | {"state": _state(draft, standing), "sha256": draft.sha256, "differences": []}
        return bare | _outcome(draft, standing) | {"errors": faults, "yaml": draft.yaml}


def signature_view(signature: Signature) -> View:
    """Who signed, for whom, and when."""
    return signature.model_dump(mode="json", include={"group", "by", "at"})


def _state(draft: Draft, standing: VersionsNow) -> str:
    if draft.version is None:
        return "open"
    if draft.version == standing.number:
        return "in_force"
    awaited = standing.awaited
    return "scheduled" if awaited and awaited.number == draft.version else "superseded"


def _outcome(draft: Draft, standing: VersionsNow) -> View:
    """The version that the draft became, and since or from when; or which signatures are missing."""
    if draft.version is None:
        return {"signatures_missing": [side.value for side in Department if not draft.signature_for(side)]}
    outcome: View = {"version": draft.version}
    if standing.current and draft.version == standing.number:
        outcome["in_force_since"] = standing.current.in_force_since
    return outcome


def _differences(draft: Draft, agreement: Agreement, standing: VersionsNow) -> list[str]:
    if standing.current is None or standing.current.yaml == draft.yaml:
        return []
    return differences(standing.current.agreement, agreement) or [ONLY_WORDING]
