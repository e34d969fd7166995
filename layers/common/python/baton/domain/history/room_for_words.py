"""The room that the words on all facts of a lead have together, so that the lead always fits where it is stored."""

import json
from collections.abc import Mapping
from typing import NamedTuple

from baton.agreement.terms.rules import ATTRIBUTE
from baton.domain.trust.words import Word, Words, age_of, standing_word

MAX_BYTES = 140_000
"""So many bytes of JSON the words on a lead have, those that stand counted twice: the lead's facts repeat them."""


class _Placed(NamedTuple):
    fact: str
    word: Word
    stands: bool

    @property
    def size(self) -> int:
        """Returns the bytes that the lead has for the word."""
        return (1 + self.stands) * _bytes_of([self.fact, self.word])


def within_room(said: Mapping[str, Words]) -> Mapping[str, Words]:
    """Returns the words on a lead that there is room for, by fact; as they are, if there is room for all.

    Of too many, those beside the ones that stand go, the least trusted first, and of these the oldest. If that is not
    enough, because attributes of former agreements have piled up, the same is done with attributes.
    """
    if 2 * _bytes_of(said) <= MAX_BYTES:
        return said
    stand = {fact: standing_word(words) for fact, words in said.items()}
    placed = [_Placed(fact, word, word is stand[fact]) for fact, words in said.items() for word in words]
    excess = sum(each.size for each in placed) - MAX_BYTES
    gone = set[int]()
    for each in sorted(placed, key=_goes_first):
        if excess <= 0:
            break
        gone.add(id(each.word))
        excess -= each.size
    if not gone:
        return said
    stay = {fact: tuple(word for word in words if id(word) not in gone) for fact, words in said.items()}
    return {fact: words for fact, words in stay.items() if words}


def _goes_first(placed: _Placed) -> tuple[object, ...]:
    """Orders words by what is lost with them; a word that clears comes late, as without it an older one would stand."""
    fact, word, stands = placed
    return stands, stands and not fact.startswith(ATTRIBUTE), word.value is None, word.trust, age_of(word), fact


def _bytes_of(value: object) -> int:
    return len(json.dumps(value, ensure_ascii=False).encode(errors="surrogatepass"))
