"""Replaces slow parts of moto by quick ones with the same result; they took most of the time of these tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from functools import cache
from types import SimpleNamespace
from typing import Any

import jsonpath_ng.ext
import pytest
from botocore import useragent
from moto.core import responses
from moto.core.parse import BaseJSONParser
from moto.core.serialize import BaseJSONSerializer
from moto.dynamodb import models
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType, Item
from moto.dynamodb.models.table import StreamRecord, StreamShard, Table

_SCALARS = {"S", "N", "BOOL", "NULL", "B"}
_AS_THEY_ARE = {"S": str, "N": str, "BOOL": bool}

_serialize_structure = BaseJSONSerializer._serialize_type_structure
_copy_value = DynamoType.__deepcopy__
_parse_structure = BaseJSONParser._parse_structure
_write_in_a_transaction = DynamoDBBackend.transact_write_items
_cast_value = DynamoType.cast_value.fget  # type: ignore[attr-defined]


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
        patch.setattr(StreamRecord, "__deepcopy__", _copied_record, raising=False)
        patch.setattr(StreamShard, "__deepcopy__", _copied_shard, raising=False)
        patch.setattr(jsonpath_ng.ext, "parse", cache(jsonpath_ng.ext.parse))
        patch.setattr(
            useragent,
            "sanitize_user_agent_string_component",
            cache(useragent.sanitize_user_agent_string_component),
        )
        patch.setattr(responses, "method_names_from_class", cache(responses.method_names_from_class))
        yield
