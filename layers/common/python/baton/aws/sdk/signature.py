"""Signs a call as AWS wants it (Signature Version 4)."""

import hmac
from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple


class Credentials(NamedTuple):
    """The key of a role, and the token that says that it is a role's."""

    key: str
    secret: str
    token: str | None = None


def authorization(
    host: str, headers: Mapping[str, str], body: bytes, credentials: Credentials, region: str, service: str
) -> str:
    """Returns the header `Authorization` of a POST to `/` with these headers, `X-Amz-Date` among them."""
    signed = dict(sorted({"host": host, **{name.lower(): value for name, value in headers.items()}}.items()))
    names = ";".join(signed)
    canonical = "".join(f"{name}:{value}\n" for name, value in signed.items())
    asked = f"POST\n/\n\n{canonical}\n{names}\n{sha256(body).hexdigest()}"
    moment = signed["x-amz-date"]
    scope = f"{moment[:8]}/{region}/{service}/aws4_request"
    to_sign = f"AWS4-HMAC-SHA256\n{moment}\n{scope}\n{sha256(asked.encode()).hexdigest()}"
    key = f"AWS4{credentials.secret}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.digest(key, to_sign.encode(), "sha256").hex()
    return f"AWS4-HMAC-SHA256 Credential={credentials.key}/{scope}, SignedHeaders={names}, Signature={signature}"
