"""Where a word stands in the index: under keyed hashes, from which nobody reads it without the pepper.

Nothing here needs to know of leads, so that who keeps the index starts fast.
"""

import base64
import hashlib
import hmac
from typing import NamedTuple

SHORTEST = 2
"""A word has at least so many letters to be looked for."""
TOLD_APART = 10
"""Words that begin with so many equal letters have one place in the index."""
_LETTERS_OF_LIST, _LETTERS_OF_STEP = 20, 3


class WordChange(NamedTuple):
    """The words that a lead has besides now, and those that it no longer has."""

    added: frozenset[str]
    gone: frozenset[str]

    def as_text(self) -> str:
        """Writes the change as `=anna schmidt|mueller`."""
        return f"={' '.join(sorted(self.added))}|{' '.join(sorted(self.gone))}"

    @classmethod
    def from_text(cls, text: str) -> "WordChange":
        """Reads a change as `as_text` writes it."""
        added, _, gone = text.removeprefix("=").partition("|")
        return cls(frozenset(added.split()), frozenset(gone.split()))


NO_CHANGE = WordChange(frozenset(), frozenset())


class WordPlace(NamedTuple):
    """A word's list, and its place there: a few letters for each further letter of the word.

    So the places of all words that begin alike begin alike.
    """

    list_: str
    place: str


def word_place(word: str, secret: bytes) -> WordPlace:
    """Returns the place of a word, or of the beginning of one, of two letters at least; `secret` is the pepper."""
    steps = range(SHORTEST + 1, min(len(word), TOLD_APART) + 1)
    place = "".join(_hash_of_beginning(word[:length], secret)[:_LETTERS_OF_STEP] for length in steps)
    return WordPlace(_hash_of_beginning(word[:SHORTEST], secret)[:_LETTERS_OF_LIST], place)


def _hash_of_beginning(beginning: str, secret: bytes) -> str:
    digest = hmac.digest(secret, f"word:{beginning}".encode(), hashlib.sha256)
    return base64.b32encode(digest[:15]).decode().lower()
