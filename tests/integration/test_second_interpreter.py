"""The state machines in a second interpreter: what they do does not depend on how MiniStack reads a definition."""

from pathlib import Path
from typing import Any

import pytest

from tests.integration.second_interpreter import Answer, Ended, Interpreter, busy
from tests.integration.template import ROOT

TIMER = ROOT / "functions" / "follow_up" / "timer.asl.json"
ADOPTION = ROOT / "functions" / "enact_agreement" / "adopt_agreement.asl.json"
TRIAL = ROOT / "functions" / "try_draft" / "replay_leads.asl.json"
QUEUE = "https://sqs.eu-central-1.amazonaws.com/123456789012/lost"
DUE, LATER, LAST = "2026-11-24T09:30:00.000Z", "2026-11-25T09:30:00.000Z", "2026-11-26T09:30:00.000Z"
TOLD = {"event_id": "e-1", "lead_id": "l-1", "due_at": DUE, "at": "2026-11-23T09:30:00.000Z"}
OVER: Answer = {"due_at": None}
MOST_ATTEMPTS = 31
A_DAY = 86_400


class Prepared:
    """A function that gives prepared answers, the last of them again and again."""

    def __init__(self, *answers: Answer) -> None:
        self._answers = list(answers)

    def __call__(self, _: dict[str, Any]) -> Answer:
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


def timer(*answers: Answer, **told: Any) -> Ended:
    interpreter = Interpreter({"FunctionArn": Prepared(*answers)})
    return interpreter.run(TIMER, {**TOLD, **told}, LostTimersQueueUrl=QUEUE)


def looks(ended: Ended) -> list[str]:
    return [told["due_at"] for _, told in ended.calls]


def test_a_timer_with_nothing_more_to_wait_for_ends_after_one_look() -> None:
    ended = timer(OVER)
    assert (ended.status, ended.calls, ended.queued) == ("SUCCEEDED", [("FunctionArn", TOLD)], [])


def test_a_timer_looks_again_when_its_function_says_and_tells_it_the_same_facts() -> None:
    ended = timer({"due_at": LATER}, {"due_at": LAST}, OVER)
    assert (ended.status, looks(ended)) == ("SUCCEEDED", [DUE, LATER, LAST])
    assert [{**told, "due_at": DUE} for _, told in ended.calls] == [TOLD] * 3
    assert [round((later - before) / A_DAY) for before, later in zip(ended.waits, ended.waits[1:], strict=False)] == [
        1,
        1,
    ]


@pytest.mark.parametrize(
    "fault",
    [ValueError("out of order"), busy(), RuntimeError(), KeyError("due_at")],
    ids=["the function raises", "Lambda is busy", "without a message", "of another kind"],
)
def test_a_timer_whose_function_fails_is_tried_again_and_goes_on(fault: Exception) -> None:
    ended = timer(fault, fault, {"due_at": LATER}, OVER)
    assert (ended.status, looks(ended), ended.queued) == ("SUCCEEDED", [DUE] * 3 + [LATER], [])
    assert len(ended.pauses) == 2


def test_a_timer_whose_function_fails_for_hours_lies_in_the_queue_and_starts_from_there_again() -> None:
    ended = timer(ValueError("out of order"))
    assert (ended.status, ended.error, len(ended.calls)) == ("FAILED", "TimerLost", MOST_ATTEMPTS)
    assert max(ended.pauses) <= 600
    [(queue, message)] = ended.queued
    assert (queue, message) == (QUEUE, TOLD)
    assert timer(OVER, **message).calls == [("FunctionArn", TOLD)]


def test_a_timer_that_fails_later_keeps_the_time_of_its_last_look() -> None:
    ended = timer({"due_at": LATER}, ValueError("out of order"))
    assert [message for _, message in ended.queued] == [{**TOLD, "due_at": LATER}]


def mistyped(where: Path, old: str, new: str) -> Path:
    """The timer's definition with a slip of the pen."""
    text = TIMER.read_text()
    assert old in text
    (where / "timer.asl.json").write_text(text.replace(old, new))
    return where / "timer.asl.json"


SLIPS = [
    pytest.param("$states.result.Payload.due_at", "$states.result.Payload.due", id="another field of the answer"),
    pytest.param("$states.result.Payload.due_at", "$states.result.payload.due_at", id="another case"),
    pytest.param("$merge([", "$merged([", id="no such function"),
    pytest.param("? $merge([$states.input, ", "? $merge($states.input + ", id="a sum of what has none"),
    pytest.param("= 'null' ?", "= 'nothing' ?", id="no such kind of value"),
    pytest.param("' is over') : ", "' is done') : ", id="other words at the end"),
    pytest.param(": $type($states", ": $types($states", id="no such function at the end"),
    pytest.param('"Payload": "{% $states.input %}"', '"Payload": "{% $states.inputs.x %}"', id="in the arguments"),
]


@pytest.mark.parametrize(("old", "new"), SLIPS)
def test_a_mistyped_expression_fails_the_timer_and_never_ends_it_as_if_all_were_well(
    tmp_path: Path, old: str, new: str
) -> None:
    definition = mistyped(tmp_path, old, new)
    answers: list[tuple[Answer, ...]] = [({"due_at": LATER}, OVER), (OVER,)]
    ends = []
    for prepared in answers:
        interpreter = Interpreter({"FunctionArn": Prepared(*prepared)})
        ends.append(interpreter.run(definition, TOLD, LostTimersQueueUrl=QUEUE))
    assert "FAILED" in [ended.status for ended in ends]
    for ended, told in zip(ends, answers, strict=True):
        assert ended.status == "FAILED" or len(ended.calls) == len(told)


@pytest.mark.parametrize("answer", [{}, {"due_at": 7}, {"due": LATER}], ids=["nothing", "a number", "another field"])
def test_an_answer_that_does_not_say_when_to_look_again_fails_the_timer(answer: Any) -> None:
    assert timer(answer).status == "FAILED"


def test_a_look_of_a_timer_is_two_transitions_and_its_end_is_one() -> None:
    ended = timer({"due_at": LATER}, OVER)
    assert ended.states == ["WaitUntilDue", "Look", "WaitUntilDue", "Look", "Done"]


def adoption(*answers: Answer, enacts: Answer | None = None, **told: Any) -> Ended:
    facts = {"event_id": "agreement-000007-enacted", "agreement_version": 7, "origin": "signed", **told}
    functions = {
        "EnactAgreementFunctionArn": Prepared(enacts or {"in_force": True}),
        "RescoreLeadsFunctionArn": Prepared(*(answers or (RuntimeError("nothing to score"),))),
    }
    return Interpreter(functions).run(ADOPTION, facts, AgreementCacheSeconds="60", LostAdoptionsQueueUrl=QUEUE)


def progress(state: str, seen: int = 0) -> Answer:
    return {"version": 7, "state": state, "leads_seen": seen, "done": state != "running"}


def test_an_adoption_waits_until_every_function_knows_and_scores_page_by_page() -> None:
    ended = adoption(progress("running", 1), progress("running", 2), progress("finished", 3))
    assert (ended.status, ended.waits, ended.output["progress"]["leads_seen"]) == ("SUCCEEDED", [65], 3)
    assert ended.calls == [("RescoreLeadsFunctionArn", {"agreement_version": 7})] * 3


def test_the_adoption_of_a_superseded_version_ends() -> None:
    assert adoption(progress("superseded")).status == "SUCCEEDED"


@pytest.mark.parametrize("answer", [progress("failed"), ValueError("out of order")], ids=["some leads", "the function"])
def test_an_adoption_that_fails_lies_in_the_queue(answer: Answer) -> None:
    ended = adoption(answer)
    assert (ended.status, ended.error) == ("FAILED", "AdoptionLost")
    kept = {"event_id": "agreement-000007-enacted", "agreement_version": 7, "in_force_from": None}
    assert ended.queued == [(QUEUE, kept)]


def test_the_message_of_a_failed_adoption_starts_it_again() -> None:
    [(_, message)] = adoption(progress("failed")).queued
    assert adoption(progress("finished"), **message).status == "SUCCEEDED"


def test_the_adoption_of_a_scheduled_version_waits_for_its_date_and_enacts_it() -> None:
    ended = adoption(in_force_from=LATER)
    assert (ended.status, ended.output) == ("SUCCEEDED", {"agreement_version": 7, "in_force": True})
    assert ended.calls == [("EnactAgreementFunctionArn", {"agreement_version": 7})]
    assert ended.states[:2] == ["IsItForLater", "WaitForItsDate"]


TRIED = {"draft_id": "0123456789abcdef", "trial_id": "0123456789abcdef"}


def trial(*answers: Answer, **told: Any) -> Ended:
    """The trial of a draft, with what its function answers, step by step."""
    functions = {"FunctionArn": Prepared(*answers)}
    return Interpreter(functions).run(TRIAL, {**TRIED, **told}, LostTrialsQueueUrl=QUEUE)


def test_a_trial_goes_on_until_it_is_done() -> None:
    ended = trial({"done": False, "leads": 3}, RuntimeError("out of order"), {"done": True, "leads": 4})
    assert (ended.status, ended.calls) == ("SUCCEEDED", [("FunctionArn", TRIED)] * 3)


def test_a_trial_that_fails_for_hours_lies_in_the_queue_and_starts_from_there_again() -> None:
    ended = trial({"done": False, "leads": 3}, RuntimeError("out of order"))
    assert (ended.status, ended.error) == ("FAILED", "TrialLost")
    [(queue, message)] = ended.queued
    assert queue == QUEUE
    assert trial({"done": True, "leads": 3}, **message).calls == [("FunctionArn", TRIED)]
