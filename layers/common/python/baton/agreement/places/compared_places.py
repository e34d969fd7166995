"""Says by which text conditions compare a country, a language or a region: by its code, else as it was written."""

from functools import lru_cache

COUNTRY_FACTS = frozenset({"country", "company_country"})
PLACES = COUNTRY_FACTS | {"language", "region"}
"""The facts that are compared by code."""


@lru_cache(maxsize=2_000)
def compared_place(fact: str, said: str, country: str | None = None) -> str:
    """Returns a place as it is compared, in small letters: `de` for `Germany`, `de-by` for `Bavaria`, else the words.

    `country` is what was said of the country that a region is in.
    """
    from baton.agreement.places.country_codes import country_code  # only known places need it  # noqa: PLC0415

    if fact in COUNTRY_FACTS:
        code = country_code(said)
    elif fact == "language":
        from baton.agreement.places.language_codes import language_code  # as above  # noqa: PLC0415

        code = language_code(said)
    else:
        from baton.agreement.places.region_codes import region_code  # as above  # noqa: PLC0415

        code = region_code(said, country_code(country) if country else None)
    return (code or said).casefold()


def compared_places(fact: str, named: str) -> frozenset[str]:
    """Returns the texts by which a place in a condition is known; a region's name may mean several."""
    if fact != "region":
        return frozenset({compared_place(fact, named)})
    from baton.agreement.places.region_codes import region_codes  # as above  # noqa: PLC0415

    return frozenset({named.casefold(), *(code.casefold() for code in region_codes(named))})


def as_said(fact: str) -> str:
    """Returns the name under which the words for a place stand beside its code: `country as said`."""
    return f"{fact} as said"
