"""Shows e-mail addresses and domains: one that only looks like another is marked and cannot be clicked.

An address looks like another if a part of it mixes alphabets, if all its letters have a twin in ASCII although its
domain is of another alphabet (`аррӏе.com`), or if it has mathematical, full-width or phonetic letters. A name or domain
in one alphabet, such as `müller.de` or `пример.рф`, is an ordinary one, and shown in both spellings.
"""

import re
from unicodedata import category, name, normalize

from baton.domain.leads.lead import Lead
from baton.outreach.text.untrusted_text import defang, defanged_line, one_line

_PLAIN_DOMAIN = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?"
_EMAIL = r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+"
_PARTS_OF_NAME = "[.+_-]"

_TWINS = frozenset(
    "асеорхуіјѕԁһӏѵԛԝкӕ"  # Cyrillic, as in a c e o p x y i j s d h l v q w k æ
    "αγικνορτυχωϲϳ"  # Greek, as in a y i k v o p t u x w c j
    "օոսհցզյգք"  # Armenian, as in o n u h g q j q p
)
_OF_EAST_ASIA = frozenset({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC"})
_PHONETIC = (range(0x250, 0x2B0), range(0x1D00, 0x1D80))
_IN_WORDS = {
    "CJK": "Chinese",
    "FULLWIDTH": "full-width",
    "MATHEMATICAL": "mathematical",
    "phonetic": "phonetic",
    "marked": "with marks added",
}


def alphabets_of_disguise(address: str) -> tuple[str, ...]:
    """Returns the alphabets by which an address, or a domain, looks like another one; empty of an ordinary one."""
    before, at, domain = address.rpartition("@")
    labels = _in_letters(domain).split(".")
    of_the_end = _alphabets(labels[-1])
    found = dict.fromkeys(each for part in labels for each in _disguise(part, of_the_end))
    names = re.split(_PARTS_OF_NAME, before) if at else []
    found |= dict.fromkeys(each for part in names for each in _disguise(part, of_the_end))
    return tuple(_IN_WORDS.get(each, each.capitalize()) for each in found)


def _disguise(part: str, of_the_end: set[str]) -> list[str]:
    """Returns the alphabets in a name, or a label of a domain, that make it look like another."""
    odd = [kind for sign, before in zip(part, " " + part, strict=False) if (kind := _oddity(sign, before))]
    alphabets = _alphabets(part)
    foreign = sorted(alphabets - {"LATIN"})
    if odd or not foreign:
        return odd
    mixed = len(alphabets) > 1 and not alphabets <= _OF_EAST_ASIA | {"LATIN"}
    twins = not alphabets & of_the_end and all(sign in _TWINS for sign in part if sign.isalpha())
    return foreign if mixed or twins else []


def _oddity(sign: str, before: str) -> str | None:
    """Returns what a sign is that no ordinary address has; None of an ordinary one."""
    if sign.isascii():
        return None
    if normalize("NFKC", sign) != sign:
        return name(sign, "special").split()[0]
    if any(ord(sign) in letters for letters in _PHONETIC):
        return "phonetic"
    return "marked" if before.isascii() and category(sign) == "Mn" else None


def _alphabets(part: str) -> set[str]:
    return {name(sign, "another").split()[0] if not sign.isascii() else "LATIN" for sign in part if sign.isalpha()}


def _in_letters(domain: str) -> str:
    if "xn--" not in domain:
        return domain
    import idna  # few domains need it  # noqa: PLC0415

    try:
        return idna.decode(domain)
    except (idna.IDNAError, UnicodeError):
        return domain


def _in_ascii(domain: str) -> str:
    if domain.isascii():
        return domain
    import idna  # few domains need it  # noqa: PLC0415

    try:
        return idna.encode(domain, uts46=True).decode()
    except (idna.IDNAError, UnicodeError):
        return domain


def shown_email(address: str) -> dict[str, str]:
    """Returns the lines of a mail that show an address, by their labels; one in disguise cannot be clicked."""
    line = one_line(address, 254)
    before, _, domain = line.rpartition("@")
    alphabets = alphabets_of_disguise(line)
    if not alphabets:
        if not re.fullmatch(_EMAIL, "".join(sign for sign in line if category(sign)[0] != "M")):
            return {"E-mail": defanged_line(line, 254)}
        in_ascii = {"E-mail in ASCII": f"{before}@{_in_ascii(domain)}"} if not domain.isascii() else {}
        return {"E-mail": line, **in_ascii}
    spelled = "" if domain.isascii() else f"; its domain is {defang(_in_ascii(domain))}"
    return {
        "E-mail": defanged_line(line, 254),
        "CAREFUL": f"the address is written with letters of another alphabet: {', '.join(alphabets)}{spelled}",
    }


def shown_domain(domain: str | None) -> str:
    """Returns a domain that Baton derived or staff listed, to be tapped on a phone; an international one twice.

    One in disguise cannot be tapped.
    """
    plain = one_line(domain or "", 253)
    if not re.fullmatch(_PLAIN_DOMAIN, plain) or alphabets_of_disguise(plain):
        return defanged_line(plain, 253)
    letters = _in_letters(plain)
    return plain if letters == plain else f"{defang(letters)}, {plain}"


def shown_company_domain(lead: Lead) -> str:
    """Returns the domain of a lead's company, to be tapped if it is that of their address or of a listed account."""
    domain, host = lead.company.domain or "", _in_ascii(lead.address.rpartition("@")[2])
    is_theirs = host == domain or host.endswith(f".{domain}")
    is_listed = lead.account is not None and lead.account.domain == domain
    return shown_domain(domain) if is_theirs or is_listed else defanged_line(domain)
