"""Commands on drafts of the agreement: create, change, withdraw, sign; the second signature puts a draft into force."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple, Self

from baton.agreement.reading.agreement_reader import CheckedAgreement, check_agreement
from baton.agreement.reading.findings import Finding
from baton.agreement.terms.agreement import Agreement
from baton.aws.agreement.agreement_versions import Version, Versions, VersionsNow, body_of
from baton.aws.drafts.draft_items import DraftItems
from baton.aws.table.keys import agreement_keys
from baton.aws.table.keys.item_key import Item
from baton.aws.table.retries import retry_on_conflict
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import Conflict
from baton.domain.basics.moments import iso
from baton.domain.signing import draft_signatures
from baton.domain.signing.agreement_events import AgreementSigned, DraftSigned
from baton.domain.signing.difference_effects import Effect
from baton.domain.signing.differences import counts_by_effect, differences
from baton.domain.signing.draft_signatures import Department, Draft, Proposal
from baton.domain.signing.told_differences import told_lines

LINES_TOLD, LENGTH_TOLD = 25, 300
"""So many lines on what stops working, and on what changes otherwise, are told in a mail, and so much of each."""
CONTENDED = "too many signed or changed this draft at once; send the same request again"


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft after a command, with its terms and the versions of that moment.

    `voided` are the signatures that a change voided; `supersedes` is the version signed for a later date that will now
    never come into force. `warnings` say what is likely wrong with its text.
    """

    draft: Draft
    agreement: Agreement
    versions_now: VersionsNow
    voided: tuple[draft_signatures.Signature, ...] = ()
    supersedes: int | None = None
    warnings: Sequence[Finding] = ()


def check_beside(
    text: str,
    versions_now: VersionsNow,
    rosters: Store | None = None,
    often: Callable[[str], str | None] | None = None,
) -> CheckedAgreement:
    """Reads the text of a draft, and says what is likely wrong with it beside the agreement in force.

    `rosters` is the table with the teams; without it nothing is said of who is on them. `often` tells in words how
    often a kind of signals has counted.

    Raises:
        AgreementFaults: the text is no valid agreement.
    """
    current = versions_now.current
    people = (lambda team: _reachable(rosters, team)) if rosters else None
    return check_agreement(text, in_force=current.agreement if current else None, people=people, often=often)


def _reachable(rosters: Store, team: str) -> int:
    """Returns how many of a team may get leads."""
    from baton.domain.teams.roster import why_unreachable  # with the roster  # noqa: PLC0415

    return sum(rep.is_here and why_unreachable(rep) is None for rep in rosters.roster(team))


class Withdrawn(NamedTuple):
    """A draft that was withdrawn, and the signatures that it had."""

    draft: Draft
    voided: tuple[draft_signatures.Signature, ...]


@dataclass(frozen=True, slots=True)
class Drafts:
    """Carries out commands on drafts."""

    versions: Versions

    @property
    def items(self) -> DraftItems:
        """Opens the drafts in the table."""
        return DraftItems(self.versions)

    @property
    def store(self) -> Store:
        """Returns the table that the drafts are in."""
        return self.versions.store

    @classmethod
    def from_environment(cls) -> Self:
        """Works on the drafts of the deployed stack."""
        return cls(Versions(Store.from_environment()))

    def create(self, proposal: Proposal, by: str, now: datetime) -> Drafted:
        """Creates a draft; the same text sent again by the same person within ten minutes returns the first draft,
        unless that was withdrawn.

        Raises:
            AgreementFaults: the text is no valid agreement.
            TooFarAhead: `in_force_from` is too far in the future.
            Contended: every attempt conflicted with a repeat of the same request.
        """
        versions_now = self.versions.now()
        agreement, warnings = check_beside(proposal.yaml, versions_now, self.versions.store)
        proposal.check_when(now, agreement.time_zone)
        same = sha256(f"{by}\n{versions_now.number}\n{proposal.model_dump_json()}".encode()).hexdigest()
        new = draft_signatures.new_draft(
            f"{int(now.timestamp() * 1000):012x}{same[:4]}",
            proposal,
            versions_now.number,
            by,
            now,
            agreement.time_zone,
        )

        withdrawn: str | None = None

        def attempt() -> Draft:
            nonlocal withdrawn
            mark = self.items.mark_write(new, same, now, instead_of=withdrawn)
            if self.versions.try_write([mark, self.items.new_write(new)]):
                return new
            before = self.items.created_before(same, now)
            if before.withdrawn_at:
                withdrawn = before.draft_id
                raise Conflict
            return before

        made = retry_on_conflict(attempt, "too many sent the same draft at once; send the same request again")
        if made.yaml != new.yaml:
            agreement, warnings = check_beside(made.yaml, versions_now, self.versions.store)
        return Drafted(made, agreement, versions_now, warnings=warnings)

    def change(self, draft_id: str, proposal: Proposal, revision: int, by: str, now: datetime) -> Drafted:
        """Changes the text of a draft, and voids its signatures.

        Raises:
            NotFound: there is no such draft.
            AgreementFaults: the text is no valid agreement.
            TooFarAhead: `in_force_from` is too far in the future.
            Refused: it has another revision by now, or both departments have signed it.
            Contended: it changed at every attempt.
        """
        agreement, warnings = check_beside(proposal.yaml, self.versions.now(), self.versions.store)

        def attempt() -> Drafted:
            old, writes, versions_now = self._read(draft_id)
            zone = agreement.time_zone
            new = draft_signatures.change_draft(old, proposal, revision, versions_now.number, by, now, zone)
            if new is old:
                return Drafted(new, agreement, versions_now, warnings=warnings)
            proposal.check_when(now, zone)
            self.versions.store.write([self.items.change_write(new, writes, with_text=True)])
            return Drafted(new, agreement, versions_now, old.signatures, warnings=warnings)

        return retry_on_conflict(attempt, CONTENDED)

    def sign(self, draft_id: str, side: Department, by: str, revision: int | None, now: datetime) -> Drafted:
        """Signs a draft for a department; the second department's signature puts it into force, at once or on its date.

        Raises:
            NotFound: there is no such draft.
            AgreementFaults: the text is no longer valid for this release of Baton.
            Refused: see `draft_signatures.sign`.
            Contended: it changed at every attempt.
        """
        checked: dict[str, CheckedAgreement] = {}

        def attempt() -> Drafted:
            nonlocal revision
            old, writes, versions_now = self._read(draft_id)
            revision = revision or old.revision  # nobody signs a text that came while they signed
            new = draft_signatures.sign_draft(old, side, by, revision, versions_now.number, now)
            if new.yaml not in checked:
                checked[new.yaml] = check_beside(new.yaml, versions_now)
            agreement, warnings = checked[new.yaml]
            if new is old:
                return Drafted(new, agreement, versions_now, warnings=warnings)
            if new.is_signed_by_both:
                new = new.model_copy(update={"version": versions_now.last + 1})
            self.versions.store.write(
                [self.items.change_write(new, writes), *self._signing_writes(new, agreement, versions_now, now)]
            )
            return self._after(Drafted(new, agreement, versions_now, warnings=warnings))

        return retry_on_conflict(attempt, CONTENDED)

    def _read(self, draft_id: str) -> tuple[Draft, int, VersionsNow]:
        """Reads the versions, then a draft with the number of its writes: a draft that others have just put into force
        is never taken for one that is behind the version in force.

        Raises:
            NotFound: there is no such draft.
            Conflict: it came into force between the two.
        """
        versions_now, (draft, writes) = self.versions.now(), self.items.read(draft_id)
        if draft.version and draft.version > versions_now.last:
            raise Conflict
        return draft, writes, versions_now

    def withdraw(self, draft_id: str, by: str, now: datetime) -> Withdrawn:
        """Withdraws a draft, with its signatures; a repeat changes nothing.

        Raises:
            NotFound: there is no such draft.
            Refused: both departments have signed it.
            Contended: it changed at every attempt.
        """

        def attempt() -> Withdrawn:
            old, writes = self.items.read(draft_id)
            new = draft_signatures.withdraw_draft(old, by, now)
            if new is not old:
                self.versions.store.write([self.items.change_write(new, writes)])
            return Withdrawn(new, old.signatures)

        return retry_on_conflict(attempt, CONTENDED)

    def _after(self, signed: Drafted) -> Drafted:
        if signed.draft.version is None:
            return signed
        awaited = signed.versions_now.awaited
        return replace(signed, versions_now=self.versions.now(), supersedes=awaited.number if awaited else None)

    def _signing_writes(
        self, draft: Draft, agreement: Agreement, versions_now: VersionsNow, now: datetime
    ) -> list[Item]:
        """Builds the writes that follow from the first signature, or from both."""
        if draft.version is None:
            told = self.versions.event_write(_signed_once(draft, agreement, versions_now), now)
            return [told, self.versions.unchanged(agreement_keys.AGREEMENT_IN_FORCE, draft.base_version)]
        since = max(now, draft.in_force_from or now)
        later = iso(since) if since > now else None
        signatures = json.loads(draft.model_dump_json(include={"signatures"}))["signatures"]
        body = body_of(draft.version, agreement, since)
        version = Version(draft.version, "signed", draft.yaml, body, signatures, later)
        signed = AgreementSigned(agreement_version=draft.version, in_force_from=since if later else None)
        event = self.versions.event_write(signed, now)
        if later is None:
            return [event, *self.versions.enactment_writes(version, draft.base_version)]
        unchanged = self.versions.unchanged(agreement_keys.AGREEMENT_IN_FORCE, draft.base_version)
        return [
            event,
            unchanged,
            self.versions.version_write(version),
            self.versions.pointer_write(version, versions_now.coming),
        ]


def _signed_once(draft: Draft, agreement: Agreement, versions_now: VersionsNow) -> DraftSigned:
    current, [signature] = versions_now.current, draft.signatures
    found = differences(current.agreement, agreement) if current and current.yaml != draft.yaml else []
    told = [line[:LENGTH_TOLD] for line in (told_lines(found, current.agreement, agreement) if current else ())]
    first = counts_by_effect(found)[Effect.STOPS]
    stops, changes = told[:first], told[first:]
    return DraftSigned(
        draft_id=draft.draft_id,
        revision=draft.revision,
        department=signature.group.value,
        by=signature.by,
        stops=tuple(stops[:LINES_TOLD]),
        changes=tuple(changes[:LINES_TOLD]),
        more=len(stops[LINES_TOLD:]) + len(changes[LINES_TOLD:]),
    )
