"""Shows drafts of the agreement in answers of the API, and answers faults of drafts and signatures as HTTP problems."""

from collections.abc import Iterable, Sequence

from baton.agreement.reading.agreement_reader import MAX_CHARACTERS, AgreementFaults
from baton.agreement.reading.findings import Finding
from baton.aws.agreement.agreement_versions import VersionsNow
from baton.aws.drafts.difference_views import InUse, differences_from_force, differences_view, not_counted
from baton.aws.drafts.draft_commands import Drafted, Withdrawn, check_beside
from baton.aws.table.store import Store
from baton.aws.web.http import Api, Problem, staff_api
from baton.aws.web.json_view import View
from baton.aws.web.router import Response
from baton.domain.signing.draft_signatures import Department, Draft, MayNotSign, SideUnclear, Signature, TooFarAhead

MAX_BYTES = 6 * MAX_CHARACTERS + 10_000
"""Limit of a request body with a draft: JSON may spell a character in six bytes."""


def drafting_api(query: Sequence[str] = ()) -> Api:
    """Builds an endpoint for staff that answers faults of drafts and signatures as problems, with a query's names."""
    app = staff_api(query=query)
    app.on(AgreementFaults)(_faulty)
    app.on(TooFarAhead)(lambda fault: Problem(422, "nothing was changed", [("in_force_from", str(fault))]).response())
    app.on(SideUnclear)(lambda fault: Problem(422, "nothing was signed", [("for", str(fault))]).response())
    app.on(MayNotSign)(lambda fault: Problem(403, str(fault)).response())
    return app


def _faulty(found: AgreementFaults) -> Response:
    """Answers 422 with all faults of a text and their places, so that one correction can mend them."""
    errors, warnings = findings_view(found.faults), findings_view(found.warnings)
    said = "this is no valid agreement yet; nothing was changed"
    return Problem(422, said, errors, warnings=warnings).response()


def findings_view(findings: Iterable[Finding]) -> list[View]:
    """Shows faults or warnings of a draft: the path, what is wrong with its remedy, and line and column if known."""
    return [
        {"field": each.place, "detail": each.detail}
        | ({"line": each.line, "column": each.column} if each.line is not None else {})
        for each in findings
    ]


def draft_summary(draft: Draft) -> View:
    """Shows a draft in a list."""
    return {
        **draft.model_dump(mode="json", exclude={"yaml", "signatures", "version"}, exclude_none=True),
        "state": "withdrawn" if draft.withdrawn_at else "open",
        "signatures": [signature_view(signature) for signature in draft.signatures],
    }


def drafts_view(drafts: Iterable[Draft], cursor: str | None) -> View:
    """Shows a page of drafts; `cursor` asks for the next one, None on the last."""
    return {"drafts": [draft_summary(draft) for draft in drafts], "cursor": cursor}


def drafted_view(drafted: Drafted, in_use: InUse = not_counted) -> View:
    """Shows a draft after a command: its differences from the version in force, signatures, and outcome."""
    draft, versions_now = drafted.draft, drafted.versions_now
    view = draft_summary(draft) | {
        "state": _state(draft, versions_now),
        "sha256": draft.sha256,
        **differences_from_force(versions_now, draft.yaml, drafted.agreement, in_use),
        "warnings": findings_view(drafted.warnings),
    }
    if drafted.voided:
        view["signatures_voided"] = [signature_view(signature) for signature in drafted.voided]
    if drafted.supersedes:
        view["supersedes"] = drafted.supersedes
    return view | _outcome(draft, versions_now)


def withdrawn_view(withdrawn: Withdrawn) -> View:
    """Shows a draft that was withdrawn, and the signatures that it had."""
    voided = [signature_view(signature) for signature in withdrawn.voided]
    return draft_summary(withdrawn.draft) | {"sha256": withdrawn.draft.sha256, "signatures_voided": voided}


def whole_draft_view(
    draft: Draft, versions_now: VersionsNow, in_use: InUse = not_counted, rosters: Store | None = None
) -> View:
    """Shows a draft with its text, its terms in words, and its differences from the version in force."""
    from baton.aws.drafts.terms_views import terms_view  # only who reads a draft needs it  # noqa: PLC0415

    try:
        agreement, warnings = check_beside(draft.yaml, versions_now, rosters)
        drafted = Drafted(draft, agreement, versions_now, warnings=warnings)
        return drafted_view(drafted, in_use) | {"yaml": draft.yaml, "terms": terms_view(agreement)}
    except AgreementFaults as found:
        faults = {"warnings": findings_view(found.warnings), "errors": findings_view(found.faults)}
        bare = draft_summary(draft) | {"state": _state(draft, versions_now), "sha256": draft.sha256}
        return bare | differences_view([]) | _outcome(draft, versions_now) | faults | {"yaml": draft.yaml}


def signature_view(signature: Signature) -> View:
    """Shows a signature: who signed, for which department, and when."""
    return signature.model_dump(mode="json", include={"group", "by", "at"})


def _state(draft: Draft, versions_now: VersionsNow) -> str:
    if draft.version is None:
        return "withdrawn" if draft.withdrawn_at else "open"
    if draft.version == versions_now.number:
        return "in_force"
    awaited = versions_now.awaited
    return "scheduled" if awaited and awaited.number == draft.version else "superseded"


def _outcome(draft: Draft, versions_now: VersionsNow) -> View:
    """Shows the version that the draft became and since when it is in force, or the signatures that it lacks."""
    if draft.withdrawn_at:
        return {}
    if draft.version is None:
        return {"signatures_missing": [side.value for side in Department if not draft.signature_for(side)]}
    outcome: View = {"version": draft.version}
    if versions_now.current and draft.version == versions_now.number:
        outcome["in_force_since"] = versions_now.current.in_force_since
    return outcome
