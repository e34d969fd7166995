"""Reads a consent box: a browser sends `on` for a ticked one, a script `yes`, `true` or `1`; and a tool's opt-out."""

import re

YES, NO = frozenset({"yes", "on", "true", "1"}), frozenset({"no", "off", "false", "0"})


def check_consent(answer: str) -> str | None:
    """Returns `yes` for a ticked box, and None for one that says no.

    Raises:
        ValueError: it is neither yes nor no.
    """
    if answer.casefold() not in YES | NO:
        raise ValueError("is neither yes nor no; tick the box, or leave it empty")
    return "yes" if answer.casefold() in YES else None


_OUT = YES | {"y", "t", "x", "ja", "oui", "si", "sí", "sim", "wahr", "vrai", "verdadero", "out", "optout", "unsub"}
_OUT |= {"opt out", "opt-out", "opted out", "opted-out", "unsubscribed", "abgemeldet", "do not email", "do not allow"}
_IN = NO | {"n", "f", "nein", "non", "falsch", "faux", "falso", "opted in", "opted-in", "in", "subscribed", "allow"}
_A_DATE = re.compile(r"[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4}.{0,30}|[0-9]{9,13}")
"""A day, or a Unix time, as in a column that says when somebody opted out."""


def read_opt_out(value: object) -> bool | None:
    """Returns whether a tool's field, such as `HasOptedOutOfEmail`, says that the person wants no mail.

    None if it says nothing that is clear. The time at which somebody opted out is a yes.
    """
    text = str(value).strip().casefold()[:60]
    if text in _OUT or _A_DATE.fullmatch(text):
        return True
    return False if text in _IN else None
