"""The one spelling of the e-mail addresses of staff: rosters, tokens, signatures and histories agree in it.

A roster keeps `sam@müller.example`; a token may carry `sam@xn--mller-kva.example`, which is the same mailbox.
"""

from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator


def staff_address(text: str) -> str:
    """Returns an address as rosters spell it: in small letters, an international domain in its own letters."""
    return as_rosters_spell(text.strip().lower())


def as_rosters_spell(text: str) -> str:
    """Returns an address with an international name or domain as rosters spell it; all else as it is."""
    if (text.isascii() and "xn--" not in text) or "@" not in text or ":" in text:
        return text
    return _normalised(text)


@lru_cache(1_000)
def _normalised(text: str) -> str:
    from baton.domain.identity.normalised_emails import normalise_email  # slow, and few domains need it  # noqa: PLC0415

    try:
        return normalise_email(text)
    except ValueError:  # of a domain that no roster can have
        return text


GivenAddress = Annotated[str, AfterValidator(staff_address)]
"""The address of somebody on our side in a request."""
StaffAddress = Annotated[str, AfterValidator(as_rosters_spell)]
"""Who on our side did something, or has it, in a record; an older one may spell it otherwise, or name a tool."""
