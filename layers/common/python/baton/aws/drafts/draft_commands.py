"""What people do with drafts of the agreement: write, change, sign; the second signature puts one into force."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Self

from baton.agreement.reading.agreement_reader import read_agreement
from baton.agreement.terms.agreement import Agreement
from baton.aws.agreement.agreement_versions import Version, Versions, VersionsNow, body_of
from baton.aws.drafts.draft_items import KeptDrafts
from baton.aws.table.keys import agreement_keys
from baton.aws.table.lead_writes import Item
from baton.aws.table.retries import retry_on_conflict
from baton.aws.table.store import Store
from baton.domain.basics.moments import iso
from baton.domain.signing import draft_signatures
from baton.domain.signing.agreement_events import AgreementSigned
from baton.domain.signing.draft_signatures import Department, Draft, Proposal

CONTENDED = "too many signed or changed this draft at once; send the same request again"


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft with what it says, what stands beside it, and what a change or a signature did besides.

    `supersedes` is a version that was signed for later, and never comes into force now.
    """

    draft: Draft
    agreement: Agreement
    standing: VersionsNow
    voided: tuple[draft_signatures.Signature, ...] = ()
    supersedes: int | None = None


@dataclass(frozen=True, slots=True)
class Drafts:
    """Drafts and signatures."""

    versions: Versions

    @property
    def kept(self) -> KeptDrafts:
        """The drafts in the table."""
        return KeptDrafts(self.versions)

    @classmethod
    def from_environment(cls) -> Self:
        """The drafts of the deployed stack."""
        return cls(Versions(Store.from_environment()))

    def create(self, proposal: Proposal, by: str, now: datetime) -> Drafted:
        """Keep a new draft; the same one sent again by the same person within ten minutes is the same draft.

        Raises:
            AgreementFaults: the text is no valid agreement.
            TooFarAhead: it cannot come into force at that moment.
            Contended: too many sent the same at once.
        """
        proposal.check_when(now)
        agreement, standing = read_agreement(proposal.yaml), self.versions.standing()
        same = sha256(f"{by}\n{standing.number}\n{proposal.model_dump_json()}".encode()).hexdigest()
        new = draft_signatures.new_draft(
            f"{int(now.timestamp() * 1000):012x}{same[:4]}", proposal, standing.number, by, now
        )

        def attempt() -> Draft:
            if self.versions.save([self.kept.mark(new, same, now), self.kept.new(new)]):
                return new
            return self.kept.made_before(same, now)

        made = retry_on_conflict(attempt, "too many sent the same draft at once; send the same request again")
        return Drafted(made, agreement if made.yaml == new.yaml else read_agreement(made.yaml), standing)

    def change(self, draft_id: str, proposal: Proposal, revision: int, by: str, now: datetime) -> Drafted:
        """Give a draft another text; its signatures are void.

        Raises:
            NotFound: there is no such draft.
            AgreementFaults: the text is no valid agreement.
            TooFarAhead: it cannot come into force at that moment.
            Refused: it changed since it was read, or both departments have signed it.
            Contended: too many changed it at once.
        """
        agreement = read_agreement(proposal.yaml)

        def attempt() -> Drafted:
            (old, writes), standing = self.kept.read(draft_id), self.versions.standing()
            new = draft_signatures.change_draft(old, proposal, revision, standing.number, by, now)
            if new is old:
                return Drafted(new, agreement, standing)
            proposal.check_when(now)
            self.versions.store.write([self.kept.changed(new, writes, with_text=True)])
            return Drafted(new, agreement, standing, old.signatures)

        return retry_on_conflict(attempt, CONTENDED)

    def sign(self, draft_id: str, side: Department, by: str, revision: int | None, now: datetime) -> Drafted:
        """Sign a draft for a department; the second department's signature puts it into force, or on its date.

        Raises:
            NotFound: there is no such draft.
            AgreementFaults: Baton has changed, and the text is no valid agreement any more.
            Refused: see `signing.sign`.
            Contended: too many signed or changed it at once.
        """
        read = cache(read_agreement)

        def attempt() -> Drafted:
            nonlocal revision
            (old, writes), standing = self.kept.read(draft_id), self.versions.standing()
            revision = revision or old.revision  # nobody signs a text that came while they signed
            new = draft_signatures.sign_draft(old, side, by, revision, standing.number, now)
            agreement = read(new.yaml)
            if new is old:
                return Drafted(new, agreement, standing)
            if new.is_signed_by_both:
                new = new.model_copy(update={"version": standing.last + 1})
            self.versions.store.write([self.kept.changed(new, writes), *self._adopted(new, agreement, standing, now)])
            return self._after(new, agreement, standing)

        return retry_on_conflict(attempt, CONTENDED)

    def _after(self, draft: Draft, agreement: Agreement, before: VersionsNow) -> Drafted:
        if draft.version is None:
            return Drafted(draft, agreement, before)
        superseded = before.awaited.number if before.awaited else None
        return Drafted(draft, agreement, self.versions.standing(), supersedes=superseded)

    def _adopted(self, draft: Draft, agreement: Agreement, standing: VersionsNow, now: datetime) -> list[Item]:
        """The writes that follow from both signatures."""
        if draft.version is None:
            return [self.versions.still(agreement_keys.AGREEMENT_IN_FORCE, draft.base_version)]
        since = max(now, draft.in_force_from or now)
        later = iso(since) if since > now else None
        signatures = json.loads(draft.model_dump_json(include={"signatures"}))["signatures"]
        body = body_of(draft.version, agreement, since)
        version = Version(draft.version, "signed", draft.yaml, body, signatures, later)
        signed = AgreementSigned(agreement_version=draft.version, in_force_from=since if later else None)
        happened = self.versions.happened(signed, now)
        if later is None:
            return [happened, *self.versions.into_force(version, draft.base_version)]
        unchanged = self.versions.still(agreement_keys.AGREEMENT_IN_FORCE, draft.base_version)
        return [happened, unchanged, self.versions.kept(version), self.versions.to_come(version, standing.coming)]
