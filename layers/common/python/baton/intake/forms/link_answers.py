"""Reads the answers of a rep on the page behind a link in a mail: contacted, returned, closed, rated."""

from collections.abc import Callable
from typing import Any, get_args

from baton.domain.events.lead_events import Answered
from baton.domain.fields.answer_limits import AMOUNT_LIMIT, MAX_STARS, NOTE_LIMIT, REASON_LIMIT, WORDS_LIMIT
from baton.domain.handoffs import link_actions
from baton.domain.handoffs.link_actions import (
    ContactChannel,
    LinkAnswer,
    Outcome,
)
from baton.domain.handoffs.reassignment import PassOnRequest
from baton.domain.handoffs.returns import ReturnRequest
from baton.domain.leads.person_facts import BANT
from baton.domain.teams.leaves import LeaveRequest
from baton.domain.terms.kept_terms import OUTCOMES
from baton.intake.fields.field_faults import FormFaults
from baton.intake.forms.answer_reader import AnswerReader

MAX_ADDRESS = 254
ONLY_NEXT = "only_next"
"""The choice of a contact's outcome with which no contact is logged, and only when they speak next is said."""
TAKEN_BACK = "taken_back"
"""The field of the button that takes a leave back, on the page of leaves; its value is the leave's span."""
_MET = {"yes": True, "no": False}
Values = dict[str, Any]
"""What was read, by the names of the request's fields."""


def read_click(action: str, content_type: str, body: bytes) -> LinkAnswer | LeaveRequest:
    """Returns the answer sent for an `action` such as `close`; all that is wrong with it is told at once.

    Raises:
        FormFaults: it did not come from the page, or fields are missing or cannot be read.
    """
    if action == "accept":
        return link_actions.AcceptRequest()
    if action == "take_over":
        return link_actions.TakeOverRequest()
    if action not in _READERS:
        raise FormFaults(400, "this page only shows; there is nothing to send")
    sent = AnswerReader(content_type, body)
    request, read = _READERS[_meant(action, sent)]
    values = read(sent)
    sent.refuse_faults()
    return request.model_validate(values)


def _meant(action: str, sent: AnswerReader) -> str:
    """Returns what is read: that of the action, or of the button or the choice that asks for something else."""
    if action == "leave" and sent.has(TAKEN_BACK):
        return TAKEN_BACK
    return ONLY_NEXT if action == "contact" and sent.line("outcome", NOTE_LIMIT) == ONLY_NEXT else action


def _speaks_next(sent: AnswerReader) -> Values:
    sent.given("next_at", "write when you speak next")
    return {"next_at": sent.time("next_at")}


def _called(sent: AnswerReader) -> Values:
    return {
        "outcome": sent.chosen("outcome", ("", *OUTCOMES), "choose what came of it"),
        "channel": sent.chosen("channel", get_args(ContactChannel), "choose how you reached out"),
        **_answers(sent),
        "next_at": sent.time("next_at"),
        "note": sent.note("note", NOTE_LIMIT),
    }


def _learned(sent: AnswerReader) -> Values:
    learned = _answers(sent)
    if not learned["bant"]:
        sent.fault(BANT[0], "answer one of the questions at least")
    return learned


def _answers(sent: AnswerReader) -> Values:
    """Returns what was learned; an answer in words alone is judged by the agreement."""
    met = {need: sent.chosen(need, ("", *_MET), "choose yes or no, or leave it as it is") for need in BANT}
    words = {need: sent.line(f"{need}_words", WORDS_LIMIT) for need in BANT}
    return {
        "bant": {
            need: Answered(value=words[need] or _MET[met[need] or "no"], met=_MET.get(met[need] or ""))
            for need in BANT
            if words[need] or met[need] in _MET
        }
    }


def _given_back(sent: AnswerReader) -> Values:
    return {
        "reason": sent.given("reason", "choose why you return it"),
        "review_on": sent.day("review_on"),
        "note": sent.note("note", NOTE_LIMIT),
    }


def _closed(sent: AnswerReader) -> Values:
    return {
        "outcome": sent.chosen("outcome", get_args(Outcome), "choose whether it is won or lost"),
        "amount": sent.note("amount", AMOUNT_LIMIT),
        "reason": sent.note("reason", REASON_LIMIT),
    }


def _away(sent: AnswerReader) -> Values:
    """Returns the days of a leave; without a last day it is one day."""
    sent.given("from", "write the first day")
    since, until = sent.day("from"), sent.day("to")
    return {"since": since, "until": until or since}


def _here_after_all(sent: AnswerReader) -> Values:
    """Returns the days of the leave whose button was pressed."""
    since, until = sent.span(TAKEN_BACK) or (None, None)
    return {"since": since, "until": until, "taken_back": True}


def _passed_on(sent: AnswerReader) -> Values:
    sent.given("owner", "choose a colleague")
    return {"owner": sent.line("owner", MAX_ADDRESS) or "", "reason": sent.note("reason", REASON_LIMIT)}


def _rated(sent: AnswerReader) -> Values:
    stars = [str(number + 1) for number in range(MAX_STARS)]
    return {
        "stars": sent.chosen("stars", stars, f"choose 1 to {MAX_STARS} stars"),
        "note": sent.note("note", NOTE_LIMIT),
    }


_READERS: dict[str, tuple[type[LinkAnswer | LeaveRequest], Callable[[AnswerReader], Values]]] = {
    "contact": (link_actions.CallRequest, _called),
    ONLY_NEXT: (link_actions.NextTalkRequest, _speaks_next),
    "learn": (link_actions.LearnRequest, _learned),
    "hand_on": (PassOnRequest, _passed_on),
    "leave": (LeaveRequest, _away),
    TAKEN_BACK: (LeaveRequest, _here_after_all),
    "return": (ReturnRequest, _given_back),
    "close": (link_actions.CloseRequest, _closed),
    "rate": (link_actions.RateRequest, _rated),
}
