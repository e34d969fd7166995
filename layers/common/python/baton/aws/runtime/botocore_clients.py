"""Clients of botocore, without boto3, for the services that few functions call."""

from functools import cache
from typing import Any

import botocore.session
from botocore.config import Config
from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NoConnection
from botocore.loaders import Loader

_CONFIG = Config(  # three attempts end before the function's own timeout, so that the answer is ours
    connect_timeout=1,
    read_timeout=3,
    retries={"mode": "standard", "total_max_attempts": 3},
    tcp_keepalive=True,
    s3={"us_east_1_regional_endpoint": "regional"},  # the other one is in what is not read, see below
)


class _Loader(Loader):
    """Loads botocore's data faster: it names the services that are used, and skips `endpoints.json`.

    botocore would list the folders of all 400 services twice, and read a megabyte about regions that the endpoint rules
    of each service have replaced. What it still needs of that file is in `partitions.json`, which is read anyway.
    """

    def list_available_services(self, _type_name: str) -> list[str]:
        return ["cloudwatch", "lambda", "s3"]

    def load_data_with_path(self, name: str) -> tuple[Any, str]:
        if name != "endpoints":
            data: tuple[Any, str] = super().load_data_with_path(name)
            return data
        return {
            "version": 3,
            "partitions": [_partition(each) for each in self.load_data("partitions")["partitions"]],
        }, ""


def _partition(partition: dict[str, Any]) -> dict[str, Any]:
    """Returns a partition in the format of `endpoints.json`."""
    defaults = {"hostname": "{service}.{region}.{dnsSuffix}", "protocols": ["https"], "signatureVersions": ["v4"]}
    return {
        "partition": partition["id"],
        "dnsSuffix": partition["outputs"]["dnsSuffix"],
        "regionRegex": partition["regionRegex"],
        "defaults": defaults,
        "regions": {},
        "services": {},
    }


@cache
def _session() -> botocore.session.Session:
    session = botocore.session.Session()
    session.register_component("data_loader", _Loader())
    return session


def botocore_client(service: str) -> Any:
    """Builds a client with short timeouts and three attempts."""
    return _session().create_client(service, config=_CONFIG)


def code_of(fault: Exception) -> str | None:
    """Returns the code of a refusal; `""` if AWS was silent; None if the fault is none of botocore's."""
    if isinstance(fault, ClientError):
        return str(fault.response.get("Error", {}).get("Code"))
    return "" if isinstance(fault, HTTPClientError | NoConnection) else None
