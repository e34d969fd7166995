"""A client of one AWS service that speaks JSON. It has the methods, answers and exceptions of botocore's client.

It takes a twelfth of the time to load, and a fifth of the time for each call. What it leaves out, Baton does not use:
paginators, waiters, profiles, checks of parameters (tests check each call against botocore's model of the service).
"""

import json
import os
import time
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from datetime import datetime
from string import ascii_letters
from types import SimpleNamespace
from typing import Any
from zlib import crc32

from baton.aws.sdk import retried
from baton.aws.sdk.connections import Connections
from baton.aws.sdk.faults import AwsRefused, AwsSilent, Refusals, refusal
from baton.aws.sdk.http_messages import Answer
from baton.aws.sdk.role_credentials import credentials
from baton.aws.sdk.services import Service, address
from baton.aws.sdk.signature import authorization


class JsonClient:
    """A client of a service, in the region and at the address that the environment names."""

    exceptions = Refusals()

    def __init__(self, service: Service) -> None:
        environment = os.environ
        self.service = service
        self.region = environment.get("AWS_REGION") or environment["AWS_DEFAULT_REGION"]
        named = environment.get(f"AWS_ENDPOINT_URL_{service.in_environment}") or environment.get("AWS_ENDPOINT_URL")
        self.address = named or address(service.prefix, self.region)
        self._host = self.address.partition("//")[2].partition("/")[0]
        self._connections = Connections(self.address)
        self._operations = {_snake_case(name): name for name in service.operations}
        self.meta = SimpleNamespace(service_model=SimpleNamespace(service_name=service.name))

    def __getattr__(self, method: str) -> Callable[..., Any]:
        """Returns the method that calls an operation: `get_item` for `GetItem`."""
        if (operation := self.__dict__.get("_operations", {}).get(method)) is None:
            raise AttributeError(f"{self.service.name} has no operation {method} in baton.aws.sdk.services")
        return lambda **parameters: self._make_api_call(operation, parameters)

    def close(self) -> None:
        """Closes the open connections; the next call opens a new one."""
        self._connections.close()

    def _make_api_call(self, operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
        """Calls an operation, up to three times.

        Raises:
            AwsRefused: AWS refuses it.
            AwsSilent: AWS does not answer.
        """
        body = self.written(operation, parameters)
        for attempt in range(retried.ATTEMPTS):
            is_last = attempt == retried.ATTEMPTS - 1
            try:
                answer = self.send(operation, body)
            except AwsSilent:
                if is_last:
                    raise
            else:
                status, headers, content = answer
                if status < 300 and _is_whole(headers.get("x-amz-crc32"), content):
                    return self.read(content)
                refused = self.refusal_in(operation, answer)
                if is_last or not (status < 300 or retried.helps(status, refused.response["Error"]["Code"])):
                    raise refused
            retried.pause(attempt)
        raise AssertionError("the last attempt returns or raises")

    def written(self, operation: str, parameters: Mapping[str, Any]) -> bytes:
        """Writes the body of a call."""
        if token := self.service.tokens.get(operation):
            parameters = {token: _new_token(), **parameters}
        return json.dumps(parameters, default=_spelled, separators=(",", ":")).encode()

    def form_of(self, operation: str) -> dict[str, str]:
        """Returns the headers that tell the form of a call."""
        return {
            "Content-Type": f"application/x-amz-json-{self.service.version}",
            "X-Amz-Target": f"{self.service.target}.{operation}",
        }

    def read(self, content: bytes) -> dict[str, Any]:
        """Reads the body of an answer; `{}` if it has another form, as from a proxy."""
        return _read(content)

    def refusal_in(self, operation: str, answer: Answer) -> AwsRefused:
        """Reads the error in an answer."""
        told = _read(answer.body) if answer.status >= 300 else {}
        code = _code(answer.headers.get("x-amzn-errortype") or told.pop("__type", str(answer.status)))
        message = told.pop("message", None) or told.pop("Message", None) or ""
        return refusal(code)({"Error": {"Code": code, "Message": message}, **told}, operation)

    def send(self, operation: str, body: bytes) -> Answer:
        """Signs a call that needs it, sends it once, and returns what came back."""
        if operation in self.service.unsigned:
            return self._connections.send("POST", "/", self.form_of(operation) | _trace(), body)
        role = credentials()
        headers = {**self.form_of(operation), "X-Amz-Date": time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())}
        if role.token:
            headers["X-Amz-Security-Token"] = role.token
        headers["Authorization"] = authorization(self._host, headers, body, role, self.region, self.service.prefix)
        return self._connections.send("POST", "/", headers | _trace(), body)


def _snake_case(operation: str) -> str:
    return "".join(f"_{each.lower()}" if each.isupper() else each for each in operation).removeprefix("_")


def _new_token() -> str:
    return os.urandom(16).hex()


def _spelled(value: object) -> object:
    """Spells a value that JSON lacks as AWS reads it: bytes in base64, a moment in seconds."""
    if isinstance(value, bytes | bytearray):
        return b64encode(value).decode()
    if isinstance(value, datetime):
        return value.timestamp() if value.microsecond else int(value.timestamp())
    raise TypeError(f"AWS's JSON has no {type(value).__name__}")


def _read(content: bytes) -> dict[str, Any]:
    try:
        read: dict[str, Any] = json.loads(content or b"{}", object_hook=_with_bytes)
    except ValueError:  # a proxy answered, or the answer was cut off
        return {}
    return read


def _with_bytes(read: dict[str, Any]) -> dict[str, Any]:
    """Reads DynamoDB's binary values, which alone are objects with a text in `B`, or a list of texts in `BS`."""
    if len(read) == 1:
        if isinstance(text := read.get("B"), str):
            return {"B": b64decode(text)}
        if isinstance(texts := read.get("BS"), list):
            return {"BS": [b64decode(each) for each in texts]}
    return read


def _is_whole(sum_told: str | None, content: bytes) -> bool:
    return sum_told is None or int(sum_told) == crc32(content)


def _code(kind: str) -> str:
    """Returns the code in `com.amazonaws.dynamodb.v20120810#ThrottlingException:http://…`."""
    named = kind.partition(":")[0]
    return named[len(named.rstrip(ascii_letters)) :]


def _trace() -> dict[str, str]:
    """Returns the header by which Lambda notices that functions call each other in circles."""
    environment = os.environ
    trace = environment.get("_X_AMZN_TRACE_ID")
    return {"X-Amzn-Trace-Id": trace} if trace and "AWS_LAMBDA_FUNCTION_NAME" in environment else {}
