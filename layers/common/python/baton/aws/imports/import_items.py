"""Items of list imports: the terms of each, and its progress."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from baton.aws.imports.import_files import KEPT_FOR
from baton.aws.runtime.clients import client
from baton.aws.runtime.settings import setting
from baton.aws.table.keys import intake_keys
from baton.aws.table.keys.item_key import key_of, partition_of, rank_of
from baton.aws.table.write_outcomes import NotFound
from baton.domain.basics.refusals import WrongField
from baton.domain.imports.list_import import Import

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient

REMEMBERED_FOR = timedelta(days=90)


class ImportPage(NamedTuple):
    """A page of imports, newest first, and the cursor of the next page, None on the last."""

    imports: list[Import]
    cursor: str | None


class Overtaken(Exception):
    """Another invocation has saved progress of the same import."""


@dataclass(frozen=True, slots=True)
class Imports:
    """Reads and writes imports; each is kept for ninety days."""

    dynamodb: "DynamoDBClient"
    table: str

    @classmethod
    def from_environment(cls) -> Self:
        """Opens the imports of the deployed stack."""
        return cls(client("dynamodb"), setting("TABLE_NAME"))

    def begin(self, terms: Mapping[str, Any], by: str, now: datetime) -> Import:
        """Creates an import, which then waits for its file."""
        new = Import(import_id=token_hex(12), terms=dict(terms), by=by, created_at=now)
        self._put(new, {})
        return new

    def get(self, import_id: str) -> Import:
        """Reads an import.

        Raises:
            NotFound: there is no such import.
        """
        found = self.dynamodb.get_item(TableName=self.table, Key=intake_keys.imported(import_id), ConsistentRead=True)
        if "Item" not in found:
            raise NotFound("there is no such import")
        return Import.model_validate_json(found["Item"]["body"]["S"])

    def page(self, cursor: str | None, limit: int) -> ImportPage:
        """Reads a page of all imports, the newest first: two requests. One that was just announced may be missing.

        Raises:
            WrongField: the cursor is not from this list.
        """
        from baton.aws.leads.lead_queues import CursorInvalid, cursor_of, rank_in  # who takes in a list needs none  # noqa: PLC0415
        from baton.aws.table.store import Store  # as above  # noqa: PLC0415

        places: Any = {":imports": {"S": intake_keys.IMPORTS}}
        condition = "gsi1pk = :imports"
        if cursor:
            try:
                places[":before"] = {"S": rank_in(cursor)}
            except CursorInvalid as fault:
                raise WrongField("cursor", str(fault)) from fault
            condition = f"{condition} AND gsi1sk < :before"
        found: list[Any] = self.dynamodb.query(
            TableName=self.table,
            IndexName="gsi1",
            KeyConditionExpression=condition,
            ExpressionAttributeValues=places,
            ScanIndexForward=False,
            Limit=limit + 1,
        )["Items"]
        shown = found[:limit]
        read = Store(self.dynamodb, self.table).items([key_of(item) for item in shown], consistent=False)
        by_key = {partition_of(item): Import.model_validate_json(item["body"]["S"]) for item in read}
        imports = [by_key[partition_of(item)] for item in shown if partition_of(item) in by_key]
        return ImportPage(imports, cursor_of(rank_of(shown[-1])) if len(found) > limit else None)

    def save(self, before: Import, **changes: Any) -> Import:
        """Saves the progress of an import.

        Raises:
            Overtaken: another invocation saved progress since it was read.
        """
        new = before.model_copy(update={**changes, "version": before.version + 1})
        read = {":read": {"N": str(before.version)}}
        condition = {"ConditionExpression": "version = :read", "ExpressionAttributeValues": read}
        try:
            self._put(new, condition)
        except self.dynamodb.exceptions.ConditionalCheckFailedException as faster:
            raise Overtaken from faster
        return new

    def _put(self, new: Import, condition: Mapping[str, Any]) -> None:
        place = intake_keys.import_place(new.import_id, new.created_at)
        item: Any = (
            intake_keys.imported(new.import_id)
            | place
            | {
                "version": {"N": str(new.version)},
                "body": {"S": new.model_dump_json()},
                "expires_at": {"N": str(int((new.created_at + REMEMBERED_FOR).timestamp()))},
            }
        )
        self.dynamodb.put_item(TableName=self.table, Item=item, **condition)


def import_row(import_: Import) -> dict[str, Any]:
    """Shows an import in a list: what it is, by whom and when, and how far it is."""
    shown = import_.model_dump(
        mode="json", include={"import_id", "state", "by", "created_at", "started_at", "finished_at", "why"}
    )
    return {
        **shown,
        "kind": import_.terms["kind"],
        "source": import_.terms.get("source"),
        "campaign": import_.terms.get("campaign"),
        "progress": {
            "bytes": import_.size,
            "bytes_read": import_.offset,
            **{name: getattr(import_, name) for name in ("lines", "accepted", "repeated", "refused", "failed")},
        },
    }


def import_view(import_: Import, result_url: str | None) -> dict[str, Any]:
    """Shows an import with its columns, and where its result can be read."""
    reading = import_.reading
    return {
        **import_row(import_),
        "columns": reading.columns if reading else None,
        "also_read": {name: list(columns) for name, columns in reading.further.items()} if reading else None,
        "left_out": list(reading.left_out) if reading else None,
        "result_url": result_url,
    }


def has_result(import_: Import, now: datetime) -> bool:
    """Tells whether the file of results exists."""
    return import_.parts > 0 and import_.finished_at is not None and now < import_.finished_at + KEPT_FOR
