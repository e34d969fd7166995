"""Brings e-mail addresses into the one spelling that leads are known by."""

from functools import lru_cache

from baton.domain.identity.email_patterns import EmailNotValidError, validate_email


@lru_cache(maxsize=64)  # a line of a list asks for the same address four times
def normalise_email(text: str) -> str:
    """Returns an address in the one spelling that leads are known by: ` Anna@ACME.com` becomes `anna@acme.com`.

    Unicode is normalised, and letters are lower case.

    Raises:
        ValueError: no mail could reach it.
    """
    try:
        checked = validate_email(text.strip(), check_deliverability=False)
    except EmailNotValidError as fault:
        raise ValueError(str(fault)) from fault
    return checked.normalized.lower()
