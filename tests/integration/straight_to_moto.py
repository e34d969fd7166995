"""Hands a call in JSON to moto's code for its service, without the HTTP request around it.

moto looks for the service among the addresses of all services, and makes a request of werkzeug's of each call; that
takes as long as what the service does. What it reads of the call, what it does and what it answers are the same.
"""

from collections.abc import Mapping
from urllib.parse import urlparse

from moto.core.parse import PROTOCOL_PARSERS
from moto.core.request import determine_request_protocol
from moto.core.responses import BaseResponse, get_service_model
from moto.core.utils import utcnow
from moto.dynamodb.responses import DynamoHandler
from moto.events.responses import EventsHandler
from moto.secretsmanager.responses import SecretsManagerResponse
from moto.sqs.responses import SQSResponse
from moto.utilities.utils import get_partition
from requests.structures import CaseInsensitiveDict
from werkzeug.exceptions import HTTPException
from werkzeug.http import http_date

from baton.aws.sdk.http_messages import Answer

SERVICES: dict[str, type[BaseResponse]] = {
    "dynamodb": DynamoHandler,
    "events": EventsHandler,
    "secretsmanager": SecretsManagerResponse,
    "sqs": SQSResponse,
}


def has_service_of(headers: Mapping[str, str]) -> bool:
    """Whether a call is signed for one of these services; the others are called seldom, or not in JSON."""
    return _signed_for(headers)[1] in SERVICES


def answer(address: str, headers: Mapping[str, str], body: bytes) -> Answer:
    """What moto answers to a call that was sent to the root of this address; it is signed for a region's service."""
    region, name = _signed_for(headers)
    service = SERVICES[name]()
    service.region, service.partition = region, get_partition(region)
    _prepare(service, f"{address}/", CaseInsensitiveDict(headers), body)
    try:
        status, answered, content = service.call_action()
    except HTTPException as refused:
        status, answered, content = refused.code, refused.get_headers(), refused.get_body()
    as_sent = content if isinstance(content, bytes) else (content or "").encode()
    return Answer(int(status), {header.lower(): value for header, value in dict(answered).items()}, as_sent)


def _signed_for(headers: Mapping[str, str]) -> tuple[str, str]:
    """The region and the service."""
    _, _, region, name, _ = headers["Authorization"].partition(",")[0].split("/")
    return region, name


def _prepare(service: BaseResponse, url: str, headers: CaseInsensitiveDict[str], body: bytes) -> None:
    """What moto's `setup_class` reads in the request, as far as a call in JSON has it."""
    service.headers = headers
    service.method, service.uri, service.path, service.raw_path = "POST", url, "/", "/"
    service.parsed_url, service.uri_match = urlparse(url), {}
    service.querystring = service.data = service.form_data = {}
    service.raw_body, service.body = body, body.decode()
    service.is_werkzeug_request = False
    service.response_headers = {"server": "amazon.com", "date": http_date(utcnow())}
    if service.automated_parameter_parsing:
        service.params = _parameters(service, body)
    service.access_key = service.get_access_key()
    service.current_account = service.get_current_account()


def _parameters(service: BaseResponse, body: bytes) -> object:
    model = get_service_model(service.boto3_service_name)
    protocol = determine_request_protocol(model, service.headers["Content-Type"])
    parser = PROTOCOL_PARSERS[protocol](
        model.operation_model(service._get_action()), map_type=service.PROTOCOL_PARSER_MAP_TYPE
    )
    sent = {"method": service.method, "values": {}, "headers": service.headers, "body": body}
    return parser.parse({**sent, "url_path": service.path, "url_params": {}})
