"""Checks an e-mail address in a form, a signal, or a list; what phones and mail programs put around it is taken off."""

import re
from unicodedata import normalize
from urllib.parse import unquote

_MARKS = "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]"
_IN_ANGLES = r"[^<>]*<([^<>@]+@[^<>@]+)>[^<>@]*"
_SCHEME = r"(?is)mailto:/{0,2}([^?]*)(?:\?.*)?"
_LABEL = r"(?i)e-?mail\s*:\s*"
_AROUND_AT = r"\s*@\s*"
_BEFORE, _BEHIND = (
    " \t\"'`\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb([{<",
    " \t\"'`\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb)]}>.,;:",
)


def check_email(answer: str) -> str:
    """Returns the address as leads are known by it: `Ann@Acme.COM` becomes `ann@acme.com`.

    An address that is fine as it stands is never changed further. Otherwise what copying adds is taken off: invisible
    marks, `mailto:`, a name with angle brackets, quotes, a dot or a comma behind it.

    Raises:
        ValueError: no mail could reach it; the text says the remedy.
    """
    from baton.domain.identity.normalised_emails import normalise_email  # slow, and few fields are addresses  # noqa: PLC0415

    for address in (answer, _bare_address(answer)):
        try:
            return normalise_email(address)
        except ValueError:
            continue
    raise ValueError("is not an address that mail could reach; write it like name@company.com")


def _bare_address(answer: str) -> str:
    bare = normalize("NFKC", re.sub(_MARKS, "", answer)).strip()
    if found := re.fullmatch(_IN_ANGLES, bare):
        bare = found[1].strip()
    bare = re.sub(_LABEL, "", bare.lstrip(_BEFORE), count=1)
    if found := re.fullmatch(_SCHEME, bare):
        bare = unquote(found[1])
    return re.sub(_AROUND_AT, "@", bare.lstrip(_BEFORE).rstrip(_BEHIND))
