"""Reads a consent box: a browser sends `on` for a ticked one, a script `yes`, `true` or `1`."""

YES, NO = frozenset({"yes", "on", "true", "1"}), frozenset({"no", "off", "false", "0"})


def check_consent(answer: str) -> str | None:
    """Returns `yes` for a ticked box, and None for one that says no.

    Raises:
        ValueError: it is neither yes nor no.
    """
    if answer.casefold() not in YES | NO:
        raise ValueError("is neither yes nor no; tick the box, or leave it empty")
    return "yes" if answer.casefold() in YES else None
