"""Countries, languages and regions as people and tools write them, and the codes by which they are compared."""

import random

import pytest

from baton.agreement.places.compared_places import PLACES, compared_place, compared_places
from baton.agreement.places.country_codes import COUNTRIES, country_code
from baton.agreement.places.language_codes import LANGUAGES, SAME_LANGUAGE, language_code
from baton.agreement.places.place_names import codes_by_name, folded, regions_by_name
from baton.agreement.places.region_codes import region_code, region_codes
from tools.place_aliases import FORMER_REGION_CODES
from tools.places import FOLDER, files

COUNTRY_SPELLINGS = {
    "DE": [
        *(
            "de",
            "Germany",
            "Deutschland",
            "GER",
            "DEU",
            "Allemagne",
            "Alemania",
            "Germania",
            "Niemcy",
            "de-DE",
            "de_DE",
        ),
        *("BRD", "Federal Republic of Germany", "Germany (DE)", "DE - Germany", "Germany (+49)", "GERMANY", "DE-BY"),
        "Bondsrepubliek Duitsland",
        *(
            "\U0001f1e9\U0001f1ea",
            "\U0001f1e9\U0001f1ea Germany",
            "Deutschland / Germany",
            "ドイツ",
            "德国",
            "Германия",
        ),
    ],
    "GB": [
        *("UK", "U.K.", "uk", "United Kingdom", "Great Britain", "England", "Scotland", "Wales", "Northern Ireland"),
        *("GBR", "Großbritannien", "Grossbritannien", "Vereinigtes Königreich", "en-GB", "the United Kingdom"),
        "United Kingdom of Great Britain and Northern Ireland (the)",
    ],
    "US": [
        *("USA", "U.S.A.", "U.S.", "U. S. A.", "United States", "United States of America", "The United States"),
        *("Vereinigte Staaten", "Estados Unidos", "EE.UU.", "États-Unis", "Etats-Unis", "America", "en_US"),
        "United States of America (the)",
    ],
    "NA": ["NA", "na", "Namibia", "NAM"],
    "NO": ["NO", "no", "Norway", "Norge", "Norwegen", "NOR", "Noreg"],
    "AT": ["AT", "Austria", "Österreich", "Oesterreich", "Osterreich", "AUT", "O\u0308sterreich"],
    "AU": ["AU", "Australia", "AUS", "Australien"],
    "CH": ["CH", "Switzerland", "Schweiz", "Suisse", "Svizzera", "Svizra", "SUI", "CHE", "Confoederatio Helvetica"],
    "NE": ["Niger", "NER"],
    "NG": ["Nigeria", "NGR", "NGA"],
    "NL": [
        *("Holland", "The Netherlands", "Netherlands", "Niederlande", "Pays-Bas", "NED", "NLD"),
        *("Netherlands (Kingdom of the)", "Koninkrijk der Nederlanden"),
    ],
    "CZ": ["Czechia", "Czech Republic", "Tschechien", "Česko", "CZE", "Česká republika", "Czech Rep."],
    "SK": ["Slovenská republika", "Slovak Republic", "Slowakei"],
    "FR": ["République française", "France", "Frankreich"],
    "IT": ["Repubblica Italiana", "Italien"],
    "PL": ["Rzeczpospolita Polska", "Polska"],
    "HR": ["Republika Hrvatska", "Hrvatska"],
    "RU": ["Russian Fed.", "Russian Federation", "Россия"],
    "HK": ["香港", "香港特别行政区", "Hong Kong"],
    "TW": ["中華民國", "台灣", "Taiwan"],
    "JP": ["Nippon", "日本"],
    "SA": ["Saudi", "KSA", "السعودية"],
    "TR": ["Turkey", "Türkiye", "TÜRKİYE", "Turkiye", "Türkei", "Tuerkei"],
    "CI": ["Côte d'Ivoire", "Côte d\u2019Ivoire", "Cote d Ivoire", "Ivory Coast", "Elfenbeinküste"],
    "KR": [
        "Korea, Republic of",
        "South Korea",
        "Republic of Korea",
        "Südkorea",
        "Korea",
        "대한민국",
        "Korea, South",
        "Korea (South)",
        "Korea (the Republic of)",
    ],
    "KP": ["North Korea", "Korea, Democratic People's Republic of"],
    "CD": ["DRC", "Congo - Kinshasa", "Congo, The Democratic Republic of the", "République démocratique du Congo"],
    "BA": ["Bosnia & Herzegovina", "Bosnia and Herzegovina", "Bosnien und Herzegowina"],
    "VN": ["Viet Nam", "Vietnam"],
    "GR": ["Greece", "EL", "Ελλάδα", "Griechenland"],
    "XK": ["Kosovo", "XK"],
    "BE": ["Belgien", "Koninkrijk België"],
    "TZ": ["Tanzania, the United Republic of", "Tanzania"],
}
NO_COUNTRY = [
    "DACH",
    "EU",
    "EMEA",
    "XX",
    "n/a",
    "N.A.",
    "Berlin, Germany",
    "Jersey, NJ",
    "D3",
    "",
    "Germani",
    "Nigerr",
    "??",
]
LANGUAGE_SPELLINGS = {
    "de": [
        *("de", "DE", "German", "Deutsch", "allemand", "de-DE", "de_AT", "de-CH-1996", "deu", "ger", "de_DE.UTF-8"),
        *("German (Austria)", "Austrian German", "German - Germany", "de-DE,de;q=0.9,en;q=0.8", "Немецкий", "ドイツ語"),
    ],
    "en": ["English", "en-US", "English (United States)", "American English", "Englisch", "eng", "en; de"],
    "pt": ["pt-BR", "Brazilian Portuguese", "Portuguese (Brazil)", "português"],
    "zh": ["zh-Hans-CN", "Simplified Chinese", "Mandarin", "cmn", "中文", "chi"],
    "no": ["no", "nb", "nb-NO", "nn", "Norwegian", "Norsk", "Bokmål", "nob", "nor"],
    "uk": ["uk", "ukr", "Ukrainian", "українська"],
    "he": ["iw", "he", "Hebrew"],
    "fil": ["fil", "tl", "Tagalog", "Filipino"],
    "lo": ["Lao", "lao", "lo"],
    "nl": ["Dutch", "Flemish", "nl-BE"],
}
NO_LANGUAGE = ["AIS", "ais", "xx", "Klingon", "", "C", "none", "?"]
REGION_SPELLINGS = [
    ("Bavaria", None, "DE-BY"),
    ("Bayern", "DE", "DE-BY"),
    ("BY", "DE", "DE-BY"),
    ("by", "DE", "DE-BY"),
    ("DE-BY", None, "DE-BY"),
    ("NRW", "DE", "DE-NW"),
    ("Nordrhein-Westfalen", None, "DE-NW"),
    ("North Rhine-Westphalia", "DE", "DE-NW"),
    ("California", None, "US-CA"),
    ("CA", "US", "US-CA"),
    ("Kalifornien", "US", "US-CA"),
    ("Vienna", None, "AT-9"),
    ("Zurich", "CH", "CH-ZH"),
    ("Limburg", "NL", "NL-LI"),
    ("Limburg", "BE", "BE-VLI"),
    ("Limburg", None, None),
    ("Georgia", "US", "US-GA"),
    ("Asturias", "ES", "ES-AS"),
    ("Principado de Asturias", None, "ES-AS"),
    ("CA", None, None),
    ("EMEA", None, None),
    ("Bavaria", "FR", None),
    ("MZ", "PL", "PL-14"),
    ("PL-MZ", None, "PL-14"),
    ("in-or", "IN", "IN-OD"),
    ("Akershus", "NO", "NO-32"),
    ("Østfold", None, "NO-31"),
    ("02", "NO", "NO-32"),
    ("05", "NO", "NO-34"),
    ("IR-07", None, "IR-07"),
    ("DE-XX", "DE", "DE-XX"),
]


@pytest.mark.parametrize(("code", "said"), [(code, said) for code, each in COUNTRY_SPELLINGS.items() for said in each])
def test_a_country_is_known_by_names_and_abbreviations(code: str, said: str) -> None:
    assert country_code(said) == code


@pytest.mark.parametrize("said", NO_COUNTRY, ids=repr)
def test_a_country_is_never_guessed(said: str) -> None:
    assert country_code(said) is None


@pytest.mark.parametrize(("code", "said"), [(code, said) for code, each in LANGUAGE_SPELLINGS.items() for said in each])
def test_a_language_is_known_by_its_main_part(code: str, said: str) -> None:
    assert language_code(said) == code


@pytest.mark.parametrize("said", NO_LANGUAGE, ids=repr)
def test_a_language_is_never_guessed(said: str) -> None:
    assert language_code(said) is None


@pytest.mark.parametrize(("said", "country", "code"), REGION_SPELLINGS)
def test_a_region_is_known_by_its_code_or_its_name(said: str, country: str | None, code: str | None) -> None:
    assert region_code(said, country) == code
    assert code is None or code in region_codes(said)


def test_a_former_code_of_a_region_means_no_other_region_of_its_country_now() -> None:
    former = {f"{code[:3]}{short}": code for code, shorts in FORMER_REGION_CODES.items() for short in shorts.split("/")}
    assert former.keys().isdisjoint(code for codes in regions_by_name().values() for code in codes)
    assert {code: region_code(code, None) for code in former} == former


def test_every_code_is_itself() -> None:
    assert {country_code(code) for code in COUNTRIES} == COUNTRIES
    assert all(language_code(code) == SAME_LANGUAGE.get(code, code) for code in LANGUAGES)
    assert all(language_code(code) == code for code in codes_by_name("languages").values())
    assert all(region_code(code, None) == code for codes in regions_by_name().values() for code in codes)


def test_every_name_means_the_code_of_its_line() -> None:
    for file, read in (("countries", country_code), ("languages", language_code)):
        wrong = {name: code for name, code in codes_by_name(file).items() if read(name.removeprefix("=")) != code}
        assert {name: code for name, code in wrong.items() if not name.startswith("=")} == {}, file


def test_a_name_that_means_two_countries_means_none_unless_english_has_it() -> None:
    assert country_code("Kongo") is None
    assert country_code("Конго") is None
    assert country_code("Island") == "IS"
    assert country_code("Georgia") == "GE"


@pytest.mark.slow
def test_the_names_of_places_are_those_that_the_tool_writes() -> None:
    assert [path.name for path, text in files().items() if path.read_text(encoding="utf-8") != text] == []
    assert sum(path.stat().st_size for path in FOLDER.glob("*.txt")) < 700_000


PIECES = [
    *(
        "Germany",
        "germany",
        "DE",
        "de",
        "UK",
        "GER",
        "Bavaria",
        "BY",
        "CA",
        "Österreich",
        "日本",
        "the ",
        "The ",
        "ß",
        "İ",
        "n/a",
    ),
    *(
        " ",
        "-",
        "_",
        "(",
        ")",
        "/",
        ",",
        ";",
        ".",
        "'",
        "\u2019",
        "\U0001f1e9",
        "\U0001f1ea",
        "+49",
        "\u0308",
        "\u200d",
        "Ǆ",
        "ﬁ",
    ),
    *("no", "NO", "English", "nb", "Hans", "=", "=de", "\t", "\n", "x", "9", "&", "DE-BY", "Korea", "Republic of"),
]


def test_ten_thousand_places_are_compared_the_same_again_and_found_by_themselves() -> None:
    dice = random.Random(3)
    for _ in range(10_000):
        fact, said = dice.choice(sorted(PLACES)), "".join(dice.choices(PIECES, k=dice.randint(1, 4)))
        country = dice.choice([None, "DE", "Germany", "US", "nowhere"])
        known = compared_place(fact, said, country)
        assert known == known.casefold()
        assert known == said.casefold() or compared_place(fact, known, country) == known, (fact, said, country)
        assert compared_place(fact, said, None) in compared_places(fact, said), (fact, said)
        assert folded(folded(said)) == folded(said), ascii(said)
