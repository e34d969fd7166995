"""Answers that are never refused: what cannot be read of them goes into the message, in the sender's words."""

from baton.domain.history.lead_facts import company_fact_name

FACTS_KEPT_IN_WORDS = ("phone", "country", company_fact_name("country"), "employees", "revenue")
"""A fact of these that cannot be read never costs the signal that came with it."""
MAX_WORDS = 200


def words_of(value: object) -> str | None:
    """Returns what was sent as one printable line of at most 200 characters.

    None if nothing is left of it, and for a list or an object.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        written = str(value)[: 4 * MAX_WORDS]
    except ValueError:  # a number of thousands of digits
        return None
    return (
        " ".join("".join(sign if sign.isprintable() else " " for sign in written).split())[:MAX_WORDS].strip() or None
    )
