"""The words and signs that stand beside the numbers of an amount, in the languages of people who write to Baton.

Words are folded: small letters without accents, `ł` as `l`. A word that is not here makes an amount unclear.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from baton.domain.basics.currency_codes import CODES

AT_LEAST, AT_MOST, OR_MORE, OR_LESS, TO, UP_TO, BETWEEN, AND, NOTHING, COUNTED = (1 << bit for bit in range(10))
"""What a word does in an amount; a word may do one thing before a number and another one after it."""


class Multiple(NamedTuple):
    """A multiple, and the currencies of which one must stand beside it; `*` is any."""

    factor: int
    beside: frozenset[str] = frozenset()


class Meaning(NamedTuple):
    """What a word or a phrase means in an amount."""

    roles: int = 0
    multiple: Multiple | None = None
    currency: str | None = None


Phrases = Mapping[str, tuple[tuple[tuple[str, ...], Meaning], ...]]
"""For each first word the rests of the phrases that begin with it, the longest first."""

THOUSAND, MILLION, BILLION, LAKH, CRORE = 10**3, 10**6, 10**9, 10**5, 10**7
_ANY = frozenset({"*"})
_WITH_T = frozenset(["EUR", "CHF", "SEK", "NOK", "DKK", "kr"])
_IN_INDIA = frozenset({"INR", "Rs"})
_WITH_MIL = frozenset(["BRL", "MXN", "ARS", "COP", "CLP", "PEN", "UYU", "PYG", "BOB", "DOP", "CRC", "GTQ", "peso"])

_MULTIPLES: Mapping[Multiple, str] = {
    Multiple(THOUSAND): "k thousand thousands tausend tsd mille mila tys tysiecy tysiace tusen tusind duizend grand",
    Multiple(THOUSAND, _WITH_T): "t",
    Multiple(THOUSAND, _WITH_MIL): "mil",
    Multiple(MILLION, _ANY): "m mm",
    Multiple(MILLION): "mn mio mln mill million millions millionen millones millon milhoes milhao milioni milione "
    "miljoen miljoner miljon millioner milion miliony milionow",
    Multiple(BILLION, _ANY): "b",
    Multiple(BILLION): "bn bln billion billions mrd mld md mds mdr mia milliarde milliarden milliard milliards miljard "
    "miljarder milliarder miliard miliardy miliardow miliardi miliardo bilhao bilhoes",
    Multiple(LAKH): "lakh lakhs lac lacs",
    Multiple(LAKH, _IN_INDIA): "l",
    Multiple(CRORE): "crore crores",
    Multiple(CRORE, _IN_INDIA): "cr",
}
_CURRENCIES: Mapping[str, str] = {
    "EUR": "€|euro|euros",
    "GBP": "£|pound|pounds|pfund|sterling|quid|gb£",
    "USD": "us$|u$s|usd$|$ us|us dollar|us dollars|us - dollar|us - dollars|american dollars|dollars us",
    "$": "$|dollar|dollars|dolar|dolares|dollari|dolarow",
    "kr": "kr|krone|kroner|kronen",
    "SEK": "krona|kronor",
    "CHF": "fr|sfr|franken|schweizer franken|swiss francs",
    "franc": "franc|francs",
    "¥": "¥",
    "JPY": "yen|jp¥",
    "CNY": "yuan|rmb|renminbi|cn¥",
    "INR": "₹",
    "Rs": "rs|rupee|rupees",
    "PLN": "zl|zloty|zlote|zlotych",
    "CZK": "kc|koruna|koruny|korun",
    "HUF": "ft|forint",
    "RON": "leu|lei",
    "TRY": "₺|tl",
    "ILS": "₪|nis|shekel|shekels",
    "UAH": "₴",
    "RUB": "₽",
    "KRW": "₩",
    "VND": "₫",
    "THB": "฿|baht",
    "PHP": "₱",
    "NGN": "₦|naira",
    "ZAR": "rand",
    "IDR": "rp|rupiah",
    "MYR": "rm|ringgit",
    "BRL": "r$|reais",
    "peso": "peso|pesos",
    "MXN": "mx$|mex$",
    "CAD": "c$|ca$|can$|cad$|$ ca|canadian dollars",
    "AUD": "a$|au$|aud$|australian dollars",
    "NZD": "nz$",
    "HKD": "hk$",
    "SGD": "s$|sg$",
    "TWD": "nt$",
}
_IN_SMALL_LETTERS = (
    "EUR USD GBP CHF SEK NOK DKK ISK PLN CZK HUF RON BGN BRL MXN ARS COP CLP PEN INR JPY CNY AUD NZD CAD SGD HKD TWD "
    "ZAR AED SAR ILS KRW RUB UAH THB IDR MYR PHP VND KES NGN EGP"
)
"""Currencies whose code is a code in small letters, too: no word of a language."""
_NO_CURRENCY = frozenset({"ALL", "TOP"})
"""Codes that are words in capitals more often."""

SHARED: Mapping[str, frozenset[str]] = {
    "$": frozenset(["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP", "BRL"]),
    "kr": frozenset(["SEK", "NOK", "DKK", "ISK"]),
    "¥": frozenset(["JPY", "CNY"]),
    "Rs": frozenset(["INR", "PKR", "LKR", "NPR", "MUR", "SCR"]),
    "franc": frozenset(["CHF", "XOF", "XAF", "XPF"]),
    "peso": frozenset(["MXN", "ARS", "CLP", "COP", "UYU", "PHP", "DOP", "CUP"]),
}
"""The signs and words of several currencies, each with these. Alone it stands for itself."""

_ROLES: Mapping[int, str] = {
    AT_LEAST: "more than|greater than|larger than|over|above|at least|min|minimum|starting at|starting from|from"
    "|no less than|not less than|upwards of|>|> =|≥|ab|mehr als|uber|ueber|mindestens|minimal|nicht weniger als"
    "|plus de|a partir de|au moins|pas moins de|superieur a|mas de|al menos|por lo menos|desde|minimo|no menos de"
    "|superior a|piu di|oltre|almeno|da|a partire da|non meno di|superiore a|meer dan|vanaf|minstens|minimaal|boven"
    "|ten minste|niet minder dan|mais de|acima de|pelo menos|no minimo|nao menos de|mer an|fran|minst|mere end"
    "|mer enn|mindst|ikke mindre end|ikke mindre enn|ponad|powyzej|od|wiecej niz|co najmniej|nie mniej niz|fra",
    AT_MOST: "less than|smaller than|lower than|under|below|at most|max|maximum|no more than|not more than|<|< =|≤"
    "|weniger als|unter|hochstens|hoechstens|maximal|nicht mehr als|bis maximal|bis max|moins de|au plus"
    "|au maximum|pas plus de|inferieur a|menos de|como maximo|maximo|no mas de|inferior a|meno di|al massimo"
    "|massimo|sotto|non piu di|inferiore a|minder dan|hooguit|ten hoogste|maximaal|onder|niet meer dan|no maximo"
    "|abaixo de|nao mais de|mindre an|hogst|inte mer an|mindre end|mindre enn|hojst|hoyst|ikke mere end|ikke mer enn"
    "|maks|maksymalnie|mniej niz|ponizej|co najwyzej|nie wiecej niz",
    OR_MORE: "+|plus|or more|and more|or above|and above|and up|or over|and over|or higher|upwards|minimum|min"
    "|at least|und mehr|oder mehr|mindestens|aufwarts|et plus|ou plus|au moins|y mas|o mas|minimo|e piu|o piu|almeno"
    "|en meer|of meer|e mais|ou mais|och mer|eller mer|og mer|og mere|eller mere|minst|i wiecej|lub wiecej",
    OR_LESS: "max|maximum|or less|or under|and under|or below|and below|or lower|at most|tops|oder weniger"
    "|und weniger|hochstens|hoechstens|maximal|ou moins|et moins|au plus|au maximum|au max|o menos|y menos|maximo"
    "|como maximo|o meno|e meno|massimo|al massimo|of minder|en minder|maximaal|ou menos|e menos|no maximo"
    "|eller mindre|och mindre|og mindre|hogst|hojst|hoyst|lub mniej|i mniej|maks",
    TO: "to|-|..|...|through|thru|a",
    UP_TO: "up to|until|till|bis|bis zu|jusqu ' a|hasta|fino a|tot|ate|upp till|til|op til|opp til|do",
    BETWEEN: "between|zwischen|entre|tra|fra|tussen|mellan|mellem|mellom|miedzy|pomiedzy",
    AND: "and|und|et|y|e|en|och|og|i",
    NOTHING: "about|around|approx|approximately|roughly|some|say|estimated|circa|ca|c|cca|cirka|zirka|~|≈|etwa"
    "|rund|ungefahr|environ|aproximadamente|aprox|unos|unas|cerca de|alrededor de|ongeveer|omkring|ungefar|omtrent"
    "|okolo|±|budget|amount|total|betrag|summe|price|preis|montant|importe|importo|bedrag|valor|presupuesto|orcamento"
    "|a|of|is|our|the|my|only|nur|net|netto|gross|brutto|von|de|van|di|d '|:|,|.",
    COUNTED: "employee|employees|people|person|persons|staff|fte|ftes|headcount|size|mitarbeiter|mitarbeitende"
    "|mitarbeiterinnen|beschaftigte|angestellte|personen|leute|employes|salaries|personnes|empleados|trabajadores"
    "|personas|dipendenti|addetti|persone|medewerkers|werknemers|funcionarios|colaboradores|pessoas|anstallda"
    "|ansatte|medarbejdere|personer|pracownikow|osob",
}


_WITH_CURRENCY = {"mil euros": "EUR", "mil dolares": "$", "mil reais": "BRL", "mil pesos": "peso"}
"""A thousand with its currency: `mil` alone is a million in other languages."""


@cache
def phrases() -> Phrases:
    """Returns what each word or phrase of an amount means."""
    found: dict[str, dict[tuple[str, ...], Meaning]] = {}
    for phrase, means in _entries():
        first, *rest = phrase.split()
        of_first = found.setdefault(first, {})
        known = of_first.get(tuple(rest), Meaning())
        of_first[tuple(rest)] = Meaning(
            known.roles | means.roles, means.multiple or known.multiple, means.currency or known.currency
        )
    return {first: tuple(sorted(each.items(), key=lambda entry: -len(entry[0]))) for first, each in found.items()}


def _entries() -> Iterator[tuple[str, Meaning]]:
    for role, listed in _ROLES.items():
        yield from ((phrase, Meaning(role)) for phrase in listed.split("|"))
    for multiple, listed in _MULTIPLES.items():
        yield from ((word, Meaning(multiple=multiple)) for word in listed.split())
    yield from ((f"mil {word}", Meaning(multiple=Multiple(BILLION))) for word in ("millones", "milhoes"))
    yield from ((words, Meaning(0, Multiple(THOUSAND), currency)) for words, currency in _WITH_CURRENCY.items())
    for currency, listed in _CURRENCIES.items():
        yield from ((phrase, Meaning(currency=currency)) for phrase in listed.split("|"))
    yield from ((code.casefold(), Meaning(currency=code)) for code in _IN_SMALL_LETTERS.split())


def word_in_capitals(word: str) -> Meaning | None:
    """Returns the meaning of a currency's code, such as `EUR`; None for any other word."""
    return Meaning(currency=word) if word in CODES and word not in _NO_CURRENCY else None


def joined_word(word: str) -> Meaning | None:
    """Returns the meaning of a word that joins multiple and currency, such as `teur`, `mkr` or `k$`; else None."""
    for length in (3, 2, 1):
        multiple, currency = _alone(word[:length]).multiple, _alone(word[length:]).currency
        if word[:length] in _JOINS and multiple and currency:
            return Meaning(0, multiple, currency)
    return None


_JOINS = frozenset(["tsd", "mio", "mrd", "mn", "md", "bn", "k", "t", "m"])


def _alone(word: str) -> Meaning:
    """Returns the meaning of a single word."""
    return next((means for rest, means in phrases().get(word, ()) if not rest), Meaning())
