"""Compares content by its address: without scheme, host's case, query, fragment and trailing slash."""

import re

_HOST = re.compile(r"(?:[a-z][a-z0-9+.-]{0,20}:)?//(?=[^/\s])", re.IGNORECASE)
_NAMED_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::[0-9]{1,5})?(?:[/?#]|$)", re.IGNORECASE)
"""A host without a scheme before it: `www.example.com/pricing`."""
_BEHIND = re.compile(r"[?#]")
_AROUND = re.compile(r"^[/\s]+|[/\s]+$")
_BEHIND_HOST = re.compile(r"(?::(?:80|443)?|[.\s])+$")


def content_address(name: str) -> str | None:
    """Returns an address or path as it is compared: `//www.example.com/pricing`, `/pricing`; None for another name.

    `HTTPS://WWW.example.com:443/pricing/?utm_source=x#top` and `www.example.com/pricing` are the same.
    """
    text = name.strip()
    begin = _HOST.match(text)
    if begin is None and not text.startswith("/") and not _NAMED_HOST.match(text):
        return None
    is_path = begin is None and text.startswith("/")
    bare = _BEHIND.split(text[begin.end() :] if begin else text, maxsplit=1)[0]
    host, _, path = ("", "", bare.lstrip("/")) if is_path else bare.partition("/")
    host = _BEHIND_HOST.sub("", host.rpartition("@")[2].strip().casefold())
    path = _AROUND.sub("", path)
    return f"//{host}/{path}".rstrip("/") if host else f"/{path}"
