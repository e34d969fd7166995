"""Replaces slow parts of moto by quick ones with the same result; they took most of the time of these tests."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy, deepcopy
from functools import cache
from inspect import signature
from secrets import token_hex
from types import SimpleNamespace
from typing import Any

import jsonpath_ng.ext
import pytest
from botocore import useragent
from moto.core import responses
from moto.core.parse import BaseJSONParser
from moto.core.serialize import BaseJSONSerializer
from moto.core.utils import iso_8601_datetime_with_milliseconds
from moto.dynamodb import models
from moto.dynamodb.exceptions import ItemSizeTooLarge
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType, Item, LimitedSizeDict
from moto.dynamodb.models.table import StreamRecord, StreamShard, Table
from moto.dynamodb.models.utilities import bytesize
from moto.events.models import EventPattern
from moto.sns.models import Subscription
from moto.sqs import models as sqs_models

_SCALARS = {"S", "N", "BOOL", "NULL", "B"}
_AS_THEY_ARE = {"S": str, "N": str, "BOOL": bool}

_serialize_structure = BaseJSONSerializer._serialize_type_structure
_copy_value = DynamoType.__deepcopy__
_parse_structure = BaseJSONParser._parse_structure
_write_in_a_transaction = DynamoDBBackend.transact_write_items
_cast_value = DynamoType.cast_value.fget  # type: ignore[attr-defined]
_query_all_items = Table.query
_INDEX_NAME = list(signature(Table.query).parameters).index("index_name") - 2
_enrich_response = responses.BaseResponse._enrich_response
_match_event = EventPattern.matches_event
_MAX_ITEM_SIZE = 405_000
"""From moto: DynamoDB takes a little more than the 400 KB that it promises."""


def _serialize(serializer: BaseJSONSerializer, serialized: Any, value: Any, shape: Any, key: str) -> None:
    """A plain value goes as it is; moto asks for each of ten members under every name that it might have."""
    if shape.name == "AttributeValue" and key and type(value) is dict and len(value) == 1:
        [(kind, held)] = value.items()
        if isinstance(held, _AS_THEY_ARE.get(kind, ())):
            serializer._default_serialize(serialized, {kind: held}, shape, key)
            return
    _serialize_structure(serializer, serialized, value, shape, key)


def _copied_value(value: DynamoType, memo: dict[int, Any]) -> DynamoType:
    """Nothing changes a scalar, only what the item has in its place."""
    return value if value.type in _SCALARS else _copy_value(value, memo)


def _copied_record(record: StreamRecord, _: dict[int, Any]) -> StreamRecord:
    """Nothing changes what was written into the stream; moto copies all of it before each transaction."""
    return record


def _copied_shard(shard: StreamShard, memo: dict[int, Any]) -> StreamShard:
    memo[id(shard)] = copied = StreamShard.__new__(StreamShard)
    copied.__dict__.update(shard.__dict__, items=list(shard.items), table=deepcopy(shard.table, memo))
    return copied


def _cast(value: DynamoType) -> Any:
    """A text is what it holds; moto asks first whether it is one of eight other types."""
    return value.value if value.type == "S" else _cast_value(value)


def _equal(value: DynamoType, other: DynamoType) -> bool:
    return value.type == other.type and _cast(value) == _cast(other)


def _less(value: DynamoType, other: DynamoType) -> bool:
    less: bool = _cast(value) < _cast(other)
    return less


def _make_item(item: Item, hash_key: DynamoType, range_key: DynamoType | None, attrs: dict[str, Any]) -> None:
    """Measures an item once; moto measures all that it has so far with each attribute."""
    item.hash_key, item.range_key, item.attrs = hash_key, range_key, LimitedSizeDict()
    made = {name: DynamoType(value) for name, value in attrs.items()}
    if sum(bytesize(name) + value.size() for name, value in made.items()) > _MAX_ITEM_SIZE:
        raise ItemSizeTooLarge
    dict.update(item.attrs, made)


def _sorted_items(table: Table) -> list[Item]:
    """All items in the order of their keys, which are texts here."""
    if table.range_key_attr is None:
        return sorted(table.items.values(), key=lambda item: item.hash_key.value)  # type: ignore[attr-defined]
    items = [item for below in table.items.values() for item in below.values()]
    return sorted(items, key=lambda item: (item.hash_key.value, item.range_key.value))  # type: ignore[union-attr]


def _query(table: Table, hash_key: DynamoType | None, *asked: Any, **more: Any) -> Any:
    """Queries a table that has only the items of the partition; moto sorts all items before it looks for these."""
    part, of_index = copy(table), asked[_INDEX_NAME]
    if of_index is None:
        part.items = {hash_key: table.items[hash_key]} if hash_key in table.items else {}  # type: ignore[assignment]
    else:
        part.items = _with_attributes(table, more["hash_key_conditions"])
    return _query_all_items(part, hash_key, *asked, **more)


def _with_attributes(table: Table, conditions: list[tuple[str, DynamoType]]) -> Any:
    """The items by key that have these values, such as those of one partition of an index."""
    found = defaultdict[DynamoType, dict[DynamoType, Item]](dict)
    for key, below in table.items.items():
        for range_key, item in below.items():
            if all((has := item.attrs.get(name)) and has == value for name, value in conditions):
                found[key][range_key] = item
    return found


def _matches(pattern: EventPattern, event: Any) -> bool:
    """Asks first for a name at the top, such as the event's type; moto spells the whole event anew before."""
    for name, wanted in pattern._pattern.items():
        has, are_texts = event.get(name), isinstance(wanted, list) and all(isinstance(each, str) for each in wanted)
        if isinstance(has, str) and are_texts and has not in wanted:
            return False
    return _match_event(pattern, event)


def _post_data(
    to: Subscription, message: str, message_id: str, subject: str | None, message_attributes: Any = None
) -> dict[str, Any]:
    """A notification without a signature, which nobody here checks; moto makes a certificate for each."""
    topic = {"Type": "Notification", "MessageId": message_id, "TopicArn": to.topic.arn, "Message": message}
    told = {"Subject": subject, "MessageAttributes": message_attributes}
    at = {"Timestamp": iso_8601_datetime_with_milliseconds()}
    return topic | at | {name: value for name, value in told.items() if value}


def _enrich(headers: dict[str, Any], body: Any) -> tuple[dict[str, Any], Any]:
    """Looks for a place for the request's id in XML only, and draws the id at once."""
    if isinstance(body, str) and "<RequestId>" in body:
        return _enrich_response(headers, body)
    if "status" in headers:
        headers["status"] = str(headers["status"])
    headers["x-amzn-requestid"] = token_hex(26).upper()
    return headers, body


def _parse(parser: BaseJSONParser, shape: Any, value: Any) -> Any:
    """A plain value goes as it is; moto looks for each of ten members in it."""
    if shape.name == "AttributeValue" and type(value) is dict and len(value) == 1:
        [(kind, held)] = value.items()
        if kind in _AS_THEY_ARE and isinstance(held, _AS_THEY_ARE[kind]):
            return {kind: held}
    return _parse_structure(parser, shape, value)


def _touched(backend: DynamoDBBackend, write: dict[str, Any]) -> tuple[Table, DynamoType, DynamoType | None] | None:
    """The table and the key of one write in a transaction; None if it names no table of ours."""
    [(kind, asked)] = write.items()
    table = backend.tables.get(asked.get("TableName"))
    named = asked.get("Item" if kind == "Put" else "Key", {})
    if table is None or not {*table.table_key_attrs} <= named.keys():
        return None
    keys = [DynamoType(named[name]) for name in table.table_key_attrs]
    return table, keys[0], keys[1] if len(keys) > 1 else None


def _transact(backend: DynamoDBBackend, writes: list[dict[str, Any]]) -> None:
    """Puts back what a refused transaction touched; moto copies the whole table before each of them."""
    touched = [found for write in writes if len(write) == 1 and (found := _touched(backend, write))]
    before = [(table, key, range_, deepcopy(table.get_item(key, range_))) for table, key, range_ in touched]
    streams = [(shard, len(shard.items)) for table, *_ in touched if (shard := table.stream_shard)]
    try:
        _write_in_a_transaction(backend, writes)
    except Exception:
        for table, key, range_, item in before:
            _put_back(table, key, range_, item)
        for shard, length in streams:
            del shard.items[length:]
        raise


def _put_back(table: Table, key: DynamoType, range_: DynamoType | None, item: Item | None) -> None:
    where, name = (table.items, key) if range_ is None else (table.items[key], range_)
    if item is None:
        where.pop(name, None)
    else:
        where[name] = item


def _copied_but_for_tables(value: Any) -> Any:
    return value if isinstance(value, Table) else deepcopy(value)


@contextmanager
def faster_moto() -> Iterator[None]:
    """Let moto go the quick ways while this lasts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseJSONSerializer, "_serialize_type_structure", _serialize)
        patch.setattr(BaseJSONParser, "_parse_structure", _parse)
        patch.setattr(DynamoDBBackend, "transact_write_items", _transact)
        patch.setattr(models, "copy", SimpleNamespace(deepcopy=_copied_but_for_tables))
        patch.setattr(DynamoType, "cast_value", property(_cast))
        patch.setattr(DynamoType, "__deepcopy__", _copied_value)
        patch.setattr(DynamoType, "__eq__", _equal)
        patch.setattr(DynamoType, "__lt__", _less)
        patch.setattr(Item, "__init__", _make_item)
        patch.setattr(Table, "all_items", _sorted_items)
        patch.setattr(Table, "query", _query)
        patch.setattr(EventPattern, "matches_event", _matches)
        patch.setattr(Subscription, "get_post_data", _post_data)
        patch.setattr(responses.BaseResponse, "_enrich_response", staticmethod(_enrich))
        patch.setattr(StreamRecord, "__deepcopy__", _copied_record, raising=False)
        patch.setattr(StreamShard, "__deepcopy__", _copied_shard, raising=False)
        patch.setattr(jsonpath_ng.ext, "parse", cache(jsonpath_ng.ext.parse))
        patch.setattr(
            useragent,
            "sanitize_user_agent_string_component",
            cache(useragent.sanitize_user_agent_string_component),
        )
        for module in (responses, sqs_models):
            patch.setattr(module, "camelcase_to_underscores", cache(module.camelcase_to_underscores))
        patch.setattr(responses, "method_names_from_class", cache(responses.method_names_from_class))
        yield
