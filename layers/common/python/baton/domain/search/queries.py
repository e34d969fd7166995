"""What somebody searches for: words of which a lead must have each, or one that begins so."""

import re
from collections.abc import Collection
from typing import NamedTuple

from baton.domain.leads.lead import Lead
from baton.domain.search.lead_words import (
    FEWEST_DIGITS,
    NO_NAMES,
    domain_words,
    phone_words,
    spellings,
    split,
    words_of,
)

LONGEST_QUERY, MOST_QUERIED = 200, 8
_AROUND_ADDRESS = "<>,;"
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@.]+")
_PHONE = re.compile(r"[+()\d\s/.\-]+")


class QueryRefused(ValueError):
    """Nothing can be searched for that; the text says why, and what would do."""


class AskedWord(NamedTuple):
    """A word of a query: the spellings of which a lead's word must begin with one.

    Of an e-mail address, one of the lead's must begin with `address`.
    """

    spellings: tuple[str, ...]
    address: str | None = None

    def is_of(self, words: Collection[str], emails: Collection[str]) -> bool:
        """Tells whether a lead with these words and addresses has this one."""
        if self.address is not None:
            return any(email.casefold().startswith(self.address) for email in emails)
        return any(word.startswith(self.spellings) for word in words)

    def is_whole(self, words: Collection[str]) -> bool:
        """Tells whether it is a whole word of a lead, not the beginning of one."""
        return not {*self.spellings}.isdisjoint(words)


def asked_words(query: str) -> list[AskedWord]:
    """Returns the words of a query, at most eight; a phone number is one word, however it is grouped.

    Raises:
        QueryRefused: it has no word of two letters, or is too long.
    """
    text = query.strip()
    if len(text) > LONGEST_QUERY:
        raise QueryRefused(f"has at most {LONGEST_QUERY} characters")
    if _PHONE.fullmatch(text) and sum(map(str.isdigit, text)) >= FEWEST_DIGITS and (numbers := phone_words(text)):
        return [AskedWord(tuple(numbers))]
    every = [each for token in text.split() for each in _of_token(token)]
    found = [each for each in every if NO_NAMES.isdisjoint(each.spellings)] or every
    if not found:
        has_any = any(sign.isalnum() for sign in text)
        raise QueryRefused(
            "has single letters only; give two letters of a word at least"
            if has_any
            else "has no letter and no digit; give the beginning of a name, a company, a domain or a phone number"
        )
    return list(dict.fromkeys(found))[:MOST_QUERIED]


def whole_address(query: str) -> str | None:
    """Returns the address that a query is if it looks like a whole one: `<anna@acme.com>,` is `anna@acme.com`."""
    bare = query.strip(f" {_AROUND_ADDRESS}")
    return bare if len(bare) <= LONGEST_QUERY and _ADDRESS.fullmatch(bare) else None


def _of_token(token: str) -> list[AskedWord]:
    local, at, _ = token.partition("@")
    if at and local:
        address = token.casefold().strip(_AROUND_ADDRESS)
        return [AskedWord(spelled, address) for word in split(local) if (spelled := tuple(spellings(word)))]
    bare = token.removeprefix("@")
    words = domain_words(bare) if "." in bare.strip(".") else split(bare)
    return [AskedWord(spelled) for word in words if (spelled := tuple(spellings(word)))]


def is_found(asked: Collection[AskedWord], leads: Collection[Lead]) -> bool:
    """Tells whether a person has each word of a query; `leads` are all leads that the person was known as."""
    words = {word for lead in leads for word in words_of(lead)}
    emails = {email for lead in leads for email in lead.emails}
    return all(each.is_of(words, emails) for each in asked)
