"""What the sentences of a timeline share: who did it and when, labels, and what people typed.

A sentence is written as one text. What in it a reader sees otherwise, a moment in their own zone or an id by its label,
is put into it as a mark, and the marks are told apart in the end.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from baton.agreement.terms.agreement import Agreement
from baton.domain.basics.days import date_at
from baton.domain.basics.moments import date_text
from baton.domain.events.happened import Happened
from baton.domain.events.recorded import Recorded
from baton.domain.terms import agreed_labels as labels
from baton.outreach.text.times_and_names import in_words, moment
from baton.outreach.text.untrusted_text import one_line

LIMIT = 200
"""What somebody typed is cut after so many characters; the event beside the sentence has all of it."""


_MARK = re.compile("\ue000(\\d+)\ue001")
"""The place of a part in a sentence; `one_line` drops these two signs from what strangers typed."""


class Part(NamedTuple):
    """A part of a sentence: its text, and the moment that it tells, or the label or the lead of the id that it is."""

    text: str
    at: datetime | None = None
    label: str | None = None
    lead: str | None = None


class Teller(NamedTuple):
    """An event with the agreement that names things, and the parts that were marked; times are in its zone.

    `addresses` are those of other leads, by id, which events beside this one have.
    """

    recorded: Recorded
    agreement: Agreement
    marked: list[Part]
    addresses: Mapping[str, str] = MappingProxyType({})

    @property
    def is_person(self) -> bool:
        """Tells whether a person did it, and not Baton."""
        return "@" in self.recorded.by

    @property
    def who(self) -> str:
        """Returns who did it: a person's address, or Baton."""
        return self.recorded.by if self.is_person else "Baton"

    def when(self, at: datetime | None) -> str:
        """Returns the mark of a moment with its day; empty without one."""
        zone = self.agreement.time_zone
        return self._mark(Part(moment(at, None if zone == "UTC" else zone), at=at)) if at else ""

    def until(self, at: datetime) -> str:
        """Returns a date that somebody gave as that date, in the agreement's zone; the mark of any other moment."""
        given = date_at(at, self.agreement.time_zone)
        return date_text(given) if given else self.when(at)

    def content(self, name: str) -> str:
        """Returns the mark of what somebody read, which the agreement has a title for; else its name on one line."""
        title = next((each["title"] for each in self.agreement.rules["content"] if each["id"] == name), None)
        shown = one_line(name, LIMIT)
        return self._mark(Part(shown, label=one_line(title, LIMIT))) if title else shown

    def lead(self, lead_id: str, email: str | None = None) -> str:
        """Returns the mark of another lead's id; its label is the address that it was known by, if events have it."""
        known = email or self.addresses.get(lead_id)
        return self._mark(Part(lead_id, label=known and one_line(known), lead=lead_id))

    def _mark(self, part: Part) -> str:
        self.marked.append(part)
        return f"\ue000{len(self.marked) - 1}\ue001"

    def parts(self, sentence: str) -> list[Part]:
        """Returns a sentence in parts, with each mark as what it stands for."""
        texts = _MARK.split(sentence)
        found = [self.marked[int(text)] if at % 2 else Part(text) for at, text in enumerate(texts)]
        return [each for each in found if each.text]

    def team(self, name: str | None) -> str:
        """Returns a team's label."""
        return one_line(labels.team_label(name, self.agreement)) if name else "the team"

    def reason(self, name: str) -> str:
        """Returns the label of a reason to return a lead, as it stands within a sentence."""
        return one_line(labels.return_reason_label(name, self.agreement))


Tell = Callable[[Teller, Any], str]
Sentences = dict[str, Tell]
"""Sentences of a language by the name of the kind of event."""


def tells(kind: type[Happened], of: Sentences) -> Callable[[Tell], Tell]:
    """Registers the decorated function as the sentence of a kind of event in a language."""

    def register(tell: Tell) -> Tell:
        of[kind.__name__] = tell
        return tell

    return register


def typed(text: str | None, before: str = ": ") -> str:
    """Returns what somebody typed, on one line behind a mark; empty if they typed nothing."""
    return f"{before}{one_line(text, LIMIT)}" if text and text.strip() else ""


def fact_names(names: Iterable[str]) -> str:
    """Returns facts in words: `title, company name` for `profile.title` and `company.name`."""
    return ", ".join(in_words(name.removeprefix("profile.").removeprefix("bant.").replace(".", " ")) for name in names)
