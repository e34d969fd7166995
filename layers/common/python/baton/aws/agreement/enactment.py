"""What puts a version of the agreement into force other than a signature: a deployment, and a date that has come."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from baton.agreement.reading.agreement_reader import read_agreement
from baton.agreement.terms.agreement import Agreement
from baton.aws.agreement.agreement_versions import Version, Versions, VersionsNow, body_of
from baton.aws.table.keys import agreement_keys
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import Conflict, NoAgreement, NotFound


class TooEarly(Exception):
    """The moment from which the version shall hold has not come yet."""


def seed(store: Store, text: str, agreement: Agreement, now: datetime) -> int:
    """Put a packaged agreement into force, unless it is already, or the departments have signed one of their own.

    One that they signed for later counts as well. Returns the version that is in force afterwards.

    Raises:
        NoAgreement: another one was put into force at the same moment.
    """
    versions = Versions(store)
    standing = versions.standing()
    if _stays(standing, text):
        return standing.number
    number = standing.last + 1
    version = Version(number, "packaged", text, body_of(number, agreement, now))
    if versions.save(versions.into_force(version, standing.number)):
        return number
    standing = versions.standing()
    if not _stays(standing, text):
        raise NoAgreement("another agreement was put into force at the same time; deploy again")
    return standing.number


def _stays(standing: VersionsNow, text: str) -> bool:
    current = standing.current
    if current is None:
        return False
    return current.origin != "packaged" or current.yaml == text or standing.awaited is not None


@dataclass(frozen=True, slots=True)
class Enacting:
    """Puts into force, when its date has come, what both departments signed for that date."""

    versions: Versions

    @classmethod
    def from_environment(cls) -> Self:
        """For the deployed stack."""
        return cls(Versions(Store.from_environment()))

    def enact(self, number: int, now: datetime) -> bool:
        """Put the version to come into force; repeated, nothing changes.

        Returns whether it is in force now; it is not if another one was signed after it.

        Raises:
            TooEarly: its date has not come.
            AgreementFaults: Baton has changed, and the text is no valid agreement any more.
            Conflict: something else changed the agreement at the same moment.
        """
        standing = self.versions.standing()
        if standing.number == number:
            return True
        if standing.awaited is None or standing.awaited.number != number:
            return False
        if now < standing.awaited.in_force_from:
            raise TooEarly(f"version {number} shall hold from {standing.awaited.in_force_from:%Y-%m-%dT%H:%M:%SZ}")
        if not self._put_into_force(number, standing, now):
            raise Conflict("something else changed the agreement at the same moment")
        return True

    def _put_into_force(self, number: int, standing: VersionsNow, now: datetime) -> bool:
        signed = self.versions.numbered(number)
        if signed is None:
            raise NotFound(f"there is no version {number}")
        version = Version(
            number=number,
            origin=signed.origin,
            yaml=signed.yaml,
            body=body_of(number, read_agreement(signed.yaml), now),
            signatures=signed.signatures,
        )
        writes = self.versions.into_force(version, standing.number, known=True)
        return self.versions.save([*writes, self.versions.still(agreement_keys.AGREEMENT_TO_COME, number)])
