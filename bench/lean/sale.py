"""Plays one sale: a form on a website, accepted from the mail, contact each week, and won after 30 days."""

import json
import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench.lean.played_stack import Event, Invocation, PlayedStack

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = "https://baton.example.com/links/"
A_WEEK = timedelta(days=7, hours=-1)
"""From one contact to the next: in time, by the clock of the shipped agreement."""
_LINK = re.compile(re.escape(ADDRESS) + r"(\S+)")


@dataclass
class Sale:
    """One sale, and where in the stack's invocations its parts begin."""

    stack: PlayedStack
    number: int
    owner: str = ""
    handoff: str = ""

    def form(self, name: str = "consultation") -> Event:
        """Returns a form of a new person of a new company, from an internet address of their own."""
        sent = json.loads((ROOT / "events" / f"{name}.json").read_text())
        sent |= {"email": f"reader@company-{self.number:06d}.com", "submission_id": f"s-{self.number}"}
        event = rest("POST", f"/forms/{name}", sent | {"company": f"Company {self.number} Ltd"})
        event["requestContext"]["identity"] = {"sourceIp": f"93.184.{self.number // 250}.{self.number % 250}"}
        return event

    def ask(self) -> list[Invocation]:
        """Sends the form, and waits until the owner has the mail; returns all that ran for it."""
        self.stack.end_pauses()
        begun = len(self.stack.invocations)
        self.stack.request("submit_form", self.form())
        self.stack.go_on(timedelta(seconds=2))
        mail = self.stack.mails()[-1].sent
        self.owner = json.loads(mail["MessageAttributes"]["to"]["StringValue"])[0]
        offered = next(event for event in reversed(self.stack.delivered) if "handoff_id" in event["detail"])
        self.handoff = offered["detail"]["handoff_id"]
        return self.stack.invocations[begun:]

    def accept_from_mail(self) -> None:
        """Opens the mail's first link, and presses the button."""
        path = self.link()
        self.stack.request("show_link", rest("GET", path))
        self.stack.request("use_link", rest("POST", path))

    def link(self) -> str:
        """Returns the path of the mail's first link, which accepts."""
        found = _LINK.search(self.stack.mails()[-1].sent["Message"])
        if found is None:
            raise RuntimeError("the mail has no link")
        return "/links/" + found[1]

    def contact(self) -> None:
        """Logs a call."""
        self._of_handoff("log_contact", "contact", {"channel": "phone", "note": "Called; call again."})

    def win(self) -> None:
        """Closes the handoff as won."""
        self._of_handoff("close_handoff", "close", {"outcome": "won", "amount": "12000 EUR"})

    def _of_handoff(self, function: str, verb: str, body: Event) -> None:
        self.stack.request(function, rest("POST", f"/handoffs/{self.handoff}/{verb}", body, by=self.owner))


def play(sale: Sale) -> None:
    """Plays the whole sale, and goes on until its last timer has ended."""
    begun = sale.stack.clock.now
    sale.ask()
    sale.stack.go_to(begun + timedelta(minutes=5))
    sale.accept_from_mail()
    sale.stack.go_to(begun + timedelta(minutes=40))
    sale.contact()
    for _ in range(4):
        sale.stack.go_on(A_WEEK)
        sale.contact()
    sale.stack.go_to(begun + timedelta(days=30))
    sale.win()
    sale.stack.go_to(begun + timedelta(days=60))


def rest(method: str, path: str, body: Any = None, by: str | None = None) -> Event:
    """Returns a request as API Gateway's REST API passes it to a function; `by` is the signed-in person's address."""
    claims = {"email": by, "cognito:groups": "sales"}
    return {
        "httpMethod": method,
        "path": path,
        "resource": path,
        "headers": {"content-type": "application/json", "host": "baton.example.com", "user-agent": "bench"},
        "queryStringParameters": None,
        "body": None if body is None else json.dumps(body),
        "isBase64Encoded": False,
        "requestContext": {"stage": "v1", "httpMethod": method} | ({"authorizer": {"claims": claims}} if by else {}),
    }
