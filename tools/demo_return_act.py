"""Plays the demo's last act: a rep returns a lead, marketing reviews it on the agreed date, and another rep wins it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tools import terminal_text
from tools.baton import Baton, checked
from tools.workspace import Say

YES = {"industry": True, "decision": True, "help": True, "infrastructure": True}
WON = {"outcome": "won", "reason": "we called back when it suited them", "amount": 24000}


def in_review_again(baton: Baton, lead_id: str, rep: dict[str, str], say: Say) -> None:
    """Returns the lead for bad timing, and waits until the agreed date puts it into marketing's queue."""
    path = f"/handoffs/{baton.lead(lead_id)['handoff']['handoff_id']}/return"
    back = {"reason": "bad_timing", "note": "Their budget comes in spring."}
    checked(baton.staff.post(path, json=back, headers=rep))
    lead = baton.lead(lead_id)
    say(f"  POST {path}: the lead is {lead['status']}; to be reviewed on {lead['review_on']}")
    timeline = baton.wait_until(lead_id, "ReviewRequested")
    say(next(terminal_text.events(event for event in timeline if event["type"] == "ReviewRequested")))


def handed_over_again(baton: Baton, lead_id: str, say: Say) -> str:
    """Answers marketing's checklist with yes; returns the new owner."""
    for question in baton.lead(lead_id)["review"]["checklist"]:
        say(f"  {question['question']:<62} {_answer_text(question)}")
    path = f"/leads/{lead_id}/review"
    with baton.stack.api("marketing") as marketing:
        lead = checked(marketing.post(path, json={"verdict": "good_fit", "answers": YES})).json()
    owner: str = lead["handoff"]["owner"]
    say(f"  POST {path}: good fit; {owner} has it now, because {lead['handoff']['reasons'][0]}")
    return owner


def _answer_text(question: dict[str, Any]) -> str:
    answer = {True: "yes", False: "no", None: "not known"}[question.get("answer")]
    return f"{answer} ({question['because']})" if question.get("because") else answer


def won(baton: Baton, lead_id: str, rep: dict[str, str], say: Say) -> None:
    """Accepts, rates and wins the lead as its new owner."""
    handoff_id = baton.lead(lead_id)["handoff"]["handoff_id"]
    for step, body in (("accept", None), ("rating", {"stars": 5, "note": "ready to buy"}), ("close", WON)):
        answer = checked(baton.staff.post(f"/handoffs/{handoff_id}/{step}", json=body, headers=rep))
        say(f"  POST /handoffs/{handoff_id}/{step}: {answer.status_code}, the handoff is {answer.json()['state']}")


def print_reports(baton: Baton, say: Say) -> None:
    """Prints the report of these days' handoffs, as the regular meeting reads it."""
    today = datetime.now(UTC)
    asked = {"from": f"{today - timedelta(days=1):%Y-%m-%d}", "to": f"{today + timedelta(days=1):%Y-%m-%d}"}
    answer = checked(baton.staff.get("/reports/handoffs", params={**asked, "format": "csv"}))
    for line in answer.text.splitlines()[:12]:
        say(f"  {line[:96]}")
