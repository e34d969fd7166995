"""A client of Baton's API for `make run` and `make demo`: it acts as a visitor, and as a rep."""

import json
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from tools.http_retries import HANGS_AFTER_SECONDS
from tools.stack import Stack
from tools.workspace import ROOT

SAMPLE = ROOT / "events" / "consultation.json"
POLL_SECONDS = 0.25


class RequestRefused(RuntimeError):
    """The API refused a request that it should have accepted; the message has its answer."""


class TookTooLong(TimeoutError):
    """An event did not happen in time; the message says which."""


@dataclass(frozen=True)
class Baton:
    """A client of the running API, signed in as one rep."""

    stack: Stack
    staff: httpx.Client

    def ask_for_a_person(self, changes: Mapping[str, str]) -> str:
        """Sends the sample consultation request with some changes, as the website does; returns the visitor's
        reference.
        """
        form = {**json.loads(SAMPLE.read_text()), "submission_id": uuid.uuid4().hex, **changes}
        with self.stack.api() as visitor:
            answer = checked(visitor.post("/forms/consultation", json=form))
        reference: str = answer.json()["reference"]
        return reference

    def lead_with_sales(self, email: str) -> dict[str, Any]:
        """Returns the lead of this address once sales has it.

        Raises:
            TookTooLong: sales does not have it.
        """
        for summary in self.queue("with_sales"):
            if summary["email"] == email:
                return self.lead(summary["lead_id"])
        raise TookTooLong(f"{email} is not with sales")

    def send_signal(self, signal: Mapping[str, Any]) -> dict[str, Any]:
        """Sends one signal as a marketing tool does; returns the lead as it is afterwards.

        Raises:
            RequestRefused: the signal was not taken.
        """
        answer = checked(self.staff.post("/signals", json={"signals": [signal]})).json()
        (result,) = answer["results"]
        if result["result"] != "accepted":
            raise RequestRefused(f"POST /signals did not take a signal: {answer}")
        return self.lead(result["lead_id"])

    def queue(self, name: str) -> list[dict[str, Any]]:
        """Returns the leads in a queue."""
        return self._pages("/leads", "leads", queue=name)

    def lead(self, lead_id: str, **asked: str) -> dict[str, Any]:
        """Returns a lead with its handoff; `at` asks for its state at an earlier moment."""
        return self._get(f"/leads/{lead_id}", **asked)

    def timeline(self, lead_id: str) -> list[dict[str, Any]]:
        """Returns all events of a lead, in order."""
        return self._pages(f"/leads/{lead_id}/timeline", "events")

    def wait_until(self, lead_id: str, *happened: str, seconds: float = HANGS_AFTER_SECONDS) -> list[dict[str, Any]]:
        """Returns the timeline once it has an event of this type, or of one of these types.

        Raises:
            TookTooLong: it has none after so many seconds.
        """
        deadline = time.monotonic() + seconds
        while True:
            timeline = self.timeline(lead_id)
            if any(event["type"] in happened for event in timeline):
                return timeline
            if time.monotonic() > deadline:
                raise TookTooLong(
                    f"no {' or '.join(happened)} within {seconds:.0f} s in the timeline of lead {lead_id}"
                )
            time.sleep(POLL_SECONDS)

    def _pages(self, path: str, name: str, **query: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        while True:
            page = self._get(path, **query)
            found += page[name]
            if not page["cursor"]:
                return found
            query["cursor"] = page["cursor"]

    def _get(self, path: str, **query: str) -> dict[str, Any]:
        answer: dict[str, Any] = checked(self.staff.get(path, params=query)).json()
        return answer


def checked(answer: httpx.Response) -> httpx.Response:
    """Returns the answer itself if its status is no error.

    Raises:
        RequestRefused: it is not.
    """
    if answer.is_error:
        call = f"{answer.request.method} {answer.request.url}"
        raise RequestRefused(f"{call}\nanswered {answer.status_code}: {answer.text}")
    return answer
