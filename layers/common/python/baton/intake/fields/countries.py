"""Checks a country: its code of two letters, such as `DE`, or its name in any language, kept as it was written."""

import re
from unicodedata import category

_CODE = r"[A-Za-z]{2}"
_NOTHING = r"(?i)[\W_]*|n\s?/\s?a|n\.\s?a\.|none|null|undefined|unknown"
_CHOOSE = r"(?i)[-\u2013\u2014\u2026. ]*(?:please )?(?:select|choose)\b.*|bitte (?:aus)?w\u00e4hlen.*"
_MARKS = frozenset(" '`\u00b4\u2019().,&-\u2010\u2011\u2013/\u00b7")
_MAX_NAME = 60


def check_country(answer: str) -> str | None:
    """Returns a country's code in capitals, `de` as `DE`, and anything else as it was written; None for `n/a`.

    `Please select` is no answer either. What conditions compare is the code behind it.

    Raises:
        ValueError: it is longer than 60 characters, or has signs that no country's name has.
    """
    if re.fullmatch(_CODE, answer):
        return answer.upper()
    from baton.agreement.places.country_codes import country_code  # only names need it  # noqa: PLC0415

    if (re.fullmatch(_NOTHING, answer) and country_code(answer) is None) or re.fullmatch(_CHOOSE, answer):
        return None
    lettered = category(answer[0])[0] == "L" and all(sign in _MARKS or category(sign)[0] in "LM" for sign in answer)
    if len(answer) > _MAX_NAME or not (lettered or country_code(answer)):
        raise ValueError(f"is not a country; write its two-letter code or its name in at most {_MAX_NAME} letters")
    return answer
