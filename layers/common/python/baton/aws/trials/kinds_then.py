"""Tells what the agreement that was in force at a moment said of kinds of signals."""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from baton.agreement.terms.agreement import AgreementInForce
from baton.aws.table.keys import agreement_keys
from baton.aws.table.query_pages import items_of_pages
from baton.aws.table.store import Store
from baton.domain.scoring.agreed_kinds import AgreedKinds


@dataclass(slots=True)
class KindsThen:
    """Reads the versions of the agreement when the first moment is asked for: once, whoever else asks meanwhile."""

    store: Store
    _kinds: list[tuple[datetime, AgreedKinds]] = field(default_factory=list)
    _reading: Lock = field(default_factory=Lock)

    def at(self, moment: datetime) -> AgreedKinds:
        """Returns the kinds of the version in force at a moment; before the first one, those of the first."""
        with self._reading:
            self._kinds = self._kinds or self._read()
        place = bisect_right(self._kinds, moment, key=lambda each: each[0])
        return self._kinds[max(place - 1, 0)][1]

    def _read(self) -> list[tuple[datetime, AgreedKinds]]:
        """Reads all versions that came into force, in order."""
        found = items_of_pages(
            self.store.dynamodb.query,
            TableName=self.store.table,
            KeyConditionExpression="pk = :agreement AND begins_with(sk, :versions)",
            FilterExpression="attribute_not_exists(in_force_from)",
            ProjectionExpression="body",
            ExpressionAttributeValues={
                ":agreement": {"S": agreement_keys.AGREEMENT},
                ":versions": {"S": agreement_keys.VERSIONS},
            },
        )
        read = [AgreementInForce.model_validate_json(item["body"]["S"]) for item in found]
        kinds = [(datetime.fromisoformat(each.in_force_since), AgreedKinds.of(each.agreement.rules)) for each in read]
        return sorted(kinds, key=lambda each: each[0])
