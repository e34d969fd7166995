"""Events of the agreement; they have a history of their own, apart from that of leads."""

from datetime import datetime
from typing import ClassVar, Literal

from baton.domain.basics.facts import Fact, Instant
from baton.domain.basics.moments import iso


class AgreementHappened(Fact):
    """Something that happened to the agreement; `published` names the fields that the bus may carry."""

    published: ClassVar[tuple[str, ...]] = ("agreement_version",)
    agreement_version: int


class AgreementSigned(AgreementHappened):
    """Both departments signed a version; without `in_force_from` it is in force at once."""

    published = ("agreement_version", "in_force_from")
    type: Literal["AgreementSigned"] = "AgreementSigned"
    in_force_from: Instant | None = None


class AgreementEnacted(AgreementHappened):
    """A version came into force, signed by both departments or packaged with a deployment; leads are scored anew."""

    published = ("agreement_version", "origin")
    type: Literal["AgreementEnacted"] = "AgreementEnacted"
    origin: Literal["signed", "packaged"]


KINDS: tuple[type[AgreementHappened], ...] = (AgreementSigned, AgreementEnacted)


class RecordedOfAgreement(Fact):
    """An event of the agreement: which one it is, and when it happened."""

    event_id: str
    at: Instant
    event: AgreementSigned | AgreementEnacted

    def for_the_bus(self) -> dict[str, object]:
        """Returns what the bus carries of the event: ids and facts, no names, no addresses."""
        facts = self.event.model_dump(mode="json", include=set(self.event.published), exclude_none=True)
        at = iso(self.at)
        return {"event_id": self.event_id, "at": at, "version": 1, **facts}


def recorded(event: AgreementSigned | AgreementEnacted, now: datetime) -> RecordedOfAgreement:
    """Returns the event with its fixed id: each of the two happens to a version once."""
    what = event.type.removeprefix("Agreement").lower()
    return RecordedOfAgreement(event_id=f"agreement-{event.agreement_version:06d}-{what}", at=now, event=event)
