"""The cookies of a console's session: no script reads them, no other site sends them, no other path gets them."""

import re
from typing import NamedTuple

from baton.aws.web.router import Request

SESSION = "baton-session"
BEGUN = "baton-begun"
BEGUN_SECONDS = 600
"""The time within which a sign-in that was begun must end."""
BEGUN_ROOM = 4_000
"""Characters of all sign-ins under way: with a session, they fit into the 10,240 bytes that a request may have."""
_VALUE = re.compile(r"[-\w.~+/=]{1,3900}")


class Cookies(NamedTuple):
    """The cookies that belong below one path, such as `/v1/console/session`, and what a request has of them."""

    path: str
    sent: dict[str, str]

    @classmethod
    def of(cls, request: Request, path: str) -> "Cookies":
        """Reads a request's cookies; where one name comes several times, the first is that of the longest path."""
        sent: dict[str, str] = {}
        for each in request.headers.get("cookie", "").split(";"):
            name, _, value = each.strip().partition("=")
            sent.setdefault(name, value)
        return cls(path, sent)

    def crowded_out(self, room: int) -> list[str]:
        """Returns the names of sign-ins under way, the oldest first, that must go so that the others leave room.

        Browsers send cookies of one path in the order in which they were set (RFC 6265, 5.4).
        """
        begun = {name: len(name) + len(value) for name, value in self.sent.items() if name.startswith(f"{BEGUN}-")}
        gone, taken = list[str](), sum(begun.values())
        for name, size in begun.items():
            if taken + room <= BEGUN_ROOM:
                break
            gone.append(name)
            taken -= size
        return gone

    def kept(self, name: str, value: str, seconds: int) -> str:
        """Returns the header that keeps a value for so many seconds.

        Raises:
            ValueError: a browser would not keep the value as it is.
        """
        if not _VALUE.fullmatch(value):
            raise ValueError(f"the cookie {name} cannot hold what it is given ({len(value)} characters)")
        return f"{name}={value}; Max-Age={seconds}; Path={self.path}; HttpOnly; Secure; SameSite=Strict"

    def dropped(self, name: str) -> str:
        """Returns the header that ends a cookie."""
        return f"{name}=; Max-Age=0; Path={self.path}; HttpOnly; Secure; SameSite=Strict"
