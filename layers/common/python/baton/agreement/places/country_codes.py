"""Finds the code of a country by what people and tools write: `DE` for `Germany`, `GER`, `D.E.`, `de-DE`."""

import re

from baton.agreement.places.place_names import codes_by_name, folded

_ISO_3166 = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT "
    "BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH "
    "ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT "
    "HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS "
    "LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI "
    "NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG "
    "SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG "
    "UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW"
)
COUNTRIES = frozenset(_ISO_3166.split())
"""The codes of ISO 3166-1, and XK for Kosovo."""
_ALSO = {"UK": "GB", "EL": "GR"}
"""Codes that other lists have: the United Kingdom's own, and the European Union's for Greece."""
_CODE = r"[A-Za-z]{2}"
_DOTTED = r"(?:[A-Za-z]\.\s?)+[A-Za-z]?\.?"
_LOCALE = r"[a-z]{2,3}[-_](?:[A-Z][a-z]{3}[-_])?([A-Z]{2})"
_REGION = r"([A-Z]{2})-[A-Z0-9]{1,3}"
_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"
_DIAL_CODE = r"\(?\+ ?[0-9][0-9 -]{0,6}\)?"
_BETWEEN = r"[()\[\]/|,;:]|\s[-\u2013\u2014]\s"


def country_code(said: str) -> str | None:
    """Returns the code in capitals; None if what was said is no country for certain.

    It is never guessed: a name is one of CLDR's, in any common language, or none. Several spellings in one text must
    mean the same country, as in `Germany (DE)`.
    """
    text = re.sub(_FLAG, "", re.sub(_DIAL_CODE, "", said)).strip()
    if not text:
        return _of_flag(said)
    if (code := _single(text)) is not None:
        return code
    parts = [part.strip() for part in re.split(_BETWEEN, text) if part.strip()]
    codes = {_single(part) for part in parts} if len(parts) > 1 else set()
    return codes.pop() if len(codes) == 1 else None


def _single(text: str) -> str | None:
    if re.fullmatch(_CODE, text):
        code = text.upper()
        return code if code in COUNTRIES else _ALSO.get(code)
    for shape in (_LOCALE, _REGION):
        if (found := re.fullmatch(shape, text)) and found[1] in COUNTRIES:
            return found[1]
    key = folded(text)
    if len(key) == 2 and key.isascii():  # "U.S.", but not "n/a", which is no Namibia
        return _single(key) if re.fullmatch(_DOTTED, text) and key != "na" else None
    names = codes_by_name("countries")
    return names.get(key) or names.get(key.removeprefix("the"))


def _of_flag(said: str) -> str | None:
    found = re.search(_FLAG, said)
    return _single("".join(chr(ord(sign) - 0x1F1E6 + ord("A")) for sign in found[0])) if found else None
