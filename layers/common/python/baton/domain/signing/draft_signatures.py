"""Drafts of the agreement, and the two signatures, of marketing and of sales, that put one into force."""

from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from baton.domain.basics.days import DayOrMoment, begin_of
from baton.domain.basics.facts import Fact, Instant, Staff
from baton.domain.basics.refusals import Refused
from baton.domain.basics.staff_addresses import StaffAddress

MAX_AHEAD = timedelta(days=360)  # Step Functions ends whatever waits for longer than a year


class Department(StrEnum):
    """Who signs."""

    MARKETING = "marketing"
    SALES = "sales"


class MayNotSign(Exception):
    """The person is in neither department, or not in the one that they want to sign for."""


class SideUnclear(Exception):
    """The person is in both departments, and does not say for which one they sign."""


class TooFarAhead(ValueError):
    """The date of coming into force is past, or more than 360 days away."""


class Signature(Fact):
    """Who signed for which department, and exactly what: the draft's revision and the SHA-256 of its text."""

    group: Department
    by: StaffAddress
    at: Instant
    revision: int
    sha256: str


class Draft(Fact):
    """A proposal for the agreement, with whatever signatures its text has so far.

    `base_version` is what was in force when the text was last written; `version` is what the draft became. A draft
    that was withdrawn can neither be changed nor signed.
    """

    draft_id: str
    yaml: str
    revision: int = 1
    base_version: int
    in_force_from: Instant | None = None
    note: str | None = None
    signatures: tuple[Signature, ...] = ()
    created_by: StaffAddress
    created_at: Instant
    changed_by: StaffAddress
    changed_at: Instant
    version: int | None = None
    withdrawn_by: str | None = None
    withdrawn_at: Instant | None = None

    @property
    def sha256(self) -> str:
        """Returns the hash of the text, to which signatures are bound."""
        return sha256(self.yaml.encode()).hexdigest()

    @property
    def is_signed_by_both(self) -> bool:
        """Tells whether both departments have signed, so that the draft can come into force."""
        return {signature.group for signature in self.signatures} == set(Department)

    def signature_for(self, side: Department) -> Signature | None:
        """Returns the department's signature, if there is one."""
        return next((signature for signature in self.signatures if signature.group is side), None)


class Proposal(Fact):
    """A proposed text of the agreement, the date from which it holds (at once without one), and a note."""

    yaml: str
    in_force_from: DayOrMoment | None = None
    note: str | None = None

    def holds_from(self, zone: str = "UTC") -> datetime | None:
        """Returns the moment from which it holds; a date begins in this time zone."""
        return begin_of(self.in_force_from, zone) if self.in_force_from else None

    def check_when(self, now: datetime, zone: str = "UTC") -> None:
        """Checks the date of coming into force.

        Raises:
            TooFarAhead: it has passed, or is more than 360 days away.
        """
        begins = self.holds_from(zone)
        if begins and not now < begins <= now + MAX_AHEAD:
            raise TooFarAhead("must be in the future, and at most 360 days from now; leave it out for at once")


def new_draft(draft_id: str, proposal: Proposal, base_version: int, by: str, now: datetime, zone: str = "UTC") -> Draft:
    """Returns a new draft with this text; its date begins in this time zone."""
    return Draft(
        draft_id=draft_id,
        yaml=proposal.yaml,
        base_version=base_version,
        in_force_from=proposal.holds_from(zone),
        note=proposal.note,
        created_by=by,
        created_at=now,
        changed_by=by,
        changed_at=now,
    )


def change_draft(
    old: Draft, proposal: Proposal, revision: int, in_force: int, by: str, now: datetime, zone: str = "UTC"
) -> Draft:
    """Returns the draft with another text, based on the version in force, without signatures. A repeat changes nothing.

    Its date begins in this time zone.

    Raises:
        Refused: it was changed since `revision` was read, is signed by both already, or was withdrawn.
    """
    if old.version is not None:
        raise Refused(f"both departments have signed this draft as version {old.version}; write a new one")
    _must_be_open(old)
    note = old.note if proposal.note is None else proposal.note
    wanted = {"yaml": proposal.yaml, "in_force_from": proposal.holds_from(zone), "note": note}
    changed = old.model_copy(
        update=wanted | {"base_version": in_force, "signatures": (), "changed_by": by, "changed_at": now}
    )
    if revision == old.revision - 1 and changed == old.model_copy(update={"signatures": (), "changed_at": now}):
        return old
    _must_be_current(old, revision)
    return changed.model_copy(update={"revision": old.revision + 1})


def withdraw_draft(old: Draft, by: str, now: datetime) -> Draft:
    """Returns the draft as withdrawn, without its signatures; a repeat changes nothing.

    Raises:
        Refused: both departments have signed it.
    """
    if old.version is not None:
        raise Refused(
            f"both departments have signed this draft as version {old.version}; to end that, both sign another one"
        )
    if old.withdrawn_at:
        return old
    return old.model_copy(update={"signatures": (), "withdrawn_by": by, "withdrawn_at": now})


def department_of(staff: Staff, wanted: Department | None) -> Department:
    """Returns the department for which a person signs.

    Raises:
        MayNotSign: they are not in it, or in none.
        SideUnclear: they are in both and name none.
    """
    sides = [side for side in Department if side.value in staff.groups]
    if not sides:
        raise MayNotSign("only marketing and sales sign; an administrator signs for neither")
    if wanted is None and len(sides) > 1:
        raise SideUnclear("you are in both departments; say for which one you sign: marketing or sales")
    if wanted is not None and wanted not in sides:
        raise MayNotSign(f"you are not in {wanted}; you can sign for {sides[0]}")
    return wanted or sides[0]


def sign_draft(unsigned: Draft, side: Department, by: str, revision: int | None, in_force: int, now: datetime) -> Draft:
    """Returns the draft with one more signature; a second signature of the same person changes nothing.

    Raises:
        Refused: another draft came into force meanwhile, or it was changed since it was read, or somebody else has
            signed for the department, or the same person for the other one, or it was withdrawn.
    """
    _must_be_open(unsigned)
    signed = unsigned.signature_for(side)
    if revision is not None:
        _must_be_current(unsigned, revision)
    if signed and signed.by == by:
        return unsigned
    if signed:
        raise Refused(f"{signed.by} has signed for {side} already")
    if any(signature.by == by for signature in unsigned.signatures):
        raise Refused("you have signed for the other department; the two signatures must be of different people")
    if unsigned.base_version != in_force:
        raise Refused(
            f"version {in_force} was put into force since this draft was written on version {unsigned.base_version};"
            " look at what has changed, and send the draft again with PUT"
        )
    signature = Signature(group=side, by=by, at=now, revision=unsigned.revision, sha256=unsigned.sha256)
    return unsigned.model_copy(update={"signatures": (*unsigned.signatures, signature)})


def _must_be_open(draft: Draft) -> None:
    if draft.withdrawn_at:
        raise Refused(f"{draft.withdrawn_by} has withdrawn this draft; write a new one")


def _must_be_current(draft: Draft, revision: int) -> None:
    if revision > draft.revision:
        raise Refused(f"there is no revision {revision}; {draft.changed_by} sent the last one, {draft.revision}")
    if revision != draft.revision:
        raise Refused(
            f"it changed since you read it: {draft.changed_by} sent revision {draft.revision}, you have {revision}"
        )
