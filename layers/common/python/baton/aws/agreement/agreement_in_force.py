"""The agreement in force, read from the table and cached in a warm function for at most a minute."""

import time
from dataclasses import dataclass, field
from typing import Any, Self

from baton.agreement.terms.agreement import AgreementInForce
from baton.aws.runtime.restores import after_restore
from baton.aws.runtime.settings import setting
from baton.aws.table.keys import agreement_keys
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import NoAgreement

MAX_SECONDS = 60


@dataclass(slots=True)
class Agreements:
    """Reads the agreement in force, and caches it for `keep_seconds`."""

    store: Store
    keep_seconds: int
    _kept: tuple[float, AgreementInForce] | None = field(default=None, init=False)

    @classmethod
    def from_environment(cls, store: Store) -> Self:
        """Reads the agreement of the deployed stack."""
        agreements = cls(store, min(MAX_SECONDS, int(setting("AGREEMENT_CACHE_SECONDS"))))
        after_restore(agreements.forget)
        return agreements

    def in_force(self) -> AgreementInForce:
        """Returns the agreement in force; the cached one, unless it is older than `keep_seconds`.

        Raises:
            NoAgreement: the table holds none.
        """
        if self._kept is None or time.monotonic() - self._kept[0] >= self.keep_seconds:
            self._kept = (time.monotonic(), self._read())
        return self._kept[1]

    def forget(self) -> None:
        """Forgets the cached agreement, so that the next request reads it."""
        self._kept = None

    def _read(self) -> AgreementInForce:
        found = self._item()
        if found is None:
            raise NoAgreement("no agreement is in force; deploy the stack again to seed the packaged one")
        return AgreementInForce.model_validate_json(found["body"]["S"])

    def _item(self) -> dict[str, Any] | None:
        dynamodb, table = self.store.dynamodb, self.store.table
        found = dynamodb.get_item(TableName=table, Key=agreement_keys.AGREEMENT_IN_FORCE, ConsistentRead=True)
        return dict(found["Item"]) if "Item" in found else None
