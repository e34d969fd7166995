"""Reads what lists and tools say of consents and opt-outs: `Yes`, `Unsubscribed`, `Do Not Allow`, or the day of it."""

import re
from enum import StrEnum

from baton.intake.names.usual_names import name_key


class Wish(StrEnum):
    """What a cell says of a person's wish to get mail."""

    OPTED_IN = "opted_in"
    OPTED_OUT = "opted_out"
    NOTHING = "nothing"


_YES = frozenset(
    {"1", "yes", "y", "true", "t", "x", "on", "checked", "ja", "j", "wahr", "oui", "o", "vrai", "si", "s"}
    | {"verdadero", "vero", "sim", "tak"}
)
_NO = frozenset(
    {"", "0", "no", "n", "false", "f", "off", "none", "null", "na", "nein", "falsch", "non", "faux", "falso"}
    | {"nao", "nie"}
)
_TICKS = frozenset("✓✔☑✅🗸")
_OUT = frozenset(
    {"unsubscribed", "unsubscribe", "optedout", "optout", "donotallow", "donotcontact", "donotemail", "donotmail"}
    | {"withdrawn", "revoked", "denied", "declined", "refused", "blocked", "blocklisted", "blacklisted", "suppressed"}
    | {"abgemeldet", "widerrufen", "gesperrt", "abgelehnt", "desabonne", "desinscrit", "refuse", "nepascontacter"}
    | {"baja", "dadodebaja", "cancelado", "revocado", "nocontactar", "disiscritto"}
)
_IN = frozenset(
    {"subscribed", "optedin", "optin", "doubleoptin", "confirmed", "confirmedoptin", "allow", "allowed", "granted"}
    | {"given", "agreed", "accepted", "consented", "explicit", "express", "active"}
    | {"abonniert", "angemeldet", "zugestimmt", "erteilt", "eingewilligt", "abonne", "inscrit", "accepte"}
    | {"suscrito", "aceptado", "consentido", "iscritto"}
)
_NEITHER = frozenset(
    {"nonsubscribed", "notsubscribed", "neversubscribed", "noconsent", "notoptedin", "pending", "unknown", "notset"}
    | {"unconfirmed", "archived", "transactional", "implied", "notspecified", "unbekannt", "inconnu", "desconocido"}
)
_SAYS_WHEN = re.compile(
    r"\d{1,4}([-./])\d{1,2}\1\d{2,4}\b|\d{1,2}\.?[- ][^\W\d_]{3,10}\.?[- ]\d{4}\b"
    r"|[A-Za-z]{3,9} \d{1,2}, \d{4}\b|\d{5}$|\d{9,13}$"
)
_LONGEST = 60


def read_opt_out(written: str) -> Wish:
    """Returns what a cell of an opt-out column says; a day is the day on which the person opted out.

    Raises:
        ValueError: it says neither yes nor no.
    """
    wish = _read(written, Wish.OPTED_OUT)
    return Wish.NOTHING if wish is Wish.OPTED_IN else wish


def opts_out(value: object) -> bool:
    """Tells whether a tool's field for opt-outs, such as `HasOptedOutOfEmail`, says clearly that the person did."""
    try:
        return read_opt_out(str(value)) is Wish.OPTED_OUT
    except ValueError:
        return False


def read_consent(written: str) -> Wish:
    """Returns what a cell of a column of consents or of their status says; a day is the day of the consent.

    A plain `No` is no opt-out: the person has not agreed.

    Raises:
        ValueError: it says neither yes nor no.
    """
    return _read(written, Wish.OPTED_IN)


def _read(written: str, yes: Wish) -> Wish:
    key = name_key(written)
    if key in _YES or written in _TICKS or _SAYS_WHEN.match(written[:_LONGEST]):
        return yes
    if key in _NO or key in _NEITHER:
        return Wish.NOTHING
    if key in _OUT or key in _IN:
        return Wish.OPTED_OUT if key in _OUT else Wish.OPTED_IN
    raise ValueError("says neither yes nor no; write yes or no, subscribed or unsubscribed, or the day of it")
