"""Sends what Baton's own AWS client sends to moto, which catches botocore's requests only.

Each call is held against botocore's model of the service first, as botocore does with its own.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import Any

import botocore.session
import pytest
from botocore.awsrequest import AWSRequest
from botocore.model import OperationModel
from botocore.validate import ParamValidator
from moto.core.models import botocore_stubber

from baton.aws.sdk import json_client
from baton.aws.sdk.connections import Connections
from baton.aws.sdk.http_messages import Answer
from tests.integration import straight_to_moto


class InvalidCall(AssertionError):
    """A call does not have the form that the service's model asks for."""


@contextmanager
def sent_to_moto() -> Iterator[None]:
    """Has moto answer all calls of Baton's client but those to another AWS, whose connections it closes in the end.

    A test that has clients built anew forgets those that were there, with their open connections.
    """
    call = json_client.JsonClient._make_api_call
    elsewhere: dict[int, Connections] = {}

    def send(connections: Connections, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        if connections.address.endswith(".amazonaws.com"):
            return _to_moto(connections.address, method, path, headers, body)
        elsewhere[id(connections)] = connections
        return _send(connections, method, path, headers, body)

    def checked(client: Any, operation: str, parameters: dict[str, Any]) -> Any:
        must_fit(operation_model(client.service.name, operation), parameters)
        return call(client, operation, parameters)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Connections, "send", send)
        patch.setattr(json_client.JsonClient, "_make_api_call", checked)
        try:
            yield
        finally:
            for connections in elsewhere.values():
                connections.close()


_TEXTS = {"S": str, "N": str, "B": bytes}


class _Validator(ParamValidator):
    """Botocore's checks, but a plain value of DynamoDB is looked at once."""

    def _validate_structure(self, params: Any, shape: Any, errors: Any, name: str) -> None:
        if shape.name == "AttributeValue" and type(params) is dict and len(params) == 1:
            [(kind, held)] = params.items()
            if type(held) is _TEXTS.get(kind):
                return
        super()._validate_structure(params, shape, errors, name)


def must_fit(operation: OperationModel, parameters: Mapping[str, Any]) -> None:
    """Hold parameters against the model: every name and type, and that none is missing."""
    report = _Validator().validate(parameters, operation.input_shape)
    if report.has_errors():
        raise InvalidCall(report.generate_report())
    _must_be_spelled(operation.input_shape, parameters, operation.name)


def _must_be_spelled(shape: Any, value: Any, place: str) -> None:
    """Hold moments and bytes against what JSON needs: botocore would understand texts, too."""
    if shape.type_name == "structure":
        for name, each in value.items():
            _must_be_spelled(shape.members[name], each, f"{place}.{name}")
    elif shape.type_name == "list":
        for each in value:
            _must_be_spelled(shape.member, each, place)
    elif shape.type_name == "map":
        for each in value.values():
            _must_be_spelled(shape.value, each, place)
    elif not isinstance(value, {"timestamp": datetime, "blob": bytes}.get(shape.type_name, object)):
        raise InvalidCall(f"{place} is no {shape.type_name}, but {type(value).__name__}")


@cache
def operation_model(service: str, operation: str) -> OperationModel:
    """Botocore's model of an operation."""
    return botocore.session.Session().get_service_model(service).operation_model(operation)


_send = Connections.send


def _to_moto(address: str, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
    if straight_to_moto.has_service_of(headers):
        assert (method, path) == ("POST", "/"), "Baton's client sends all of its calls there"
        return straight_to_moto.answer(address, headers, body)
    request = AWSRequest(method, address + path, dict(headers), body).prepare()
    status, answered, content = botocore_stubber.process_request(request)
    as_sent = content if isinstance(content, bytes) else (content or "").encode()
    return Answer(int(status), {name.lower(): value for name, value in answered.items()}, as_sent)
