"""Finds the code of a language by its main part: `de` for `German`, `Deutsch`, `de-AT`, `ger`."""

import re

from baton.agreement.places.place_names import codes_by_name, folded

_ISO_639 = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv "
    "dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie "
    "ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv "
    "mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm "
    "rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts "
    "tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
LANGUAGES = frozenset(_ISO_639.split())
"""The codes of ISO 639-1."""
SAME_LANGUAGE = {
    "cmn": "zh",
    "in": "id",
    "iw": "he",
    "ji": "yi",
    "jw": "jv",
    "mo": "ro",
    "mol": "ro",
    "nb": "no",
    "nn": "no",
    "tgl": "fil",
    "tl": "fil",
}
"""Codes that mean the same main language as another: former ones, and the written forms of Norwegian."""
_TAG = r"([A-Za-z]{2,3})(?:[-_.@][A-Za-z0-9_.@-]*)?"
_FIRST = r"[,;|]"
_IN_BRACKETS = r"[(\[][^()\[\]]*[)\]]"
_BEFORE_PLACE = r"\s[-\u2013\u2014]\s.*|\s*/.*"


def language_code(said: str) -> str | None:
    """Returns the code in small letters; None if what was said is no language for certain.

    The country or the script behind it does not count: `pt-BR` and `Portuguese (Brazil)` are `pt`. Of several, as a
    browser lists them, the first counts.
    """
    text = re.split(_FIRST, said, maxsplit=1)[0].strip()
    if tag := re.fullmatch(_TAG, text):
        main = tag[1].lower()
        main = SAME_LANGUAGE.get(main, main)
        if main in LANGUAGES:
            return main
        if code := codes_by_name("languages").get(f"={main}"):
            return code
    names = codes_by_name("languages")
    for name in (text, re.sub(_IN_BRACKETS, "", text), re.sub(_BEFORE_PLACE, "", re.sub(_IN_BRACKETS, "", text))):
        if code := names.get(folded(name)):
            return code
    return None
