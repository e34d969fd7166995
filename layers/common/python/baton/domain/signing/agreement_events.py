"""Events of the agreement; they have a history of their own, apart from that of leads."""

from datetime import datetime
from typing import ClassVar, Literal

from baton.domain.basics.facts import Fact, Instant
from baton.domain.basics.moments import iso

EVENT_IDS = "agreement-"
"""The begin of the id of each of these events, and of no other."""


class AgreementHappened(Fact):
    """Something that happened to the agreement; `published` names the fields that the bus may carry."""

    published: ClassVar[tuple[str, ...]] = ()


class DraftSigned(AgreementHappened):
    """The first department signed a draft, which waits for the signature of the other one.

    `stops` and `changes` are the lines in which the draft differs from what was in force then, as many as a mail shows;
    `more` counts the others. They and the signer are stored, and not published.
    """

    published = ("draft_id", "revision", "department")
    type: Literal["DraftSigned"] = "DraftSigned"
    draft_id: str
    revision: int
    department: Literal["marketing", "sales"]
    by: str
    stops: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    more: int = 0


class AgreementSigned(AgreementHappened):
    """Both departments signed a version; without `in_force_from` it is in force at once."""

    published = ("agreement_version", "in_force_from")
    agreement_version: int
    type: Literal["AgreementSigned"] = "AgreementSigned"
    in_force_from: Instant | None = None


class AgreementEnacted(AgreementHappened):
    """A version came into force, signed by both departments or packaged with a deployment; leads are scored anew."""

    published = ("agreement_version", "origin")
    agreement_version: int
    type: Literal["AgreementEnacted"] = "AgreementEnacted"
    origin: Literal["signed", "packaged"]


KINDS: tuple[type[AgreementHappened], ...] = (DraftSigned, AgreementSigned, AgreementEnacted)
AgreementEvent = DraftSigned | AgreementSigned | AgreementEnacted


class RecordedOfAgreement(Fact):
    """An event of the agreement: which one it is, and when it happened."""

    event_id: str
    at: Instant
    event: AgreementEvent

    def for_the_bus(self) -> dict[str, object]:
        """Returns what the bus carries of the event: ids and facts, no names, no addresses."""
        facts = self.event.model_dump(mode="json", include=set(self.event.published), exclude_none=True)
        at = iso(self.at)
        return {"event_id": self.event_id, "at": at, "version": 1, **facts}


def recorded(event: AgreementEvent, now: datetime) -> RecordedOfAgreement:
    """Returns the event with its fixed id: each happens once, to a version, or to a revision of a draft."""
    if isinstance(event, DraftSigned):
        of_what = f"draft-{event.draft_id}-{event.revision:06d}-{event.department}"
    else:
        of_what = f"{event.agreement_version:06d}-{event.type.removeprefix('Agreement').lower()}"
    return RecordedOfAgreement(event_id=f"{EVENT_IDS}{of_what}", at=now, event=event)
