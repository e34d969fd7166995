"""Checks a text of the agreement without storing it: its faults, or its differences from the version in force."""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

from baton.agreement.reading.agreement_reader import AgreementFaults
from baton.agreement.reading.findings import Finding
from baton.agreement.terms.agreement import Agreement
from baton.aws.agreement.agreement_versions import VersionsNow
from baton.aws.drafts.difference_views import InUse, differences_from_force, differences_view
from baton.aws.drafts.draft_commands import check_beside
from baton.aws.drafts.draft_views import findings_view
from baton.aws.drafts.terms_views import terms_view
from baton.aws.table.store import Store
from baton.aws.web.json_view import View
from baton.domain.signing.draft_signatures import Proposal, TooFarAhead


def check_text(
    proposal: Proposal,
    versions_now: VersionsNow,
    in_use: InUse,
    now: datetime,
    rosters: Store | None = None,
    often: Callable[[str], str | None] | None = None,
) -> View:
    """Shows whether the text could be signed: `ok`, faults and warnings, what it would change, its terms in words."""
    try:
        agreement, warnings = check_beside(proposal.yaml, versions_now, rosters, often)
    except AgreementFaults as found:
        return _checked(found.faults, found.warnings) | differences_view([])
    faults = _faults_of_date(proposal, now, agreement.time_zone)
    changes = differences_from_force(versions_now, proposal.yaml, agreement, in_use)
    return _checked(faults, warnings) | changes | {"terms": terms_view(agreement), "meaning": meaning_of(agreement)}


def meaning_of(agreement: Agreement) -> str:
    """Returns a fingerprint of the terms: the same for texts that differ in comments, spaces or quotes alone."""
    return sha256(agreement.model_dump_json().encode()).hexdigest()[:16]


def _faults_of_date(proposal: Proposal, now: datetime, zone: str) -> list[Finding]:
    try:
        proposal.check_when(now, zone)
    except TooFarAhead as fault:
        return [Finding("in_force_from", str(fault))]
    return []


def _checked(faults: list[Finding], warnings: list[Finding]) -> View:
    return {"ok": not faults, "errors": findings_view(faults), "warnings": findings_view(warnings)}
