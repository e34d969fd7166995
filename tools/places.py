"""`python -m tools.places`: writes the names of countries, languages and regions, by which Baton knows their codes.

They come from CLDR (babel) and ISO (pycountry), in the languages of `LOCALES`, and from lists that
websites take their choices from (`listed_countries.txt`). It writes the choice of countries in the sample forms, too.
"""

import gettext
import re
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

import pycountry
from babel import Locale

from baton.agreement.places.country_codes import COUNTRIES
from baton.agreement.places.language_codes import SAME_LANGUAGE
from baton.agreement.places.place_names import folded
from tools.place_aliases import COUNTRY_ALIASES, FORMER_REGION_CODES, LANGUAGE_ALIASES, NEW_REGIONS, REGION_ALIASES
from tools.workspace import ROOT

FOLDER = ROOT / "layers/common/python/baton/agreement/places"
FORMS = ROOT / "docs/forms"
LISTED = ROOT / "tools/listed_countries.txt"
"""Codes and names of country-list 2.4.1, i18n-iso-countries 7.14.0 (13 languages) and ten such packages of npm."""
LOCALES = (
    "en de fr es it pt pt_PT nl pl sv da nb nn fi et lv lt cs sk hu sl hr bs sr sr_Latn mk bg ro sq el tr ru uk be ka "
    "hy az kk ky uz tg mn ar he fa ps ur hi bn ta te ml kn gu mr pa ne si my th lo km vi id ms fil ja ko zh zh_Hant sw "
    "am af zu ca eu gl ga cy is mt lb rm eo"
)
REGION_LOCALES = "en de fr es it nl pt pl sv"
MORE_LANGUAGES = "fil yue gsw ckb haw hmn ceb hil bho mai kok sat nds hsb dsb fur scn ast arz ary apc pcm tzm kab"
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "å": "aa", "ø": "oe"})
_OPTION = '        <option value="{code}">{name}</option>'
_SELECT = re.compile(r'(<select id="country"[^>]*>\n)(.*?)(\n *</select>)', re.DOTALL)

Names = Iterable[tuple[str, str]]
"""Pairs of a code and a name."""


def named(sure: Names, likely: Names) -> dict[str, str]:
    """Returns codes by folded names. The first `sure` name wins; a `likely` one counts if it means one code alone."""
    found: dict[str, str] = {}
    for code, name in sure:
        for key in _keys(name):
            found.setdefault(key, code)
    others: dict[str, set[str]] = {}
    for code, name in likely:
        for key in _keys(name):
            others.setdefault(key, set()).add(code)
    return found | {key: codes.pop() for key, codes in others.items() if len(codes) == 1 and key not in found}


def _keys(name: str) -> set[str]:
    """Returns the folded spellings of a name, without those of two plain letters, which are codes."""
    keys = {folded(name), folded(name.translate(_UMLAUTS))}
    return {key for key in keys if len(key) > 1 and not re.fullmatch("[a-z]{2}", key)}


def countries() -> dict[str, str]:
    """Returns the codes of countries by names."""
    return named([*_aliases(COUNTRY_ALIASES), *_of_iso(), *_of_cldr("en")], [*_of_all_locales(), *_listed()])


def _listed() -> Iterator[tuple[str, str]]:
    for line in LISTED.read_text(encoding="utf-8").splitlines():
        code, _, name = line.partition("\t")
        yield code, name


def _aliases(aliases: dict[str, str]) -> Iterator[tuple[str, str]]:
    for code, names in aliases.items():
        yield from ((code, name.strip()) for name in names.split(","))


def _of_iso() -> Iterator[tuple[str, str]]:
    for country in pycountry.countries:
        names = (
            country.alpha_3,
            country.name,
            *(getattr(country, name, "") for name in ("common_name", "official_name")),
        )
        yield from ((country.alpha_2, name) for name in names if name)
        first, _, rest = country.name.partition(", ")
        yield country.alpha_2, f"{rest} {first}".strip()


def _of_cldr(locale: str) -> Iterator[tuple[str, str]]:
    return ((code, name) for code, name in Locale.parse(locale).territories.items() if code in COUNTRIES)


def _of_all_locales() -> Iterator[tuple[str, str]]:
    for locale in LOCALES.split():
        yield from _of_cldr(locale)


def languages() -> dict[str, str]:
    """Returns the codes of languages by names, and by codes with `=` in front: `=ger`."""
    codes: dict[str, str] = {}
    for language in pycountry.languages:
        if code := getattr(language, "alpha_2", None) or (
            language.alpha_3 in MORE_LANGUAGES.split() and language.alpha_3
        ):
            given = (code, language.alpha_3, getattr(language, "bibliographic", None))
            codes |= {f"={each}": SAME_LANGUAGE.get(code, code) for each in given if each}
    codes |= {f"={code}": same for code, same in SAME_LANGUAGE.items()}
    known = {name.removeprefix("="): code for name, code in codes.items()}
    likely = [pair for locale in LOCALES.split() for pair in _languages_of(locale, known)]
    return codes | named([*_aliases(LANGUAGE_ALIASES), *_languages_of("en", known)], likely)


def _languages_of(locale: str, known: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yields the names of languages, those with a country or script behind them, such as `pt_BR`, last."""
    names = Locale.parse(locale).languages
    for tag in sorted(names, key=lambda tag: ("_" in tag, tag)):
        if code := known.get(tag.partition("_")[0]):
            yield code, names[tag]


def regions() -> Iterator[tuple[str, list[str]]]:
    """Yields the code of each region with its folded names and `=` former codes, the largest of a country first."""
    spoken = [
        gettext.translation("iso3166-2", pycountry.LOCALES_DIR, [one], fallback=True) for one in REGION_LOCALES.split()
    ]
    aliases = {code: list(_aliases({code: names})) for code, names in REGION_ALIASES.items()}
    for region in sorted(pycountry.subdivisions, key=lambda each: (each.parent_code is not None, each.code)):
        names = {region.name, *(each.gettext(region.name) for each in spoken)}
        keys = {key for name in names for part in _parts_of(name) for key in _keys(part) if len(key) > 3}
        yield (
            region.code,
            sorted(keys.union(_former(region.code), *(_keys(name) for _, name in aliases.get(region.code, ())))),
        )
    for code, written in NEW_REGIONS.items():
        yield code, sorted(_former(code).union(*(_keys(name) for _, name in _aliases({code: written}))))


def _former(code: str) -> set[str]:
    return {f"={former}" for former in FORMER_REGION_CODES.get(code, "").split("/")} - {"="}


def _parts_of(name: str) -> Iterator[str]:
    """Yields the names within one of ISO 3166-2: `Principado de Asturias`, too, of `Asturias, Principado de`."""
    for part in re.split(r"[\[\]()/;]", re.sub(r"\[[^\]]*[A-Z]{2}-[^\]]*\]", "", name)):
        first, _, rest = part.strip().partition(", ")
        yield from {first, f"{rest} {first}".strip()} if rest else {first}


def lines(found: dict[str, str]) -> Iterator[str]:
    """Yields a line for each code: the code and its names."""
    names: dict[str, list[str]] = {}
    for name, code in found.items():
        names.setdefault(code, []).append(name)
    return ("\t".join([code, *sorted(names[code])]) for code in sorted(names))


def choice() -> str:
    """Returns the options of the choice of countries, by their English names."""
    named_in_english = sorted((folded(name), code, name) for code, name in _of_cldr("en"))
    return "\n".join(
        [_OPTION.format(code="", name=""), *(_OPTION.format(code=c, name=escape(n)) for _, c, n in named_in_english)]
    )


def files() -> dict[Path, str]:
    """Returns the text of each file that is made."""
    made = {
        FOLDER / "countries.txt": "\n".join(lines(countries())) + "\n",
        FOLDER / "languages.txt": "\n".join(lines(languages())) + "\n",
        FOLDER / "regions.txt": "\n".join("\t".join([code, *names]) for code, names in regions()) + "\n",
    }
    for page in sorted(FORMS.glob("*.html")):
        text = page.read_text(encoding="utf-8")
        made[page] = _SELECT.sub(lambda found: f"{found[1]}{choice()}{found[3]}", text)
    return made


if __name__ == "__main__":
    for path, text in files().items():
        path.write_text(text, encoding="utf-8")
