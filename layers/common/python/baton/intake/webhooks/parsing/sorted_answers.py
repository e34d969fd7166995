"""Sorts a tool's answers: facts of the lead, properties of the signal, and the rest as lines of the message."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from unicodedata import normalize

from baton.agreement.terms.rules import ATTRIBUTE
from baton.domain.leads.person_facts import AnswerValue, MailChoice
from baton.intake.fields.fact_fields import FACTS, FULL_NAME, SALUTATION, is_no_job, read_answer, read_text
from baton.intake.fields.field_text import MAX_IN_ONE
from baton.intake.names.consent_words import opts_out
from baton.intake.signals.signal_fields import MAX_PROPERTIES
from baton.intake.webhooks.parsing.parsed_signal import ParsedSignal
from baton.intake.webhooks.parsing.tool_names import IGNORE, ToolNames, slug

MAX_MESSAGE = 4000

Entry = tuple[str | tuple[str, ...], object]
"""An answer with its name, or with several names for the same field."""


@dataclass(slots=True)
class SortedAnswers:
    """The answers in one part of a delivery: facts, properties, and the rest as lines of the message.

    `empty` are the facts for which the tool has no value.
    """

    names: ToolNames
    email: str | None = None
    campaign: str | None = None
    content: str | None = None
    properties: dict[str, AnswerValue] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    opted_out: bool = False
    empty: set[str] = field(default_factory=set)

    @property
    def message(self) -> str | None:
        """Returns the lines as one message of at most 4,000 characters."""
        written = normalize("NFC", "\n".join(self.lines)[: MAX_MESSAGE * MAX_IN_ONE]).strip()
        shown = "".join(sign if sign.isprintable() or sign in "\n\t" else " " for sign in written)
        return (shown if len(shown) <= MAX_MESSAGE else f"{shown[: MAX_MESSAGE - 1]}…") or None

    def signal(self, message_id: str, kind: str, email: Any, at: str | None, **more: Any) -> ParsedSignal:
        """Returns a signal with all of these answers."""
        fields = {"campaign": self.campaign, "message": self.message, "properties": self.properties}
        cleared = tuple(sorted(self.empty - self.properties.keys()))
        content = {"id": self.content} if self.content else None
        choice = MailChoice(wanted=False, cause="record") if self.opted_out else None
        return ParsedSignal(
            message_id,
            kind,
            email,
            at,
            **{"content": content, "mail_choice": choice, "cleared": cleared, **fields, **more},
        )

    def add(self, entries: Iterable[Entry], *, usual: bool = True, in_words: bool = False) -> "SortedAnswers":
        """Adds answers, each in its place.

        Without `usual` only mapped names are facts of the person. With `in_words` an answer without a place goes into
        the message instead of the properties.
        """
        for given, answer in entries:
            value, names = single_value(answer), (given,) if isinstance(given, str) else given
            ours = self.names.agreed_field(*names) or (self.names.usual_field(*names) if usual else None)
            if ours == "title" and is_no_job(value):
                ours, names = None, (SALUTATION,)
            if value is not None and value != "" and ours != IGNORE:
                self._place(names[0], ours, value, in_words=in_words, clashes=not usual)
        return self

    def clear(self, entries: Iterable[Entry]) -> "SortedAnswers":
        """Marks the facts of a tool's record that are empty in it, so that what the tool said of them is cleared."""
        for given, answer in entries:
            names = (given,) if isinstance(given, str) else given
            ours = self.names.agreed_field(*names) or self.names.usual_field(*names)
            is_fact = ours is not None and ours != FULL_NAME and (ours in FACTS or ours.startswith(ATTRIBUTE))
            if ours and is_fact and answer in (None, ""):
                self.empty.add(ours)
        return self

    def _place(self, name: str, ours: str | None, value: AnswerValue, *, in_words: bool, clashes: bool) -> None:
        if ours in ("email", "campaign", "content"):
            kept, before = _short(value, 254 if ours == "email" else 100), getattr(self, ours)
            if kept and (before is None or before.casefold() == kept.casefold()):
                setattr(self, ours, before or kept)
                return
        elif ours == "message":
            self.lines.insert(0, str(value))
            return
        elif ours == "opt_out":
            self.opted_out |= opts_out(value)
            if self._kept_as_property(slug(name), value, clashes=clashes):
                return
        elif ours is not None and ours.startswith(ATTRIBUTE):
            if self._kept_as_property(ours, value, clashes=clashes):
                return
        elif ours is not None:
            if self._kept_as_fact(ours, value):
                return
        elif not in_words and self._kept_as_property(slug(name), value, clashes=clashes):
            return
        self.lines.append(f"{name}: {value}")

    def _kept_as_fact(self, name: str, value: AnswerValue) -> bool:
        """Tells whether a fact is among the properties now, or nothing was said, such as `n/a` for a phone number."""
        try:
            fact = _fact(name, value)
        except ValueError:
            return False
        return fact is None or self.properties.setdefault(name, fact) == fact

    def _kept_as_property(self, name: str | None, value: AnswerValue, *, clashes: bool) -> bool:
        if name in FACTS:
            name = f"event.{name}" if clashes else None
        if not name or name in self.properties or len(self.properties) >= MAX_PROPERTIES - len(FACTS):
            return False
        try:
            kept = read_answer(value)
        except ValueError:
            return False
        if kept is not None:
            self.properties[name] = kept
        return True


def single_value(value: object) -> AnswerValue | None:
    """Returns a text or a number as it is, a list as one text `"a, b"`, and None for an object."""
    if isinstance(value, list):
        return ", ".join(str(each) for each in value if isinstance(each, str | int | float)) or None
    return value if isinstance(value, str | int | float) else None


def _short(value: AnswerValue, longest: int) -> str | None:
    try:
        return read_text(str(value), longest)
    except ValueError:
        return None


def _fact(name: str, value: AnswerValue) -> AnswerValue | None:
    """Returns a fact as it is stored, also for a number in place of a text; None if nothing was said.

    Raises:
        ValueError: it does not fit.
    """
    try:
        return FACTS[name](value)
    except ValueError:
        return FACTS[name](str(value))
