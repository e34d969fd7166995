"""Versions of the agreement: the one in force, past ones, and the one that was signed for a later date."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Self

from baton.agreement.terms.agreement import Agreement, AgreementInForce
from baton.aws.table.keys import agreement_keys
from baton.aws.table.keys.item_key import Item, Key, sort_key_of
from baton.aws.table.query_pages import items_of_pages
from baton.aws.table.store import Store
from baton.domain.basics.moments import iso
from baton.domain.signing.agreement_events import AgreementEnacted, AgreementEvent, recorded

PAGE = 10
MAX_DIGITS = 6
MAX_NUMBER = 10**MAX_DIGITS - 1
"""Limits of a version's number, as keys and paths hold it."""


def version_number(text: str) -> int | None:
    """Reads the number of a version from a path or a cursor; None if it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS else None


@dataclass(frozen=True, slots=True)
class Version:
    """A stored version: its number, origin (`packaged` or `signed`), text and signatures.

    `body` is the JSON of an `AgreementInForce`. `in_force_from` is set from the signature for a later date until the
    version comes into force; it stays if another version replaces it first.
    """

    number: int
    origin: str
    yaml: str
    body: str
    signatures: Sequence[Mapping[str, Any]] = ()
    in_force_from: str | None = None

    @classmethod
    def read(cls, item: Item) -> Self:
        """Reads a version from its item."""
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
        """Returns when the version came into force, or will."""
        return str(json.loads(self.body)["in_force_since"])

    @property
    def agreement(self) -> Agreement:
        """Returns the terms of the version."""
        return AgreementInForce.model_validate_json(self.body).agreement

    @property
    def content(self) -> Item:
        """Returns the attributes of the version's item, without its key."""
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
    """Writes the JSON of a version that functions read."""
    in_force = AgreementInForce(version=number, in_force_since=iso(since), agreement=agreement)
    return in_force.model_dump_json(exclude_none=True)


@dataclass(frozen=True, slots=True)
class Coming:
    """Points to the version last signed for a later date; void once a version with a higher number is in force."""

    number: int
    in_force_from: datetime


@dataclass(frozen=True, slots=True)
class VersionsNow:
    """The version in force, if any, and the pointer to the one signed for a later date."""

    current: Version | None
    coming: Coming | None

    @property
    def number(self) -> int:
        """Returns the number of the version in force; 0 if there is none."""
        return self.current.number if self.current else 0

    @property
    def last(self) -> int:
        """Returns the highest number of any version."""
        return max(self.number, self.coming.number if self.coming else 0)

    @property
    def awaited(self) -> Coming | None:
        """Returns the version signed for a later date; None if a later version came into force before it."""
        return self.coming if self.coming and self.coming.number > self.number else None


@dataclass(frozen=True, slots=True)
class Versions:
    """Reads the partition of the agreement, and builds the writes of transactions that change it."""

    store: Store

    def now(self) -> VersionsNow:
        """Reads the version in force and the one signed for a later date."""
        current, coming = self._item(agreement_keys.AGREEMENT_IN_FORCE), self._item(agreement_keys.AGREEMENT_TO_COME)
        return VersionsNow(
            Version.read(current) if current else None,
            Coming(int(coming["version"]["N"]), datetime.fromisoformat(coming["in_force_from"]["S"]))
            if coming
            else None,
        )

    def numbered(self, number: int) -> Version | None:
        """Reads a version by its number: in force, past, or signed for later."""
        item = self._item(agreement_keys.agreement_version(number))
        return Version.read(item) if item else None

    def held_before(self, number: int) -> int:
        """Returns the version before this number that came into force last; those between were signed and never held.

        0: there is none.
        """
        before = (self.numbered(each) for each in range(number - 1, 0, -1))
        return next((each.number for each in before if each and each.in_force_from is None), 0)

    def listed(self, before: int | None) -> tuple[list[Version], str | None]:
        """Reads a page of versions, newest first, those before this number; with the cursor of the next page."""
        numbers = {
            ":agreement": {"S": agreement_keys.AGREEMENT},
            ":first": {"S": sort_key_of(agreement_keys.agreement_version(0))},
            ":last": {"S": sort_key_of(agreement_keys.agreement_version(before - 1 if before else MAX_NUMBER))},
        }
        found = items_of_pages(
            self.store.dynamodb.query,
            TableName=self.store.table,
            KeyConditionExpression="pk = :agreement AND sk BETWEEN :first AND :last",
            ExpressionAttributeValues=numbers,
            ScanIndexForward=False,
            Limit=PAGE,
        )
        page = [Version.read(item) for item in islice(found, PAGE + 1)]
        return page[:PAGE], str(page[PAGE - 1].number) if len(page) > PAGE else None

    def enactment_writes(self, version: Version, read: int, *, stored: bool = False) -> list[Item]:
        """Returns the writes that put a version into force in place of number `read` (0: none was in force).

        With `stored`, the version has been stored before, when it was signed for a later date.
        """
        instead = "version = :read" if read else "attribute_not_exists(pk)"
        values = {":read": {"N": str(read)}} if read else None
        event = AgreementEnacted(agreement_version=version.number, origin=version.origin)  # type: ignore[arg-type]
        return [
            self.put(agreement_keys.AGREEMENT_IN_FORCE | version.content, instead, values),
            self.version_write(version, stored=stored),
            self.event_write(event, datetime.fromisoformat(version.in_force_since)),
        ]

    def version_write(self, version: Version, *, stored: bool = False) -> Item:
        """Returns the write that stores a version for ever; a number is used once."""
        condition = "attribute_exists(pk)" if stored else "attribute_not_exists(pk)"
        return self.put(agreement_keys.agreement_version(version.number) | version.content, condition)

    def pointer_write(self, version: Version, coming: Coming | None) -> Item:
        """Returns the write that points to a version signed for a later date, in place of the pointer that was read."""
        item: Item = agreement_keys.AGREEMENT_TO_COME | {
            "version": {"N": str(version.number)},
            "in_force_from": {"S": str(version.in_force_from)},
        }
        if coming is None:
            return self.put(item, "attribute_not_exists(pk)")
        return self.put(item, "version = :read", {":read": {"N": str(coming.number)}})

    def event_write(self, event: AgreementEvent, now: datetime) -> Item:
        """Returns the write of an event, with the facts that the bus will carry."""
        fact = recorded(event, now)
        item = agreement_keys.agreement_event(fact.event_id) | {
            "type": {"S": event.type},
            "at": {"S": iso(now)},
            "facts": {"S": json.dumps(fact.for_the_bus(), separators=(",", ":"))},
            "body": {"S": fact.model_dump_json(exclude_none=True)},
        }
        return self.put(item)

    def unchanged(self, key: Key, number: int) -> Item:
        """Returns the condition check that an item still has this version number."""
        check = {"TableName": self.store.table, "Key": key, "ConditionExpression": "version = :read"}
        return {"ConditionCheck": check | {"ExpressionAttributeValues": {":read": {"N": str(number)}}}}

    def put(self, item: Item, condition: str | None = None, values: Item | None = None) -> Item:
        """Returns the write of an item, under a condition."""
        return self.store.put(item, condition, values)

    def try_write(self, writes: list[Item]) -> bool:
        """Carries out all writes; returns False, and writes nothing, if a condition does not hold."""
        return self.store.try_write(writes)

    def _item(self, key: Key) -> Item | None:
        found = self.store.dynamodb.get_item(TableName=self.store.table, Key=key, ConsistentRead=True)
        return dict(found["Item"]) if "Item" in found else None
