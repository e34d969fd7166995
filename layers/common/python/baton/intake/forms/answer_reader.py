"""Reads the fields of an answer on a page's form one by one, so that all that is wrong is told at once."""

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime

from baton.domain.basics.days import read_day_or_moment
from baton.intake.bodies.form_bodies import read_body
from baton.intake.fields.field_checks import read_note
from baton.intake.fields.field_faults import FieldFault, FormFaults

_TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}.{0,20}"


def typed_answer(content_type: str, body: bytes) -> Mapping[str, str]:
    """Returns what was typed into a page's form, to be shown in it again; nothing of what is no form."""
    try:
        return read_body(content_type, body)
    except FormFaults:
        return {}


class AnswerReader:
    """The fields of an answer; the faults of those that were read are kept until they are refused together."""

    def __init__(self, content_type: str, body: bytes) -> None:
        """Reads a body.

        Raises:
            FormFaults: it did not come from the page's form.
        """
        self._sent = read_body(content_type, body)
        self._faults: list[FieldFault] = []

    def note(self, field: str, limit: int) -> str | None:
        """Returns a note of at most `limit` characters; None if there is none."""
        return read_note(self._sent.get(field, ""), limit)

    def line(self, field: str, limit: int) -> str | None:
        """Returns what was typed on one line, at most `limit` characters; None if that is nothing."""
        note = self.note(field, limit)
        return " ".join(note.split()) if note else None

    def given(self, field: str, remedy: str) -> str:
        """Returns what was chosen or typed; nothing is a fault, told with the `remedy`."""
        value = self._sent.get(field, "")
        if not value.strip():
            self.fault(field, remedy)
        return value

    def chosen(self, field: str, choices: Collection[str], remedy: str) -> str | None:
        """Returns which of the `choices` was made; any other is a fault, told with the `remedy`."""
        value = self._sent.get(field, "")
        if value not in choices:
            self.fault(field, remedy)
        return value or None

    def day(self, field: str) -> date | datetime | None:
        """Returns a date like `2027-01-31`; None if no date is given."""
        typed = self._sent.get(field, "").strip()
        try:
            return read_day_or_moment(typed) if typed else None
        except ValueError:
            self.fault(field, "write the date like 2027-01-31")
            return None

    def span(self, field: str) -> tuple[date | datetime, date | datetime] | None:
        """Returns the two ends of a span like `2027-01-31/2027-02-05`; what is none is a fault."""
        since, _, until = self._sent.get(field, "").partition("/")
        try:
            return read_day_or_moment(since), read_day_or_moment(until)
        except ValueError:
            self.fault(field, "open the page again, and choose one of those that it shows")
            return None

    def has(self, field: str) -> bool:
        """Tells whether the answer has this field."""
        return field in self._sent

    def time(self, field: str) -> datetime | None:
        """Returns a day with a time, such as `2027-01-31T10:00`; None if none is given."""
        typed = self._sent.get(field, "").strip()
        try:
            return datetime.fromisoformat(typed if re.fullmatch(_TIME, typed) else "?") if typed else None
        except ValueError:
            self.fault(field, "write the time like 2027-01-31T10:00")
            return None

    def fault(self, field: str, remedy: str) -> None:
        """Keeps what is wrong with a field."""
        self._faults.append(FieldFault(field, remedy))

    def refuse_faults(self) -> None:
        """Refuses the answer if one of its fields was wrong.

        Raises:
            FormFaults: 422, with the faults in the order in which the fields were read.
        """
        if self._faults:
            raise FormFaults(422, errors=self._faults)
