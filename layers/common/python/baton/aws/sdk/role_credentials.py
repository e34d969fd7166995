"""The credentials of the function's role: in the environment, or from the container that runs it (SnapStart)."""

import json
import os
import time
from urllib.parse import urlsplit

from baton.aws.sdk.connections import Connections
from baton.aws.sdk.faults import AwsSilent
from baton.aws.sdk.signature import Credentials

RENEWED_BEFORE_SECONDS = 300.0
_IN_CONTAINER = "AWS_CONTAINER_CREDENTIALS_FULL_URI"

_of_container: tuple[Credentials, float] | None = None


def credentials() -> Credentials:
    """Returns the credentials that are valid now.

    Raises:
        AwsSilent: there are none, or the container does not tell them.
    """
    global _of_container  # noqa: PLW0603  # one for all clients of the function
    environment = os.environ
    if key := environment.get("AWS_ACCESS_KEY_ID"):
        return Credentials(key, environment["AWS_SECRET_ACCESS_KEY"], environment.get("AWS_SESSION_TOKEN"))
    if _of_container is None or time.time() > _of_container[1] - RENEWED_BEFORE_SECONDS:
        _of_container = _told_by_container()
    return _of_container[0]


def forget() -> None:
    """Forgets the credentials, so that the container is asked again."""
    global _of_container  # noqa: PLW0603  # see above
    _of_container = None


def _told_by_container() -> tuple[Credentials, float]:
    """Returns credentials and the second of the epoch at which they expire."""
    if not (place := os.environ.get(_IN_CONTAINER)):
        raise AwsSilent(f"there are no credentials: neither AWS_ACCESS_KEY_ID nor {_IN_CONTAINER} is set")
    headers = {"Authorization": os.environ.get("AWS_CONTAINER_AUTHORIZATION_TOKEN", "")}
    path = urlsplit(place).path or "/"
    container = Connections(place)
    status, _, body = container.send("GET", path, headers, b"")
    container.close()
    if status != 200:
        raise AwsSilent(f"the container answers {status} to the question for credentials")
    told = json.loads(body)
    from datetime import datetime  # only here  # noqa: PLC0415

    expires = datetime.fromisoformat(told["Expiration"]).timestamp()
    return Credentials(told["AccessKeyId"], told["SecretAccessKey"], told["Token"]), expires
