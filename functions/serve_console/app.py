"""GET /console and everything below it: the page of the console and its assets, as `make console` built them.

It imports nothing of the layer: its start is what somebody waits for first in the morning.
"""

import os
from functools import lru_cache
from hashlib import sha256
from typing import Any

DIST = f"{__file__.removesuffix('app.py')}dist"
TYPES = {"css": "text/css", "js": "text/javascript", "json": "application/json", "svg": "image/svg+xml"}
A_YEAR = "max-age=31536000"
CONNECT = " ".join(("connect-src 'self'", *os.environ.get("UPLOADS", "").split()))  # lists are sent to S3
OF_ALL = {"X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin"}
OF_PAGE = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    f"{CONNECT}; form-action 'self'; base-uri 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'",
    "Cross-Origin-Opener-Policy": "same-origin-allow-popups",  # one may sign in again in a window of its own
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": A_YEAR,
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-cache",
    "Content-Type": "text/html; charset=utf-8",
}


def lambda_handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway: what is below `assets/` is a file or missing, all else is the page."""
    below = (event.get("pathParameters") or {}).get("proxy") or ""
    folder, _, name = below.partition("/")
    if folder == "assets":
        return _asset(name)
    slash = event["path"].endswith("/")
    up = "../" * (below.strip("/").count("/") + slash) or "./"
    html, tag = _page(up if below else "./" if slash else "console/")  # no stage's or domain's path is known here
    asked = {name.lower(): value for name, value in (event.get("headers") or {}).items()}.get("if-none-match") or ""
    return _answer(304, "", OF_PAGE | {"ETag": tag}) if tag in asked else _answer(200, html, OF_PAGE | {"ETag": tag})


@lru_cache(maxsize=16)  # paths of strangers may be of any depth
def _page(base: str) -> tuple[str, str]:
    with open(f"{DIST}/index.html", encoding="utf-8") as file:
        html = file.read().replace("<head>", f'<head><base href="{base}">', 1)
    return html, f'"{sha256(html.encode()).hexdigest()[:32]}"'


def _asset(name: str) -> dict[str, Any]:
    kind = TYPES.get(name.rpartition(".")[2]) if name.isascii() and not {*"/\\\0"} & {*name} else None
    try:
        with open(f"{DIST}/assets/{name}" if kind else "", encoding="utf-8") as file:
            headers = {"Content-Type": f"{kind}; charset=utf-8", "Cache-Control": f"public, {A_YEAR}, immutable"}
            return _answer(200, file.read(), headers)
    except OSError:
        return _answer(404, "There is no such asset; load the page anew.", {"Content-Type": "text/plain"})


def _answer(status: int, body: str, headers: dict[str, str]) -> dict[str, Any]:
    return {"statusCode": status, "body": body, "isBase64Encoded": False, "headers": OF_ALL | headers}
