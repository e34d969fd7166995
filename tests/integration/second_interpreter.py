"""A second interpreter of state machines: LocalStack's, which moto carries, with a JSONata that is put in.

MiniStack runs the machines of the deployed stack. Here the same definitions run in an interpreter of another origin, to
their end at once: pauses are noted and not made, and functions and queues are the tests' own. moto has no JSONata; the
tests put in that of MiniStack's (jsonata-python), or, with BATON_JSONATA set to the folder of the npm package, the
reference implementation, in the version that AWS names.
"""

import io
import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import boto3
import jsonata
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws
from moto.stepfunctions.parser.api import EvaluationFailedEventDetails, HistoryEventType
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import FailureEvent, FailureEventException
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name import StatesErrorName
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name_type import StatesErrorNameType
from moto.stepfunctions.parser.asl.component.common.retry import retrier_decl
from moto.stepfunctions.parser.asl.component.common.string.string_expression import StringJSONata
from moto.stepfunctions.parser.asl.component.state.exec.execute_state import ExecutionState
from moto.stepfunctions.parser.asl.component.state.exec.state_task import lambda_eval_utils
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service import state_task_service_sqs
from moto.stepfunctions.parser.asl.component.state.wait.wait_function.wait_function import WaitFunction
from moto.stepfunctions.parser.asl.eval.event.event_detail import EventDetails
from moto.stepfunctions.parser.asl.jsonata import jsonata as jsonata_of_moto

REGION = "eu-central-1"
ROLE = "arn:aws:iam::123456789012:role/states"
REFERENCE = os.environ.get("BATON_JSONATA")
HANGS_AFTER_SECONDS = 600

Answer = dict[str, Any] | Exception
Function = Callable[[dict[str, Any]], Answer]


@dataclass
class Ended:
    """What became of an execution, and what it did on the way."""

    status: str
    output: Any
    error: str | None
    states: list[str]
    calls: list[tuple[str, Any]]
    queued: list[Any]
    waits: list[float]
    pauses: list[float]


@dataclass
class Interpreter:
    """Runs definitions; `functions` are by the name that a definition's placeholder has, such as `FunctionArn`."""

    functions: dict[str, Function]
    calls: list[tuple[str, Any]] = field(default_factory=list)
    queued: list[Any] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)

    def run(self, definition: Path, told: dict[str, Any], **placeholders: str) -> Ended:
        """Runs a machine to its end."""
        text = definition.read_text()
        for name, value in {**{name: _arn(name) for name in self.functions}, **placeholders}.items():
            text = text.replace(f"${{{name}}}", value)
        assert "${" not in text, "a placeholder has no value"
        with mock_aws(config={"stepfunctions": {"execute_state_machine": True}}), self._installed():
            return self._run(boto3.client("stepfunctions", region_name=REGION), text, told)

    def _run(self, machines: Any, text: str, told: dict[str, Any]) -> Ended:
        machine = machines.create_state_machine(name="machine", definition=text, roleArn=ROLE)["stateMachineArn"]
        execution = machines.start_execution(stateMachineArn=machine, input=json.dumps(told))["executionArn"]
        deadline = time.monotonic() + HANGS_AFTER_SECONDS
        while (seen := machines.describe_execution(executionArn=execution))["status"] == "RUNNING":
            assert time.monotonic() < deadline, "it does not end"
            time.sleep(0.005)
        pages = machines.get_execution_history(executionArn=execution, maxResults=1000)["events"]
        states = [event["stateEnteredEventDetails"]["name"] for event in pages if "stateEnteredEventDetails" in event]
        output = json.loads(seen["output"]) if "output" in seen else None
        made = (self.calls, self.queued, self.waits, self.pauses)
        return Ended(seen["status"], output, seen.get("error"), states, *made)

    @contextmanager
    def _installed(self) -> Iterator[None]:
        def wait(_self: Any, env: Any, wait_seconds: float) -> None:
            self.waits.append(wait_seconds)

        with pytest.MonkeyPatch.context() as patch, _jsonata() as evaluate:
            patch.setattr(jsonata_of_moto, "_eval_jsonata", evaluate)
            patch.setattr(StringJSONata, "_eval_body", _with_faults_by_name(StringJSONata._eval_body))
            patch.setattr(ExecutionState, "_evaluate_with_timeout", _with_output(ExecutionState._evaluate_with_timeout))
            patch.setattr(lambda_eval_utils, "boto_client_for", lambda **_: SimpleNamespace(invoke=self._invoke))
            patch.setattr(
                state_task_service_sqs, "boto_client_for", lambda **_: SimpleNamespace(send_message=self._queue)
            )
            patch.setattr(retrier_decl, "time", SimpleNamespace(sleep=self.pauses.append))
            patch.setattr(WaitFunction, "_wait_interval", wait)
            yield

    def _invoke(self, *, FunctionName: str, Payload: bytes) -> dict[str, Any]:
        name, told = FunctionName.rpartition(":")[2], json.loads(Payload)
        self.calls.append((name, told))
        answer = self.functions[name](told)
        if isinstance(answer, ClientError):
            raise answer
        if isinstance(answer, Exception):
            fault = {"errorType": type(answer).__name__, "errorMessage": str(answer)}
            return {"StatusCode": 200, "FunctionError": "Unhandled", "Payload": _body(fault)}
        return {"StatusCode": 200, "Payload": _body(answer)}

    def _queue(self, *, QueueUrl: str, MessageBody: str) -> dict[str, Any]:
        self.queued.append((QueueUrl, json.loads(MessageBody)))
        return {"MessageId": "1"}


def _with_faults_by_name(evaluate: Any) -> Any:
    """An expression that fails is `States.QueryEvaluationError`, and its cause has the expression, as AWS says it."""

    def evaluated(self: StringJSONata, env: Any) -> None:
        try:
            evaluate(self, env)
        except FailureEventException:
            raise
        except Exception as fault:
            name = StatesErrorName(typ=StatesErrorNameType.StatesQueryEvaluationError)
            cause = f"The JSONata expression '{self.expression}' threw an error during evaluation. {fault}"
            said = EvaluationFailedEventDetails(cause=cause, error=name.error_name)
            kind, details = HistoryEventType.EvaluationFailed, EventDetails(evaluationFailedEventDetails=said)
            raise FailureEventException(FailureEvent(env, name, kind, details)) from fault

    return evaluated


def _with_output(evaluate: Any) -> Any:
    """A task can retry and catch what fails in its output, as AWS documents it; LocalStack ends the execution."""

    def evaluated(self: ExecutionState, env: Any) -> None:
        evaluate(self, env)
        if self.output:
            self.output.jsonata_template_value.eval(env)
            env.stack.pop()

    return evaluated


def busy() -> ClientError:
    """What Lambda answers when too many run at once."""
    error = {"Error": {"Code": "TooManyRequestsException", "Message": "Rate Exceeded."}}
    metadata: Any = {"ResponseMetadata": {"HTTPStatusCode": 429, "RequestId": "1"}}
    return ClientError({**error, **metadata}, "Invoke")


@contextmanager
def _jsonata() -> Iterator[Callable[[str], Any]]:
    if REFERENCE is None:
        yield lambda expression: jsonata.Jsonata(expression).evaluate(None)
        return
    with _Reference(Path(REFERENCE)) as reference:
        yield reference.evaluate


class _Reference:
    """The reference implementation of JSONata, in Node: a line with an expression, a line with its value."""

    CODE = """
    const jsonata = require(process.argv[1]);
    require("readline").createInterface({input: process.stdin}).on("line", async (line) => {
      let answer;
      try { answer = {value: await jsonata(JSON.parse(line)).evaluate()}; }
      catch (fault) { answer = {fault: fault.message}; }
      console.log(JSON.stringify(answer));
    });
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def __enter__(self) -> "_Reference":
        self._node = subprocess.Popen(
            ["node", "-e", self.CODE, str(self._folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self

    def __exit__(self, *_: object) -> None:
        assert self._node.stdin
        assert self._node.stdout
        self._node.stdin.close()
        self._node.wait()
        self._node.stdout.close()

    def evaluate(self, expression: str) -> Any:
        assert self._node.stdin
        assert self._node.stdout
        self._node.stdin.write(json.dumps(expression) + "\n")
        self._node.stdin.flush()
        answer = json.loads(self._node.stdout.readline())
        if "fault" in answer:
            raise ValueError(answer["fault"])
        return answer.get("value")


def _arn(name: str) -> str:
    return f"arn:aws:lambda:{REGION}:123456789012:function:{name}"


def _body(answer: Any) -> io.BytesIO:
    return io.BytesIO(json.dumps(answer).encode())
