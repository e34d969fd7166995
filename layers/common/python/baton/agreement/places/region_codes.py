"""Finds the code of a region, such as `DE-BY` for `Bavaria`, `Bayern`, and `BY` in Germany."""

import re

from baton.agreement.places.country_codes import COUNTRIES
from baton.agreement.places.place_names import folded, regions_by_name

_CODE = r"([A-Za-z]{2})-([A-Za-z0-9]{1,3})"


def region_code(said: str, country: str | None) -> str | None:
    """Returns the code in capitals of a region in a country, given by its code; None if it is not certain which.

    Without a country a short code is not certain, and neither is a name that several countries have.
    """
    text = said.strip()
    if (found := re.fullmatch(_CODE, text)) and found[1].upper() in COUNTRIES:
        return text.upper()
    known = regions_by_name()
    if country is None:
        codes = known.get(folded(text), ())
        return codes[0] if len({code[:2] for code in codes}) == 1 else None
    codes = (*known.get(f"={text.upper()}", ()), *known.get(folded(text), ()))
    return next((code for code in codes if code.startswith(country)), None)


def region_codes(named: str) -> frozenset[str]:
    """Returns the codes in capitals of all regions that a name or a short code may mean."""
    text = named.strip()
    if (found := re.fullmatch(_CODE, text)) and found[1].upper() in COUNTRIES:
        return frozenset({text.upper()})
    known = regions_by_name()
    return frozenset((*known.get(f"={text.upper()}", ()), *known.get(folded(text), ())))
