"""Plays the demo's second act: a lead reads until marketing reviews it and sales gets it; then it explains why."""

import json
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from tools import lead_explanation, terminal_text
from tools.baton import Baton, TookTooLong
from tools.mailbox import Mailbox
from tools.workspace import ROOT, Say

STORY = ROOT / "events" / "reading.json"

Signal = Mapping[str, Any]


def a_lead_reads(baton: Baton, mailbox: Mailbox, say: Say) -> None:
    """Sends signal after signal: at a score of 60 marketing is asked to review the lead, at 100 sales gets it."""
    say(terminal_text.heading("Somebody reads, and Baton counts"))
    say("A website and a webinar tool tell what one person did over three weeks, each time with POST /signals.")
    say("What the points are worth is agreed. They fade with time: after 30 days half is left.")
    before, lead = dict[str, Any](), dict[str, Any]()
    for signal in _story(f"priya.{int(time.time())}@northwind.example"):
        before, lead = lead, baton.send_signal(signal)
        _print_step(signal, before, lead, say)
        if (before.get("status"), lead["status"]) == ("nurturing", "in_review"):
            _print_review(baton, lead, say)
    handoff = lead["handoff"]
    if handoff is None:
        raise TookTooLong(f"{lead['email']} has read everything and is not with sales")
    say(terminal_text.heading(f"Why: GET /leads/{lead['lead_id']}"))
    for line in lead_explanation.lead(lead):
        say(line)
    at = before["updated_at"]
    then = baton.lead(lead["lead_id"], at=at)
    say(f"\nAnd as it was before the last signal, with ?at={at}:")
    say(f"  score {then['score']['total']:g}; {then['qualification']['next']}")
    say(terminal_text.heading(f"The mail to {handoff['owner']}"))
    say(terminal_text.mail(mailbox.wait_for(handoff["handoff_id"], to=handoff["owner"])))


def _story(email: str) -> Iterator[Signal]:
    """Yields the sample's signals from a new address, shifted so that the last one has just happened."""
    signals = json.loads(STORY.read_text())["signals"]
    later = datetime.now(UTC) - terminal_text.moment(signals[-1]["at"])
    for signal in signals:
        at = terminal_text.moment(signal["at"]) + later
        yield {**signal, "message_id": f"{signal['message_id']}-{email}", "email": email, "at": at.isoformat()}


def _print_step(signal: Signal, before: Mapping[str, Any], lead: Mapping[str, Any], say: Say) -> None:
    lines = {_line(entry) for entry in before["score"]["entries"]} if before else set()
    new = [entry for entry in reversed(lead["score"]["entries"]) if _line(entry) not in lines]
    gained = ", ".join(
        f"{lead_explanation.points(entry['points'])} {entry['rule']}" for entry in new if "signal" in entry
    )
    deed = f"{signal['kind'].replace('_', ' ')}: {signal['content']['id']}"
    say(f"\n  {terminal_text.moment(signal['at']):%d %b}  {deed:<36} {gained:<38} score {lead['score']['total']:g}")
    say(f"          {lead['qualification']['next']}")


def _line(entry: Mapping[str, Any]) -> tuple[str, str | None]:
    return entry["rule"], entry.get("signal")


def _print_review(baton: Baton, lead: Mapping[str, Any], say: Say) -> None:
    waiting = baton.queue("in_review")
    if not any(each["lead_id"] == lead["lead_id"] for each in waiting):
        raise TookTooLong(f"{lead['email']} is not in the review queue")
    say("          It is a marketing qualified lead now: GET /leads?queue=in_review lists it; sales hears nothing yet.")
