"""MiniStack invokes a function that failed on an event of a bus as often as Lambda does."""

import queue
from typing import Any

import pytest
from ministack.services import eventbridge, lambda_svc

from tools import invoked_again

ARN = "arn:aws:lambda:eu-central-1:000000000000:function:looks"
QUEUE = "arn:aws:sqs:eu-central-1:000000000000:put-aside"
MOST_SECONDS = 60


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the function answers, one after the other."""
    monkeypatch.setattr(eventbridge, "_dispatch_to_lambda", eventbridge._dispatch_to_lambda)
    monkeypatch.setattr(lambda_svc, "_LAMBDA_ASYNC_RETRY_BASE_SECONDS", 0.0)
    config = {"FunctionName": "looks", "FunctionArn": ARN}
    aside = {"MaximumRetryAttempts": 2, "DestinationConfig": {"OnFailure": {"Destination": QUEUE}}}
    looks = {"config": config, "event_invoke_config": aside}
    monkeypatch.setattr(lambda_svc, "_get_func_record_for_ref", lambda _: (looks, config, "looks"))
    invoked_again.install(eventbridge, lambda_svc)
    return []


@pytest.mark.parametrize("failures", [0, 1, 2, 3])
def test_an_event_comes_again_until_its_function_succeeds_and_is_put_aside_after_three_failures(
    failures: int, answers: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers += [{"error": True}] * failures + [{}]
    happened = queue.Queue[tuple[str, Any]]()

    def execute(_: Any, event: Any) -> dict[str, Any]:
        answer = answers.pop(0)
        happened.put(("failed" if answer else "succeeded", event))
        return answer

    monkeypatch.setattr(lambda_svc, "_execute_function", execute)
    monkeypatch.setattr(lambda_svc, "_route_async_failure", lambda to, _, event, __: happened.put((to, event)))

    eventbridge._dispatch_to_lambda(ARN, '{"detail": {"account": "acme.com"}}')

    expected = ["failed"] * failures + ["succeeded" if failures < 3 else QUEUE]
    event = {"detail": {"account": "acme.com"}}
    assert [happened.get(timeout=MOST_SECONDS) for _ in expected] == [(each, event) for each in expected]
