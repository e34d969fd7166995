"""Finds the code of a region, such as `DE-BY` for `Bavaria`, `Bayern`, and `BY` in Germany."""

import re

from baton.agreement.places.country_codes import COUNTRIES
from baton.agreement.places.place_names import folded, regions_by_name

_CODE = r"([A-Za-z]{2})-([A-Za-z0-9]{1,3})"


def region_code(said: str, country: str | None) -> str | None:
    """Returns the code in capitals of a region in a country, given by its code; None if it is not certain which.

    Without a country a short code is not certain, and neither is a name that several countries have. A code that ISO
    3166-2 replaced, such as `PL-MZ` until 2018, is that of its region now: `PL-14`.
    """
    text = said.strip()
    if (found := re.fullmatch(_CODE, text)) and found[1].upper() in COUNTRIES:
        return _present_code(found[1].upper(), found[2].upper())
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
        return frozenset({_present_code(found[1].upper(), found[2].upper())})
    known = regions_by_name()
    return frozenset((*known.get(f"={text.upper()}", ()), *known.get(folded(text), ())))


def _present_code(country: str, short: str) -> str:
    of_country = (code for code in regions_by_name().get(f"={short}", ()) if code.startswith(country))
    return next(of_country, f"{country}-{short}")
