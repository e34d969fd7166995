"""Writes phone numbers as E.164 has them, such as `+49301234567`, where the number or a country says how."""

import re

_FAX = r"(?i)fax"
_EXTENSION = (
    r"(?i)(?:(?<![^\W\d_])(?:ext(?:ensi[oó]n|ension)?|x|durchwahl|dw|poste|app(?:arat)?|int(?:erno)?|anexo|ramal|toestel)|#)"
    r"[ .:]*[0-9]{1,7}\W*$"
)
_STRETCH = r"[+(]*[0-9][0-9 ().\-/]*"
_AREA_AND_NUMBER = r"([+(]*[0-9][0-9 ().\-]*)/([ (.\-]*[1-9][0-9 ().\-]*)"
_MOST_DIGITS_OF_AREA = 7


def international_phone(phone: str, country: str | None) -> str | None:
    """Returns a number as E.164 has it, without its extension; `country` is a code that says how to read it.

    None if it is not certain: no valid number, none with its country, a fax, or several numbers in one text.
    """
    number = _one_number(phone)
    if number is None:
        return None
    tries = [number] if number.startswith("+") or country else []
    if number.startswith("00"):  # as Europe dials abroad, whichever country is known
        tries.append(f"+{number[2:].lstrip()}")
    return next((found for text in tries if (found := _parsed(text, country))), None)


def same_phone(one: str, other: str, country: str | None) -> bool:
    """Tells whether two texts are certainly the same number and the same extension, as `030 1` and `+4930 1` are."""
    number = international_phone(one, country)
    if number is None or number != international_phone(other, country):
        return False
    extensions = [re.search(_EXTENSION, phone) for phone in (one, other)]
    said = [re.sub(r"\D", "", found[0]) if found else "" for found in extensions]
    return said[0] == said[1]


def _one_number(phone: str) -> str | None:
    """Returns the digits and marks of the one number in a text; None if there are several, or none."""
    if re.search(_FAX, phone):
        return None
    stretches = re.findall(_STRETCH, re.sub(_EXTENSION, "", phone))
    if len(stretches) != 1:
        return None
    number: str = stretches[0].strip()
    if "/" in number:
        parts = re.fullmatch(_AREA_AND_NUMBER, number)
        if parts is None or sum(map(str.isdigit, parts[1])) > _MOST_DIGITS_OF_AREA or parts[1][0] not in "+0(":
            return None
        number = f"{parts[1]} {parts[2]}"
    return number


def _parsed(number: str, country: str | None) -> str | None:
    import phonenumbers  # 40 ms, and only what shows a phone number needs it  # noqa: PLC0415

    try:
        found = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(found):
        return None
    return str(phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164))
