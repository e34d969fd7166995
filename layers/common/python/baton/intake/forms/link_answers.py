"""Reads the answers of a rep on the page behind a link in a mail: contacted, returned, closed, rated."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import get_args

from baton.domain.basics.days import read_day_or_moment
from baton.domain.handoffs import link_actions
from baton.domain.handoffs.link_actions import (
    AMOUNT_LIMIT,
    MAX_STARS,
    NOTE_LIMIT,
    REASON_LIMIT,
    ContactChannel,
    LinkAnswer,
    Outcome,
)
from baton.domain.handoffs.returns import ReturnRequest
from baton.domain.terms.kept_terms import OUTCOMES
from baton.intake.bodies.form_bodies import read_body
from baton.intake.fields.field_checks import read_note
from baton.intake.fields.field_faults import FormFaults

Sent = Mapping[str, str]
_TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}.{0,20}"


def read_click(action: str, content_type: str, body: bytes) -> LinkAnswer:
    """Returns the answer sent for an `action` such as `close`; the first missing field is refused.

    Raises:
        FormFaults: it did not come from the page, or something is missing or cannot be read.
    """
    if action == "accept":
        return link_actions.AcceptRequest()
    if action == "take_over":
        return link_actions.TakeOverRequest()
    return _READERS[action](read_body(content_type, body))


def _contacted(sent: Sent) -> LinkAnswer:
    channel = _one_of(get_args(ContactChannel), sent.get("channel"), "choose how you reached out")
    outcome = _one_of(("", *OUTCOMES), sent.get("outcome", ""), "choose what came of it") or None
    said = {"channel": channel, "note": _note(sent), "outcome": outcome, "next_at": _time(sent.get("next_at", ""))}
    return link_actions.ContactRequest.model_validate(said)


def _given_back(sent: Sent) -> LinkAnswer:
    return ReturnRequest(reason=sent.get("reason", ""), note=_note(sent), review_on=_date(sent.get("review_on", "")))


def _closed(sent: Sent) -> LinkAnswer:
    outcome = _one_of(get_args(Outcome), sent.get("outcome"), "choose whether it is won or lost")
    reason = read_note(sent.get("reason", ""), REASON_LIMIT)
    amount = read_note(sent.get("amount", ""), AMOUNT_LIMIT)
    return link_actions.CloseRequest.model_validate({"outcome": outcome, "reason": reason, "amount": amount})


def _rated(sent: Sent) -> LinkAnswer:
    stars = _one_of([str(number + 1) for number in range(MAX_STARS)], sent.get("stars"), "choose 1 to 5 stars")
    return link_actions.RateRequest(stars=int(stars), note=_note(sent))


def _note(sent: Sent) -> str | None:
    return read_note(sent.get("note", ""), NOTE_LIMIT)


def _one_of(choices: list[str] | tuple[str, ...], chosen: str | None, remedy: str) -> str:
    if chosen is None or chosen not in choices:
        raise FormFaults(422, remedy)
    return chosen


def _date(typed: str) -> date | datetime | None:
    """Returns a date like `2027-01-31`; None if no date is given."""
    if not typed.strip():
        return None
    try:
        return read_day_or_moment(typed)
    except ValueError as fault:
        raise FormFaults(422, "write the date like 2027-01-31") from fault


def _time(typed: str) -> datetime | None:
    """Returns a day with a time, such as `2027-01-31T10:00`; None if none is given."""
    text = typed.strip()
    if not text:
        return None
    try:
        return datetime.fromisoformat(text if re.fullmatch(_TIME, text) else "")
    except ValueError as fault:
        raise FormFaults(422, "write the time like 2027-01-31T10:00") from fault


_READERS: dict[str, Callable[[Sent], LinkAnswer]] = {
    "contact": _contacted,
    "return": _given_back,
    "close": _closed,
    "rate": _rated,
}
