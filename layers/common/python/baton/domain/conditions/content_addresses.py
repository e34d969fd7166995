"""Compares content by its address: without scheme, host's case, query, fragment and trailing slash."""

import re

MAX_LENGTH = 2000
"""What a longer address has behind that is not compared."""
_HOST = r"(?i:[a-z][a-z0-9+.-]{0,20}:)?//(?=[^/\s])"
_NAMED_HOST = r"(?i:[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::[0-9]{1,5})?(?:[/?#]|$)"
"""A host without a scheme before it: `www.example.com/pricing`."""
_BEHIND = r"[?#]"
_AROUND = r"^[/\s]+|[/\s]+$"
_BEHIND_HOST = r"(?::(?:80|443)?|[.\s])+$"


def content_address(name: str) -> str | None:
    """Returns an address or path as it is compared: `//www.example.com/pricing`, `/pricing`; None for another name.

    `HTTPS://WWW.example.com:443/pricing/?utm_source=x#top` and `www.example.com/pricing` are the same.
    """
    text = name[:MAX_LENGTH].strip()
    begin = re.match(_HOST, text)
    if begin is None and not text.startswith("/") and not re.match(_NAMED_HOST, text):
        return None
    is_path = begin is None and text.startswith("/")
    bare = re.split(_BEHIND, text[begin.end() :] if begin else text, maxsplit=1)[0]
    host, _, path = ("", "", bare.lstrip("/")) if is_path else bare.partition("/")
    host = re.sub(_BEHIND_HOST, "", host.rpartition("@")[2].strip().casefold())
    path = re.sub(_AROUND, "", path)
    return f"//{host}/{path}".rstrip("/") if host else f"/{path}"
