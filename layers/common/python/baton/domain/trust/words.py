"""The words on one fact of a lead: which of them stands, and which are kept beside it.

The outcome does not depend on the order in which words arrive: of each source the newest is kept, of each kind of
speaker a few.
"""

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from baton.domain.trust.speakers import FIRST_STANDS, Speaker, Trust, trust_in

MOST_KEPT = {Trust.BESIDE: 2, Trust.ANYBODY: 2, Trust.CONFIRMED_ADDRESS: 2, Trust.SIGNED: 4, Trust.STAFF: 1}
"""The most words on one fact that are kept of each trust; where the first stands, that one is kept besides."""


class Word(NamedTuple):
    """What somebody said of one fact: who, by which source, when, and the value; None says that there is none.

    `at` is in milliseconds since 1970. `number` is that of the event if it tells the order of two words of one moment,
    else 0. The value is a text, or an object for a size (`employees`, `employees_written`) or an answer (`value`,
    `met`).
    """

    speaker: str
    source: str
    at: int
    number: int
    value: Any

    @property
    def trust(self) -> Trust:
        """Returns how far its speaker is trusted."""
        return trust_in(self.speaker)


Words = tuple[Word, ...]
NOTHING_SAID: Words = ()
_HASHED = 8


def id_of(fact: str, word: Word) -> str:
    """Returns the id of a word on a fact, by which it is taken over: `title.`, a hash of the value, one of the rest."""
    return f"{fact}.{_hash(word.value)}{_hash([word.speaker, word.source, word.at])}"


def fact_in(id_: str) -> str:
    """Returns the fact that the id of a word names."""
    return id_.rpartition(".")[0]


def has_value_of(id_: str, value: Any) -> bool:
    """Tells whether a value is that of the word with an id."""
    return id_.rpartition(".")[2][:_HASHED] == _hash(value)


def _hash(said: object) -> str:
    text = json.dumps(said, sort_keys=True)
    return sha256(text.encode(errors="surrogatepass")).hexdigest()[:_HASHED]


def standing_word(words: Iterable[Word]) -> Word | None:
    """Returns the word that stands: of the most trusted speakers the newest, of anybody the first; None if none does.

    What staff said stands, also that there is nothing. All others only clear what they said themselves.
    """
    said = list(words)
    if by_staff := [word for word in said if word.trust is Trust.STAFF]:
        return max(by_staff, key=age_of)
    return max((word for word in said if _counts(word, said)), key=_weight, default=None)


def with_word(words: Sequence[Word], new: Word) -> Words:
    """Returns the words on a fact with one more, the one that stands first: as many as are kept."""
    return kept([*words, new])


def kept(words: Sequence[Word]) -> Words:
    """Returns the words that are kept of many, each once, the one that stands first."""
    if len(words) == 1:
        return tuple(words)
    said = _newer_than_staffs(set_of(words))
    stays = [word for trust in MOST_KEPT for word in _of_trust([each for each in said if each.trust is trust], trust)]
    stands = standing_word(stays)
    return tuple(sorted(stays, key=lambda word: (word == stands, word.trust, age_of(word)), reverse=True))


def said_otherwise(words: Sequence[Word]) -> list[Word]:
    """Returns the words that stand beside the one that stands, newest first; staff's word has settled older ones."""
    stands = standing_word(words)
    others = [word for word in words if word is not stands and _counts(word, words)]
    return sorted(others, key=age_of, reverse=True)


def set_of(words: Iterable[Word]) -> list[Word]:
    """Returns words, each once."""
    once = {json.dumps(word, sort_keys=True): word for word in words}
    return list(once.values())


def _newer_than_staffs(said: list[Word]) -> list[Word]:
    """Drops what was said before staff spoke: they knew it, or need not."""
    if not (by_staff := [word for word in said if word.trust is Trust.STAFF]):
        return said
    last = max(by_staff, key=age_of)
    return [last, *(word for word in said if word.trust is not Trust.STAFF and word.at > last.at)]


def _of_trust(said: list[Word], trust: Trust) -> list[Word]:
    """Returns the newest word of each speaker and source, a few; and the first, where the first one stands."""
    newest: dict[tuple[str, str], Word] = {}
    for word in sorted(said, key=age_of):
        newest[word.speaker, word.source] = word
    few = sorted(newest.values(), key=age_of, reverse=True)[: MOST_KEPT[trust]]
    first = min(said, key=age_of, default=None) if trust in FIRST_STANDS else None
    return few if first is None or first in few else [first, *few]


def _counts(word: Word, said: Iterable[Word]) -> bool:
    """Tells whether a word gives a value, and its own source has not cleared it since."""
    return word.value is not None and not any(
        other.value is None
        and other.source == word.source
        and other.trust >= word.trust
        and age_of(other) > age_of(word)
        for other in said
    )


def age_of(word: Word) -> tuple[int, int, str, str, str]:
    """Returns the key that orders words by time; two of one moment by their events, else by what they say."""
    return word.at, word.number, word.speaker, word.source, json.dumps(word.value, sort_keys=True)


def _weight(word: Word) -> tuple[int, tuple[Any, ...]]:
    """Orders words that count by trust, then by time."""
    at, number, *what = age_of(word)
    if word.trust in FIRST_STANDS:
        return word.trust, (-at, -number, *what)
    return word.trust, (at, number, *what)


def earlier(source: str, at: int, value: Any, *, by_staff: bool) -> Word:
    """Returns the word for a value that became known before Baton kept who said it."""
    return Word(Speaker.STAFF if by_staff else Speaker.EARLIER, source, at, 0, value)
