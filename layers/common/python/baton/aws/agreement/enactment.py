"""Puts a version of the agreement into force at a deployment, or on the date for which it was signed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from baton.agreement.reading.agreement_reader import read_agreement
from baton.agreement.terms.agreement import Agreement
from baton.aws.agreement.agreement_versions import Version, Versions, VersionsNow, body_of
from baton.aws.table.keys import agreement_keys
from baton.aws.table.retries import retry_on_conflict
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import NoAgreement, NotFound


class TooEarly(Exception):
    """The date for which the version was signed has not come yet."""


def seed(store: Store, text: str, read: Callable[[str], Agreement], now: datetime) -> int:
    """Puts a packaged agreement into force, unless it is in force already, or the departments signed one.

    One that they signed for a later date counts as well. Returns the version that is in force afterwards. It is `read`
    only if it comes into force, so that no release of Baton stops at an agreement that is followed already.

    Raises:
        AgreementFaults: the text would come into force and is no valid agreement.
        NoAgreement: another agreement came into force at the same moment.
        Contended: other writes kept changing the agreement.
    """
    versions, first_read = Versions(store), list[int]()

    def attempt() -> int:
        versions_now = versions.now()
        if _keeps_version_in_force(versions_now, text):
            return versions_now.number
        first_read.append(versions_now.number)
        if versions_now.number != first_read[0]:
            raise NoAgreement("another agreement was put into force at the same time; deploy again")
        number = versions_now.last + 1
        version = Version(number, "packaged", text, body_of(number, read(text), now))
        store.write(versions.enactment_writes(version, versions_now.number))
        return number

    return retry_on_conflict(attempt, "too many changed the agreement at once; deploy again")


def _keeps_version_in_force(versions_now: VersionsNow, text: str) -> bool:
    current = versions_now.current
    if current is None:
        return False
    return current.origin != "packaged" or current.yaml == text or versions_now.awaited is not None


@dataclass(frozen=True, slots=True)
class Enactment:
    """Puts the version that both departments signed for a later date into force on that date."""

    versions: Versions

    @classmethod
    def from_environment(cls) -> Self:
        """Works on the deployed stack."""
        return cls(Versions(Store.from_environment()))

    def enact(self, number: int, now: datetime) -> bool:
        """Puts the version with this number into force; a repeat changes nothing.

        Returns whether it is in force now; it is not if another version was signed after it.

        Raises:
            TooEarly: its date has not come.
            AgreementFaults: the text is no longer valid for this release of Baton.
            Contended: other writes kept changing the agreement.
        """

        def attempt() -> bool:
            versions_now = self.versions.now()
            if versions_now.number == number:
                return True
            awaited = versions_now.awaited
            if awaited is None or awaited.number != number:
                return False
            if now < awaited.in_force_from:
                raise TooEarly(f"version {number} shall hold from {awaited.in_force_from:%Y-%m-%dT%H:%M:%SZ}")
            self._put_into_force(number, versions_now, now)
            return True

        return retry_on_conflict(attempt, "too many changed the agreement at once; try again")

    def _put_into_force(self, number: int, versions_now: VersionsNow, now: datetime) -> None:
        signed = self.versions.numbered(number)
        if signed is None:
            raise NotFound(f"there is no version {number}")
        version = Version(
            number=number,
            origin=signed.origin,
            yaml=signed.yaml,
            body=body_of(number, read_agreement(signed.yaml, signed=True), now),
            signatures=signed.signatures,
        )
        writes = self.versions.enactment_writes(version, versions_now.number, stored=True)
        self.versions.store.write([*writes, self.versions.unchanged(agreement_keys.AGREEMENT_TO_COME, number)])
