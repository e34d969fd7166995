"""Replaces slow parts of moto by quick ones with the same result; they took most of the time of these tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from functools import cache
from typing import Any

import jsonpath_ng.ext
import pytest
from moto.core import responses
from moto.core.serialize import BaseJSONSerializer
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.dynamodb.models.table import StreamRecord, StreamShard

_SCALARS = {"S", "N", "BOOL", "NULL", "B"}
_AS_THEY_ARE = {"S": str, "N": str, "BOOL": bool}

_serialize_structure = BaseJSONSerializer._serialize_type_structure
_copy_value = DynamoType.__deepcopy__


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


@contextmanager
def faster_moto() -> Iterator[None]:
    """Let moto go the quick ways while this lasts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseJSONSerializer, "_serialize_type_structure", _serialize)
        patch.setattr(DynamoType, "__deepcopy__", _copied_value)
        patch.setattr(StreamRecord, "__deepcopy__", _copied_record, raising=False)
        patch.setattr(StreamShard, "__deepcopy__", _copied_shard, raising=False)
        patch.setattr(jsonpath_ng.ext, "parse", cache(jsonpath_ng.ext.parse))
        patch.setattr(responses, "method_names_from_class", cache(responses.method_names_from_class))
        yield
