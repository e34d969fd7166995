"""The agreement's versions: the one in force, those before it, and the one that was signed for a later moment."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from baton.agreement.terms.agreement import Agreement, AgreementInForce
from baton.aws.table.keys import agreement_keys, item_key
from baton.aws.table.lead_writes import Item
from baton.aws.table.store import Store
from baton.domain.basics.moments import iso
from baton.domain.signing.agreement_events import AgreementEnacted, AgreementSigned, recorded


@dataclass(frozen=True, slots=True)
class Version:
    """One version as the table keeps it: its number, who made it (`packaged`, `signed`), its text and signatures.

    `in_force_from` stands there until the version comes into force, and for ever if it never does.
    """

    number: int
    origin: str
    yaml: str
    body: str
    signatures: Sequence[Mapping[str, Any]] = ()
    in_force_from: str | None = None

    @classmethod
    def read(cls, item: Item) -> Self:
        """A version from its item."""
        return cls(
            number=int(item["version"]["N"]),
            origin=item["origin"]["S"],
            yaml=item["yaml"]["S"],
            body=item["body"]["S"],
            signatures=json.loads(item["signatures"]["S"]) if "signatures" in item else (),
            in_force_from=item.get("in_force_from", {}).get("S"),
        )

    @property
    def in_force_since(self) -> str:
        """Since when it holds, or from when it shall."""
        return str(json.loads(self.body)["in_force_since"])

    @property
    def agreement(self) -> Agreement:
        """What it says."""
        return AgreementInForce.model_validate_json(self.body).agreement

    @property
    def content(self) -> Item:
        """Its item without the key."""
        content: Item = {
            "version": {"N": str(self.number)},
            "origin": {"S": self.origin},
            "yaml": {"S": self.yaml},
            "body": {"S": self.body},
        }
        if self.signatures:
            content["signatures"] = {"S": json.dumps(self.signatures)}
        if self.in_force_from:
            content["in_force_from"] = {"S": self.in_force_from}
        return content


def body_of(number: int, agreement: Agreement, since: datetime) -> str:
    """What functions read of a version."""
    in_force = AgreementInForce(version=number, in_force_since=iso(since), agreement=agreement)
    return in_force.model_dump_json(exclude_none=True)


@dataclass(frozen=True, slots=True)
class Coming:
    """The pointer to the version that was signed last for a later moment; it counts while no later one is in force."""

    number: int
    in_force_from: datetime


@dataclass(frozen=True, slots=True)
class VersionsNow:
    """What is in force, if anything, and what is to come."""

    current: Version | None
    coming: Coming | None

    @property
    def number(self) -> int:
        """The number of the version in force; 0 while there is none."""
        return self.current.number if self.current else 0

    @property
    def last(self) -> int:
        """The highest number that was given to a version."""
        return max(self.number, self.coming.number if self.coming else 0)

    @property
    def awaited(self) -> Coming | None:
        """The version to come, unless another came into force after it was signed."""
        return self.coming if self.coming and self.coming.number > self.number else None


@dataclass(frozen=True, slots=True)
class Versions:
    """Reads the agreement's partition, and makes the parts of the transactions that change it."""

    store: Store

    def standing(self) -> VersionsNow:
        """What is in force and what is to come, as of now."""
        current, coming = self._item(agreement_keys.AGREEMENT_IN_FORCE), self._item(agreement_keys.AGREEMENT_TO_COME)
        return VersionsNow(
            Version.read(current) if current else None,
            Coming(int(coming["version"]["N"]), datetime.fromisoformat(coming["in_force_from"]["S"]))
            if coming
            else None,
        )

    def numbered(self, number: int) -> Version | None:
        """A version, whether it is in force, was, or will be."""
        item = self._item(agreement_keys.agreement_version(number))
        return Version.read(item) if item else None

    def into_force(self, version: Version, read: int, *, known: bool = False) -> list[Item]:
        """The writes that put a version into force in place of the one that was `read` (0: none).

        `known`: its text and number were kept before, when it was signed for later.
        """
        instead = "version = :read" if read else "attribute_not_exists(pk)"
        values = {":read": {"N": str(read)}} if read else None
        event = AgreementEnacted(agreement_version=version.number, origin=version.origin)  # type: ignore[arg-type]
        return [
            self.put(agreement_keys.AGREEMENT_IN_FORCE | version.content, instead, values),
            self.kept(version, known=known),
            self.happened(event, datetime.fromisoformat(version.in_force_since)),
        ]

    def kept(self, version: Version, *, known: bool = False) -> Item:
        """The write that keeps a version for ever; a number is given once."""
        condition = "attribute_exists(pk)" if known else "attribute_not_exists(pk)"
        return self.put(agreement_keys.agreement_version(version.number) | version.content, condition)

    def to_come(self, version: Version, coming: Coming | None) -> Item:
        """The write that points to a version signed for later, in place of the one that was read."""
        item: Item = agreement_keys.AGREEMENT_TO_COME | {
            "version": {"N": str(version.number)},
            "in_force_from": {"S": str(version.in_force_from)},
        }
        if coming is None:
            return self.put(item, "attribute_not_exists(pk)")
        return self.put(item, "version = :read", {":read": {"N": str(coming.number)}})

    def happened(self, event: AgreementSigned | AgreementEnacted, now: datetime) -> Item:
        """The write of an event, with what the bus will carry of it."""
        fact = recorded(event, now)
        item = agreement_keys.agreement_event(fact.event_id) | {
            "type": {"S": event.type},
            "at": {"S": iso(now)},
            "facts": {"S": json.dumps(fact.for_the_bus(), separators=(",", ":"))},
            "body": {"S": fact.model_dump_json(exclude_none=True)},
        }
        return self.put(item)

    def still(self, key: item_key.Key, number: int) -> Item:
        """The check that an item is still about this version."""
        check = {"TableName": self.store.table, "Key": key, "ConditionExpression": "version = :read"}
        return {"ConditionCheck": check | {"ExpressionAttributeValues": {":read": {"N": str(number)}}}}

    def put(self, item: Item, condition: str | None = None, values: Item | None = None) -> Item:
        """The write of an item, perhaps under a condition."""
        put: Item = {"TableName": self.store.table, "Item": item}
        if condition:
            put["ConditionExpression"] = condition
        if values:
            put["ExpressionAttributeValues"] = values
        return {"Put": put}

    def save(self, writes: list[Item]) -> bool:
        """Carry all of them out, or none if a condition does not hold any more."""
        return self.store.saved(writes)

    def _item(self, key: item_key.Key) -> Item | None:
        found = self.store.dynamodb.get_item(TableName=self.store.table, Key=key, ConsistentRead=True)
        return dict(found["Item"]) if "Item" in found else None
