"""What may come of a command instead of success, raised by whatever reads or writes the table."""

from collections.abc import Sequence
from datetime import datetime
from math import ceil


class NotFound(Exception):
    """There is no such thing."""


class NoAgreement(RuntimeError):
    """The table holds no agreement; the deployment puts the packaged one there."""


class Conflict(Exception):
    """Somebody else wrote between reading and saving; decide again on what is there now."""


class Contended(Exception):
    """Too many wrote the same item at once; nothing was saved, and the same request may be sent again."""


class Repeated(Exception):
    """Messages were dealt with before; `which` are their places among those that were to be saved."""

    def __init__(self, which: Sequence[int] = (0,)) -> None:
        self.which = tuple(which)
        super().__init__("dealt with before")


class TooMany(Exception):
    """The limit was reached before, and nothing was saved; `until` is when others are taken again."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__("as many as are taken came before")

    def seconds_from(self, now: datetime) -> int:
        """In how many whole seconds others are taken again; one at least."""
        return max(1, ceil((self.until - now).total_seconds()))
