"""Splits a full name into first and last name, and knows salutations, which are neither names nor job titles."""

import re
from collections.abc import Sequence
from typing import NamedTuple, TypeGuard
from unicodedata import combining, normalize

MAX_LENGTH = 200


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_SALUTATIONS = _words(
    """
    mr mister mrs ms miss mx sir madam dr doctor prof herr herrn frau hr fr dipl-ing mag monsieur madame mademoiselle
    mme mlle sr sra srta senor senora senorita sig sigra signor signora signorina dott dottssa dhr mevr mw meneer
    mevrouw drs fru froken pani mgr ing shri smt kumari rev hon lic dna dipl
    """
)
"""Salutations and titles before a name, folded."""
_ONLY_WITH_A_POINT = _words("fr mag ing rev hon lic dna dipl")
"""Salutations that are names without their point."""
_ONLY_ALONE = _words("m d pan don")
"""Salutations that begin names, too: `M. Night Shyamalan`, `Don Draper`."""
_OF_A_DOCTOR = _words("med rer nat phil iur jur h c hc mult pol oec habil dent vet theol techn")
"""What may stand behind `Dr.` in small letters: `Dr. med.`, `Dr. h. c.`"""
_MAY_BE_A_JOB = _words("doctor ing mag rev dipl-ing hon lic dna dipl")
_DEGREES = _words("phd mba msc bsc meng beng llm llb jd dds rn cpa pmp cfa csm acca cissp esq mbe obe cbe frcs dphil")
_SHORT_DEGREES = _words("ma ba bs ms md kc")
_OF_A_GENERATION = _words("jr sr ii iii iv jun sen junior senior")
_PARTICLES = _words(
    """
    van von vom de der den del della delle dello di da das dos do du des la le lo los las el al bin ibn bint ben abu ter
    ten te zu zum zur af av st saint san santa mac
    """
)
_AND = _words("& + and und et y e en og och")
_BETWEEN_SURNAMES = _words("y e")
_NO_NAMES = _words("na none null unknown anonymous guest user test name nn keine")
_BESIDE = r"(?s)\s*(?:\([^()]*\)|\[[^\[\]]*\])\s*|\s+[|–—-]\s+.*|\s+(?:via|from|@)\s.*"
"""What stands beside a name, as a pattern: brackets, a company behind a dash."""
_FAMILY_FIRST = "[\u1100-\u11ff\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+"
"""A word of Chinese, Japanese or Korean, where the family's name stands first, as a pattern."""


class SplitName(NamedTuple):
    """First and last name, each None if the full name does not tell it."""

    first: str | None = None
    last: str | None = None


def split_name(written: str) -> SplitName:
    """Returns first and last name of a full name: `Dr. Ana Ruiz` as Ana and Ruiz, `Ruiz, Ana` alike."""
    apart = re.sub(r"(?i)\b(dr|prof|med)\.(?=\w)", r"\1. ", written[:MAX_LENGTH])
    name = " ".join(re.sub(_BESIDE, " ", apart).split()).strip(" ,;-")
    if not any(map(str.isalpha, name)) or "@" in name or "://" in name or is_salutation(name):
        return SplitName()
    if _folded(name).replace("/", "") in _NO_NAMES:
        return SplitName()
    family, behind = _around_comma(name)
    if behind:
        return SplitName(_joined(_without_titles(behind)[0]), _joined(_without_titles(family)[0]))
    words, had_title = _without_titles(family)
    return _split(words, had_title=had_title)


def is_salutation(value: object) -> TypeGuard[str]:
    """Returns whether a text is nothing but salutations, such as `Mr`, `Frau Dr.` or `Mr & Mrs`."""
    if not isinstance(value, str) or len(value) > MAX_LENGTH:
        return False
    words = [_folded(word) for word in value.replace("/", " ").split()]
    known = (_SALUTATIONS | _ONLY_ALONE) - _MAY_BE_A_JOB
    return any(word in known for word in words) and all(word in known or word in _AND for word in words)


def _folded(word: str) -> str:
    """Returns a word without case, accents and points: `Señora` as `senora`, `Ph.D.` as `phd`."""
    apart = normalize("NFKD", word.casefold())
    return "".join(sign for sign in apart if not combining(sign) and sign not in ".,'’")


def _around_comma(name: str) -> tuple[list[str], list[str]]:
    """Returns the words before a comma, and the first names behind it; degrees behind a comma are left out."""
    parts = [words for part in name.split(",") if (words := part.split())]
    parts = [parts[0], *(part for part in parts[1:] if not all(_is_degree(word) for word in part))]
    family, behind = list(parts[0]), list[str]()
    for part in parts[1:]:
        if all(_folded(word) in _OF_A_GENERATION for word in part):
            family += part
        else:
            behind += part
    return family, behind


def _is_degree(word: str) -> bool:
    return _folded(word) in _DEGREES | _SHORT_DEGREES


def _without_titles(words: Sequence[str]) -> tuple[list[str], bool]:
    """Returns the words without titles before and degrees behind them, and whether a title stood before."""
    kept = list(words)
    while len(kept) > 1 and (_is_title(kept[0]) or (len(kept) < len(words) and _goes_with_a_title(kept[0]))):
        kept.pop(0)
    had_title, in_capitals = len(kept) < len(words), all(word.isupper() for word in kept)
    while len(kept) > 2 and (_folded(kept[-1]) in _DEGREES or _is_short_degree(kept[-1], in_capitals=in_capitals)):
        kept.pop()
    return kept, had_title


def _is_short_degree(word: str, *, in_capitals: bool) -> bool:
    """Returns whether a word is a degree such as `MA`, and not the name Ma; `in_capitals` says that all words are."""
    return _folded(word) in _SHORT_DEGREES and ("." in word or (word.isupper() and not in_capitals))


def _goes_with_a_title(word: str) -> bool:
    """Returns whether a word behind a title belongs to it: `&`, or the `med.` of `Dr. med.`, and not the name Phil."""
    return word.casefold() in _AND or (word.islower() and all(part in _OF_A_DOCTOR for part in _parts(word)))


def _parts(word: str) -> list[str]:
    return word.rstrip(".").split(".")


def _is_title(word: str) -> bool:
    folded = _folded(word)
    if re.match(r"(?:dr|dipl|prof|priv|univ)\.-", word.casefold()):
        return True
    return folded in _SALUTATIONS and (folded not in _ONLY_WITH_A_POINT or word.endswith("."))


def _split(words: list[str], *, had_title: bool) -> SplitName:
    if len(words) == 1:
        of_family = had_title or re.fullmatch(_FAMILY_FIRST, words[0])
        return SplitName(None, words[0]) if of_family else SplitName(words[0])
    if all(re.fullmatch(_FAMILY_FIRST, word) for word in words):
        return SplitName(_joined(words[1:]), words[0])
    begins = _surname_begins(words)
    return SplitName(_joined(words[:begins]), _joined(words[begins:]))


def _surname_begins(words: list[str]) -> int:
    """Returns the place of the first word of the last name: behind the first name, its initials, and who is with them.

    A particle begins a last name; of several words without one, all but the first belong to the last name.
    """
    place = 1
    if len(words) > 3 and words[1].casefold() in _AND - _BETWEEN_SURNAMES:
        return 3
    while place < len(words) - 1 and _is_initial(words[place]):
        place += 1
    for later in range(place, len(words) - 1):
        if _folded(words[later]) in _PARTICLES:
            return later
    return place


def _is_initial(word: str) -> bool:
    letters = word.replace(".", "").replace("-", "")
    return len(letters) == 1 or (word.endswith(".") and len(letters) <= 2 and letters.isupper())


def _joined(words: Sequence[str]) -> str | None:
    return " ".join(words).strip(" ,;") or None
