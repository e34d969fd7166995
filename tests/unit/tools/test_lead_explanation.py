"""The demonstration's explanation of a lead at a terminal."""

from typing import Any

from tools import lead_explanation
from tools.terminal_text import WIDTH

AT = "2026-11-20T15:00:00Z"
SHOWN: dict[str, Any] = {
    "lead_id": "abc",
    "email": "jo@company.example",
    "profile": {"first_name": None, "last_name": None, "title": "Buyer"},
    "company": {"name": None},
    "stage": "mql",
    "status": "in_review",
    "channel": "inbound",
    "source": "website",
    "persona": {"label": "Head of buying", "match": 60, "missing": ["budget"]},
    "score": {
        "total": 60,
        "threshold": 100,
        "entries": [
            {"rule": "webinar", "points": 28.5, "at": AT, "signal": "abc-00000004", "what": "came", "note": "faded"},
            {"rule": "engagement limits", "points": -12, "at": AT, "note": "at most 100"},
        ],
    },
    "funnel": {"stage": "mofu", "next_content": {"title": "Price list"}},
    "bant": {"need": {"value": "a plant", "met": False, "source": "crm", "at": AT}},
    "qualification": {
        "sql": {"met": False, "missing": ["budget: no answer yet"]},
        "next": "Marketing is to review it.",
    },
    "handoff": None,
}
HANDOFF = {
    "trigger": "target_account",
    "agreement_version": 7,
    "reasons": ["Acme is a target account", "visit: 10"],
    "owner": "sam@baton.example",
    "routing": {"why": "owns it"},
}


def words(shown: dict[str, Any]) -> str:
    lines = [line for text in lead_explanation.lead(shown) for line in text.splitlines()]
    assert all(len(line) <= WIDTH for line in lines)
    return " | ".join(" ".join(line.split()) for line in lines)


def test_a_lead_is_explained_line_by_line() -> None:
    assert words(SHOWN) == (
        "lead jo@company.example, Buyer"
        " | stage mql, in review; inbound, from website"
        " | persona Head of buying, to 60%; unknown: budget"
        " | score 60 of 100; sales gets a lead from 100"
        " | +28.5 webinar came, signal 4 | 20 Nov; faded"
        " | -12 engagement limits at most 100 | = 60"
        " | reads mofu; to read next: Price list"
        " | need a plant, not enough (crm, 20 Nov)"
        " | SQL not yet: budget: no answer yet"
        " | next Marketing is to review it."
    )


def test_a_handoff_is_explained_by_trigger_version_reasons_and_routing() -> None:
    assert (
        "| handed over by trigger target account, agreement version 7"
        " | because Acme is a target account (visit: 10)"
        " | owner sam@baton.example: owns it |"
    ) in words({**SHOWN, "handoff": HANDOFF})
