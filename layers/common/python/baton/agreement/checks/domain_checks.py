"""Checks of texts that a lead's facts are compared with: domains and places that a fact can have at all."""

import re
from collections.abc import Iterator

from baton.agreement.checks.condition_checks import compared_texts, countries_exist_in
from baton.agreement.checks.condition_paths import Loc, PlacedCondition, all_conditions
from baton.agreement.document.document import Sections

DOMAINS = ("email_domain", "company_domain")
_FAULTS = (
    (r"(?i)[a-z][a-z0-9+.-]*://.*", "has a scheme before it"),
    (r"[^/]*/.*", "has a path behind it"),
    (r".*@.*", "has an @ in it"),
    (r"[.].*|.*[.]|.*[.][.].*", "begins or ends with a dot, or has two in a row"),
    (r".*[*,;].*|.*\s.*", "is more than one domain or a wildcard"),
    (r"(?i)www\..*", "begins with www."),
    (r"[^.]*", "has no dot in it"),
    (r".*[:?#].*", "has something behind it"),
)
"""Forms that no domain of a lead has, the first that fits counts, and what is wrong with them."""


def domains_can_be_met(sections: Sections) -> Iterator[tuple[Loc, str]]:
    """Yields a fault for each domain that no lead's address can have, such as `www.example.com` or `@example.com`."""
    for loc, condition in (*all_conditions(sections), *_criteria(sections)):
        for name in DOMAINS:
            for text in compared_texts(getattr(condition, name, None)):
                if what := _what_is_wrong(text):
                    yield (*loc, name), f"`{text[:60]}` {what}, and no lead's domain has; {_remedy(text)}"


def places_of_criteria_exist(sections: Sections) -> Iterator[tuple[Loc, str]]:
    """Yields a fault for each country that a persona's criteria name and nobody knows."""
    return countries_exist_in(_criteria(sections))


def _criteria(sections: Sections) -> Iterator[PlacedCondition]:
    return ((("personas", number, "criteria"), each.criteria) for number, each in enumerate(sections.personas))


def _what_is_wrong(text: str) -> str | None:
    return next((what for form, what in _FAULTS if re.fullmatch(form, text.strip())), None)


def _remedy(text: str) -> str:
    bare = re.sub(r"(?i)^([a-z][a-z0-9+.-]*://)?([^@/]*@)?(www\.)?", "", text.strip())
    bare = re.split(r"[/?#:,;\s]", bare, maxsplit=1)[0].strip(".*@")
    if "." in bare and not re.search(r"[,;\s]", text.strip()):
        return f"write `{bare.casefold()}`"
    return "write each domain by itself, such as `example.com`"
