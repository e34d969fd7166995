"""A part of a delivery, read as a signal in the terms of `POST /signals`, or marked as unclear."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from baton.domain.leads.person_facts import AnswerValue, MailChoice
from baton.domain.meetings.meeting import Meeting
from baton.domain.trust.speakers import Speaker
from baton.intake.fields.json_documents import JsonObject


@dataclass(frozen=True, slots=True)
class ParsedSignal:
    """A signal as `POST /signals` takes it, with a message and the sender's ids of the person.

    Without an `email` the person is looked up by the first of the `ids`, else it is `mentioned_email`, without the ids.
    If there is neither, the signal waits under that id (`waits_as`) until its address is known. `from_person` says
    whether the person did it; None leaves that to its kind. So does `mail_choice` for whether they want mails; what
    `anybody` could have sent brings none back. `is_address_current` says that the address is the person's now, and
    `former_email` is the one before. `meeting` is what the tool says of a booked one. `cleared` are the facts that are
    empty in the tool. `speaker` is given if the tool passes on what somebody else typed.
    """

    message_id: str
    kind: str
    email: str | None = None
    at: str | None = None
    channel: str | None = None
    source: str | None = None
    campaign: str | None = None
    content: Mapping[str, str] | None = None
    properties: Mapping[str, AnswerValue] = field(default_factory=dict)
    message: str | None = None
    ids: tuple[str, ...] = ()
    mentioned_email: Any = None
    waits_as: str | None = None
    from_person: bool | None = None
    mail_choice: MailChoice | None = None
    anybody: bool = False
    cleared: tuple[str, ...] = ()
    speaker: Speaker | None = None
    is_address_current: bool = False
    former_email: str | None = None
    meeting: Meeting | None = None

    def sent(self, source: str) -> JsonObject:
        """Returns the signal as an object that `read_signal` reads; `source` is the webhook's."""
        named = {name: getattr(self, name) for name in ("message_id", "kind", "email", "at", "channel", "campaign")}
        parts = {"content": self.content, "properties": self.properties}
        objects = {name: _as_sent(part) for name, part in parts.items() if part}
        whose = [("source", self.source or source), ("anonymous_id", self.waits_as)]
        return JsonObject([*named.items(), *whose, *objects.items()])


def _as_sent(part: object) -> object:
    return JsonObject(list(part.items())) if isinstance(part, Mapping) else part


class UnclearPart(NamedTuple):
    """A part of a delivery that Baton cannot read; `why` quotes nothing of it."""

    why: str


class LetGoReason(StrEnum):
    """The reason why a part of a delivery is let go: it is understood, and makes no signal."""

    AGREED = "agreed"
    """The agreement maps it to `ignore`."""
    NOT_ABOUT_A_LEAD = "not_about_a_lead"
    """It tells nothing that a person did, such as that a mail was sent."""
    NAMES_NOBODY = "names_nobody"
    """It has neither an address nor an id."""
    TOO_MANY_WAIT = "too_many_wait"
    """As much waits already for the address of this person as is kept."""
    TOLD_BEFORE = "told_before"
    """It is older than its sender's attempts to send it again, so it came with an earlier delivery."""
    NOBODY_TO_ERASE = "nobody_to_erase"
    """A person was deleted for privacy of whom nothing is known."""
    TEST = "test"
    """Its vendor sent it so that somebody could try the webhook."""
    UNFINISHED = "unfinished"
    """The rest of it comes later."""
    EMPTY = "empty"
    """There is nothing in it."""


class LetGo(NamedTuple):
    """A part of a delivery that is let go; its reason is counted."""

    reason: LetGoReason


class SamePerson(NamedTuple):
    """The sender's ids of one person, whom it had as several."""

    ids: tuple[str, ...]


class DeletedPerson(NamedTuple):
    """The sender's id of a person whom it deleted for privacy."""

    id: str


def ignored(agreed_kind: str | None) -> LetGo:
    """Returns the part for an event of kind `ignore`; `agreed_kind` is the agreement's kind for it, if there is one."""
    return LetGo(LetGoReason.AGREED if agreed_kind else LetGoReason.NOT_ABOUT_A_LEAD)


DeliveryPart = ParsedSignal | UnclearPart | LetGo | SamePerson | DeletedPerson
