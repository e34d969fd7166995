"""The words of a lead: of its name, company, domain, address and phone number, spelled as searches compare them."""

import re
import unicodedata
from collections.abc import Iterator

from baton.domain.accounts.name_words import fold
from baton.domain.leads.lead import Lead
from baton.domain.search.word_places import SHORTEST, TOLD_APART, WordChange

LONGEST = 40
"""Of a longer word only its first letters count."""
MOST_WORDS = 24
"""So many words of a lead are indexed; a name, a company, an address and a phone number have fewer."""
FEWEST_DIGITS = 3
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘‛´`ʼʹ′ʻʽ＇"))
_LETTERS = re.compile(r"[a-z0-9]+")
_ENDINGS = frozenset(
    {
        *("com", "org", "net", "edu", "gov", "mil", "int", "info", "biz", "name", "pro", "example", "invalid", "test"),
        *("app", "dev", "cloud", "tech", "online", "shop", "store", "site", "group", "agency", "gmbh", "swiss"),
    }
)
_SECOND_ENDINGS = frozenset({"co", "com", "org", "net", "ac", "gov", "edu", "or", "ne"})
NO_NAMES = frozenset(
    {
        *("gmbh", "mbh", "ag", "kg", "kgaa", "ug", "ohg", "ev", "se", "co", "inc", "ltd", "llc", "llp", "plc", "corp"),
        *("limited", "company", "incorporated", "corporation", "sa", "sas", "sarl", "srl", "spa", "bv", "nv", "oy"),
        *("ab", "as", "aps", "the", "and", "und", "et", "of"),
    }
)
"""Words that tell no company from another; nobody is looked up by them."""
_COUNTRY = 2
_OF_ONE_DIGIT = "17"
_OF_TWO_DIGITS = re.compile("2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]")
"""Country codes of phone numbers with two digits (ITU-T E.164); the others have three, but for 1 and 7."""


def word_change(before: Lead | None, after: Lead | None, *, anew: bool = False) -> WordChange:
    """Returns which words a change of a lead brings and takes; `anew` brings also those that it had before.

    A word whose place another one of the lead keeps is not gone.
    """
    had, has = (frozenset(words_of(lead)) if lead else frozenset() for lead in (before, after))
    kept = {word[:TOLD_APART] for word in has}
    gone = frozenset(word for word in had - has if word[:TOLD_APART] not in kept)
    return WordChange(has if anew else has - had, gone)


def words_of(lead: Lead) -> list[str]:
    """Returns the words by which a lead is found, the most telling first, each once."""
    return list(dict.fromkeys(_words(lead)))[:MOST_WORDS]


def _words(lead: Lead) -> Iterator[str]:
    profile, company = lead.profile, lead.company
    names = [*split(profile.last_name or ""), *split(profile.first_name or "")]
    names += [word for word in split(company.name or "") if word not in NO_NAMES]
    yield from (spelling for word in names for spelling in spellings(word))
    yield from (spelling for word in domain_words(company.domain or "") for spelling in spellings(word))
    if profile.phone:
        yield from phone_words(profile.phone)
    for email in lead.emails:
        yield from (spelling for word in split(email.partition("@")[0]) for spelling in spellings(word))


def split(text: str) -> list[str]:
    """Splits a text into words of letters and digits, in small letters; `O'Brien` is one, `Müller-Lüdenscheid` two."""
    small = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES).casefold()
    if small.isascii():
        return _LETTERS.findall(small)
    return "".join(sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in small).split()


def spellings(word: str) -> list[str]:
    """Returns a word as it is compared: `müller` as `mueller` and `muller`; none if it is too short."""
    found = dict.fromkeys(fold(word, umlauts_as_two=two)[:LONGEST] for two in (True, False))
    return [each for each in found if len(each) >= SHORTEST]


def domain_words(domain: str) -> list[str]:
    """Returns the words of a domain without its ending: `acme` of `acme.com`, and of `acme.co.uk`."""
    labels = [label for label in domain.strip().casefold().split(".") if label not in ("", "www")]
    meant = labels
    if len(labels) > 1 and (len(labels[-1]) == _COUNTRY or labels[-1] in _ENDINGS):
        meant = labels[:-1]
        if len(meant) > 1 and meant[-1] in _SECOND_ENDINGS:
            meant = meant[:-1]
    return [word for label in meant for word in split(label)]


def phone_words(phone: str) -> list[str]:
    """Returns a phone number as digits, without what is dialled before it, and once more without its country's code.

    `+49 (0)30 901820` is `4930901820` and `30901820`, `030 901820` only the latter.
    """
    text = unicodedata.normalize("NFKC", phone).replace("(0)", "").strip()
    digits = "".join(str(unicodedata.digit(sign)) for sign in text if unicodedata.category(sign) == "Nd")
    abroad = text.startswith(("+", "(+")) or digits.startswith("00")
    number = digits.lstrip("0")[:LONGEST]
    if len(number) < FEWEST_DIGITS:
        return []
    return [number, number[_code_length(number) :]] if abroad and len(number) > _code_length(number) + 1 else [number]


def _code_length(number: str) -> int:
    if number[0] in _OF_ONE_DIGIT:
        return 1
    return 2 if _OF_TWO_DIGITS.match(number) else 3
