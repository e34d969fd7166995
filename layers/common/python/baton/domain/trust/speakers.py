"""The table of trust: who speaks of a lead, and how far each is believed. The docs and the rule both read it."""

from enum import IntEnum, StrEnum
from typing import NamedTuple


class Trust(IntEnum):
    """How far a word is believed. Who is trusted less never replaces what somebody trusted more said."""

    BESIDE = 0
    ANYBODY = 1
    CONFIRMED_ADDRESS = 2
    SIGNED = 3
    STAFF = 4


class Speaker(StrEnum):
    """Who says something of a lead, as events store it."""

    LIST_FILLING = "list_filling"
    MERGED = "merged"
    FORM = "form"
    ANYBODY = "anybody"
    CONFIRMED = "confirmed"
    TOOL = "tool"
    MACHINE = "machine"
    LIST = "list"
    EARLIER = "earlier"
    COLLEAGUE = "colleague"
    STAFF = "staff"


class Row(NamedTuple):
    """A row of the table of trust: how far a speaker is trusted, who it is in words, and why."""

    trust: Trust
    who: str
    why: str


TABLE: dict[Speaker, Row] = {
    Speaker.LIST_FILLING: Row(
        Trust.BESIDE,
        "a list, about a fact that it is not to replace",
        "its terms say so: it fills gaps, or is older (`existing`)",
    ),
    Speaker.MERGED: Row(
        Trust.BESIDE,
        "a lead that was merged into this one, about a fact on which somebody as trusted has spoken here",
        "who merges two leads says which of them stays",
    ),
    Speaker.FORM: Row(Trust.ANYBODY, "a form of your website", "anybody can send it in anybody's name"),
    Speaker.ANYBODY: Row(
        Trust.ANYBODY,
        "another tool's public form or booking page, a website's script, a record of Mautic",
        "the tool signs what it passes on, and does not know, or does not say, who typed it",
    ),
    Speaker.CONFIRMED: Row(
        Trust.CONFIRMED_ADDRESS,
        "a person whose address a tool has confirmed",
        "a kind of the agreement's `subscribes`, such as Mailchimp's after its mail was answered: the address's owner "
        "typed it, and nobody on our side has looked at it",
    ),
    Speaker.TOOL: Row(Trust.SIGNED, "a tool's webhook", "it is signed, and tells what stands in the tool's records"),
    Speaker.MACHINE: Row(Trust.SIGNED, "a machine", "it has a credential of its own, which an administrator gave it"),
    Speaker.LIST: Row(
        Trust.SIGNED,
        "a list",
        "marketing uploads it, and nobody has looked at each of its lines; so staff's word stays",
    ),
    Speaker.EARLIER: Row(
        Trust.SIGNED,
        "somebody, before Baton kept who",
        "no stranger may replace it, and what is newer and signed does; what staff entered is known from the history",
    ),
    Speaker.COLLEAGUE: Row(
        Trust.STAFF, "a colleague by `POST /signals`", "they are signed in, and say it of this person"
    ),
    Speaker.STAFF: Row(
        Trust.STAFF, "a colleague by `PATCH /leads/{id}`, or by taking over what another says", "they are signed in"
    ),
}
"""The table of trust, from the least trusted speaker to the most trusted one."""

TRUSTED = {
    Trust.BESIDE: "least: it is only kept beside the fact",
    Trust.ANYBODY: "as anybody",
    Trust.CONFIRMED_ADDRESS: "as the address's owner",
    Trust.SIGNED: "as signed",
    Trust.STAFF: "as staff",
}
"""How far each is trusted, in words."""


def table_in_words() -> list[str]:
    """Returns the rows of the table of trust, as the docs have it."""
    return [f"| {row.who} | {TRUSTED[row.trust]} | {row.why} |" for row in TABLE.values()]


FIRST_STANDS = frozenset({Trust.ANYBODY})
"""Where the first word stands among equals, and not the newer one: nobody can tell a stranger's from the lead's."""


def trust_in(speaker: str) -> Trust:
    """Returns how far a speaker is trusted; one that only a newer Baton knows is trusted least."""
    return TABLE[Speaker(speaker)].trust if speaker in TABLE else Trust.ANYBODY
