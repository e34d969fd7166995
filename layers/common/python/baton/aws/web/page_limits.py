"""The `limit` of a list: how many rows a page has."""

from baton.domain.basics.refusals import WrongField


def page_limit(asked: str | None, usual: int, most: int) -> int:
    """Returns how many rows a page has: as many as were asked for, or what is usual.

    Raises:
        WrongField: it is no whole number from 1 to `most`.
    """
    if not asked:
        return usual
    if not (asked.isascii() and asked.isdigit() and len(asked) <= len(str(most)) and 1 <= int(asked) <= most):
        raise WrongField("limit", f"must be a whole number from 1 to {most}")
    return int(asked)
