"""The agreement in force, read from the table and kept in a warm function for at most a minute."""

import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from baton.agreement.model import Agreement, AgreementInForce
from baton.aws import keys
from baton.aws.clock import iso
from baton.aws.settings import setting
from baton.aws.store import Store

MOST_SECONDS = 60


class NoAgreement(RuntimeError):
    """The table holds no agreement; the deployment puts the packaged one there."""


@dataclass(slots=True)
class Agreements:
    """Which agreement holds now."""

    store: Store
    keep_seconds: int
    _kept: tuple[float, AgreementInForce] | None = field(default=None, init=False)

    @classmethod
    def from_environment(cls, store: Store) -> Self:
        """The agreements of the deployed stack."""
        return cls(store, min(MOST_SECONDS, int(setting("AGREEMENT_CACHE_SECONDS"))))

    def in_force(self) -> AgreementInForce:
        """The agreement in force, read anew when the one at hand is older than `keep_seconds`.

        Raises:
            NoAgreement: there is none.
        """
        if self._kept is None or time.monotonic() - self._kept[0] >= self.keep_seconds:
            self._kept = (time.monotonic(), self._read())
        return self._kept[1]

    def _read(self) -> AgreementInForce:
        found = self._item()
        if found is None:
            raise NoAgreement("no agreement is in force; deploy the stack again to seed the packaged one")
        return AgreementInForce.model_validate_json(found["body"]["S"])

    def seed(self, text: str, agreement: Agreement, now: datetime) -> int:
        """Put a packaged agreement into force, unless it is already, or the departments have signed one of their own.

        Returns the version that is in force afterwards.
        """
        found = self._item()
        if found and (found["origin"]["S"] != "packaged" or found["yaml"]["S"] == text):
            return int(found["version"]["N"])
        read = int(found["version"]["N"]) if found else 0
        in_force = AgreementInForce(version=read + 1, in_force_since=iso(now), agreement=agreement)
        try:
            self._replace(read, in_force, text)
        except self.store.dynamodb.exceptions.TransactionCanceledException:
            return self._seeded_meanwhile(text)
        return in_force.version

    def _seeded_meanwhile(self, text: str) -> int:
        found = self._item()
        if found is None or found["yaml"]["S"] != text:
            raise NoAgreement("another agreement was put into force at the same time; deploy again")
        return int(found["version"]["N"])

    def _item(self) -> dict[str, Any] | None:
        dynamodb, table = self.store.dynamodb, self.store.table
        found = dynamodb.get_item(TableName=table, Key=keys.AGREEMENT_IN_FORCE, ConsistentRead=True)
        return dict(found["Item"]) if "Item" in found else None

    def _replace(self, read: int, in_force: AgreementInForce, text: str) -> None:
        content = {
            "version": {"N": str(in_force.version)},
            "origin": {"S": "packaged"},
            "yaml": {"S": text},
            "body": {"S": in_force.model_dump_json(exclude_none=True)},
        }
        current: dict[str, Any] = {
            "TableName": self.store.table,
            "Item": keys.AGREEMENT_IN_FORCE | content,
            "ConditionExpression": "attribute_not_exists(pk) OR version = :read",
            "ExpressionAttributeValues": {":read": {"N": str(read)}},
        }
        version = {"TableName": self.store.table, "Item": keys.agreement_version(in_force.version) | content}
        self.store.dynamodb.transact_write_items(TransactItems=[{"Put": current}, {"Put": version}])  # type: ignore[typeddict-item]
