"""Reads the names of countries, languages and regions, which `python -m tools.places` writes from CLDR and ISO 3166."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from unicodedata import category, normalize

_ACCENTS = "[\u0300-\u036f]"
_AS_PLAIN = str.maketrans(
    {
        "\u00f8": "o",
        "\u0142": "l",
        "\u0111": "d",
        "\u00f0": "d",
        "\u00fe": "th",
        "\u00e6": "ae",
        "\u0153": "oe",
        "\u0131": "i",
        "&": "and",
    }
)


def folded(text: str) -> str:
    """Returns a name's letters and digits without case and accents: `Côte d'Ivoire` as `cotedivoire`."""
    plain = re.sub(_ACCENTS, "", normalize("NFKD", text.casefold().translate(_AS_PLAIN))).casefold()
    return normalize("NFC", "".join(sign for sign in plain if category(sign)[0] in "LMN"))


@cache
def codes_by_name(file: str) -> Mapping[str, str]:
    """Returns the codes of `countries` or `languages` by their folded names."""
    return {name: code for code, *names in _lines(file) for name in names}


@cache
def regions_by_name() -> Mapping[str, tuple[str, ...]]:
    """Returns the codes of regions by their folded names and by `=` with their short codes, the largest regions first.

    `limburg` is in two countries, `=BY` in nine.
    """
    found: dict[str, list[str]] = {}
    for code, *names in _lines("regions"):
        for name in (f"={code[3:]}", *names):
            found.setdefault(name, []).append(code)
    return {name: tuple(codes) for name, codes in found.items()}


def _lines(file: str) -> list[list[str]]:
    """Returns the lines of a file: a code and its folded names each."""
    text = Path(__file__).with_name(f"{file}.txt").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()]
