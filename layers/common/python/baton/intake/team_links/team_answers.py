"""Reads what marketing's team and managers answer on the pages behind links in their mails."""

from typing import get_args

from baton.domain.handoffs.reassignment import ReassignRequest
from baton.domain.leads.duty import Verdict
from baton.domain.review.review_claims import ClaimRequest
from baton.domain.review.verdict import ReviewSubmission
from baton.intake.forms.answer_reader import AnswerReader, typed_answer

REASON_LIMIT = 500
ANSWER = "answer."
"""How the name of a field begins that answers a question of the checklist, such as `answer.industry`."""
NEXT_IN_TURN = "next"
"""The choice of a manager who names nobody."""
_CLAIMS = {"begin": False, "take_over": True}
_ANSWERS = {"yes": True, "no": False}


def read_review(content_type: str, body: bytes) -> ReviewSubmission | ClaimRequest:
    """Returns a reviewer's verdict, with their answers to the checklist, or that they are on it.

    A date counts for bad timing only.

    Raises:
        FormFaults: it did not come from the page, the verdict or the reason is missing, or the date cannot be read.
    """
    sent, typed = AnswerReader(content_type, body), typed_answer(content_type, body)
    if (claim := typed.get("claim")) in _CLAIMS:
        return ClaimRequest(take_over=_CLAIMS[claim])
    verdict = sent.chosen("verdict", get_args(Verdict), "choose what becomes of the lead")
    review_on = sent.day("review_on") if verdict == "bad_timing" else None
    reason = sent.note("reason", REASON_LIMIT)
    if verdict == "bad_fit" and not reason:
        sent.fault("reason", "say why we cannot help them")
    sent.refuse_faults()
    answers = {
        name.removeprefix(ANSWER): _ANSWERS[said]
        for name, said in typed.items()
        if name.startswith(ANSWER) and said in _ANSWERS
    }
    return ReviewSubmission.model_validate(
        {"verdict": verdict, "answers": answers, "review_on": review_on, "reason": reason}
    )


def read_reassignment(content_type: str, body: bytes) -> ReassignRequest:
    """Returns to whom a manager gives a lead, and why; the next in turn if nobody is named.

    Raises:
        FormFaults: it did not come from the page, nobody is chosen, or the reason is missing.
    """
    sent = AnswerReader(content_type, body)
    owner = sent.given("owner", "choose who gets the lead")
    reason = sent.note("reason", REASON_LIMIT)
    if not reason:
        sent.fault("reason", "say why; the new owner reads it")
    sent.refuse_faults()
    return ReassignRequest(owner=None if owner == NEXT_IN_TURN else owner, reason=str(reason))
