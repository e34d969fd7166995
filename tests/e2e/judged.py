"""A check of schemathesis of our own: what is well written is refused only for what the description says is judged.

What Baton was too busy for is asked again, as clients are to: 429 or 503 with `Retry-After` of seconds. The limit of a
form, which is full until its window ends, is an answer: every form counts, also one that was sent before, and pauses
count as the answer's time, which schemathesis limits to ten seconds.
"""

import time

import schemathesis
from requests.adapters import HTTPAdapter

HANGS_AFTER_SECONDS, A_MOMENT = 90, 2
WITHIN_A_TEXT = "yaml"
"""A field whose faults are told by their places in its text."""

_send = HTTPAdapter.send


def _ask_again(adapter, request, **how):
    end = time.monotonic() + HANGS_AFTER_SECONDS
    while True:
        answer = _send(adapter, request, **how)
        if answer.status_code not in (429, 503) or "Retry-After" not in answer.headers:
            return answer
        pause = float(answer.headers["Retry-After"])
        if pause > A_MOMENT or time.monotonic() + pause > end:
            return answer
        time.sleep(pause)


HTTPAdapter.send = _ask_again


@schemathesis.check
def refused_only_for_what_is_judged(ctx, response, case):
    if response.status_code != 422 or case.meta is None or not case.meta.generation.mode.is_positive:
        return
    judged = case.operation.definition.raw.get("x-judged", [])
    at_fault = [fault["field"] for fault in response.json().get("errors", [])]
    if WITHIN_A_TEXT in judged:
        return
    unforeseen = [field for field in at_fault if not any(f"{field}.".startswith(f"{each}.") for each in judged)]
    if unforeseen or not at_fault:
        raise AssertionError(f"refused for {unforeseen or 'nothing'}; x-judged has {judged}: {response.text}")
