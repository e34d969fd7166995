"""The checks of the functions that watch for failures and send them on their way again."""

from typing import TYPE_CHECKING

from tests.e2e.at_work import read

if TYPE_CHECKING:
    from tests.iam.checks import RunningStack

QUEUE = "UnclosedBooksQueue"
FAILED = "FollowUpTimer"


def watch_failures(running: "RunningStack") -> None:
    """It notes a failed execution, tells operations, looks at all queues and metrics, and sends on unstarted timers."""
    put(running)
    timer = running.baton.outputs["FollowUpTimerArn"]
    forget(running)
    event = {"id": "trial", "detail": {"stateMachineArn": timer, "status": "FAILED"}}
    assert running.invoke("WatchFailuresFunction", event)["told"]
    put(running, "UnstartedTimersQueue", '{"detail": {"lead_id": "nobody", "event_id": "nobody-1"}}')
    running.invoke("WatchFailuresFunction", {})


def forget(running: "RunningStack") -> None:
    """As if operations had not been told of it, nor that the same event came before."""
    running.update(failure(FAILED), told_at="", last_event="another")


def failure(name: str) -> dict[str, dict[str, str]]:
    return {"pk": {"S": "FAILURES"}, "sk": {"S": f"KIND#{name}"}}


def list_queues(running: "RunningStack") -> None:
    put(running)
    [books] = [each for each in read(running.baton.admin.get("/queues"))["queues"] if each["queue"] == QUEUE]
    assert books["messages"] >= 1


def redrive_queue(running: "RunningStack") -> None:
    answer = running.baton.admin.post(f"/queues/{QUEUE}/redrive")
    assert answer.status_code == 202, f"POST /queues/…/redrive: {answer.status_code}"


def redrive_failures(running: "RunningStack") -> None:
    """A function is invoked, and a state machine started, by what lies in its queue."""
    put(running)
    done = running.invoke("RedriveFailuresFunction", {"queue": QUEUE})
    assert (done["sent_on"] >= 1, done["stopped"]) == (True, None), done
    put(running, "LostTimersQueue", '{"lead_id": "nobody", "event_id": "nobody-1", "due_at": "2025-01-01T00:00:00Z"}')
    done = running.invoke("RedriveFailuresFunction", {"queue": "LostTimersQueue"})
    assert (done["sent_on"] >= 1, done["stopped"]) == (True, None), done


def put(running: "RunningStack", queue: str = QUEUE, body: str = "{}") -> None:
    url = running.baton.outputs[f"{queue}Url"]
    running.baton.session.client("sqs").send_message(QueueUrl=url, MessageBody=body)
