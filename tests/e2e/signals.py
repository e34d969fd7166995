"""Signals as tools and staff send them, in the words of the tests."""

import uuid
from typing import Any

from tests.e2e.at_work import AtWork, View, read, until

PRICES = {"id": "price-list"}
GUIDE = {"id": "guide"}


def signal(email: str, kind: str, **more: Any) -> View:
    """A signal that nobody has sent yet."""
    return {"message_id": uuid.uuid4().hex, "email": email, "kind": kind, **more}


def became(baton: AtWork, *signals: View) -> list[View]:
    """What became of each of these signals; those whose lead was too busy are sent again, as tools are to."""
    results: list[View] = read(baton.admin.post("/signals", json={"signals": signals}))["results"]

    def are_taken() -> bool:
        failed = [place for place, result in enumerate(results) if result["result"] == "failed"]
        if failed:
            again = read(baton.admin.post("/signals", json={"signals": [signals[place] for place in failed]}))[
                "results"
            ]
            for place, result in zip(failed, again, strict=True):
                results[place] = result
        return not failed

    until(are_taken, what="taking all signals")
    return results


def tell(baton: AtWork, *signals: View) -> View:
    """A tool sends these at once, all about one lead, which is as this gives it afterwards."""
    results = became(baton, *signals)
    assert [result["result"] for result in results] == ["accepted"] * len(signals), results
    return baton.lead(results[-1]["lead_id"])


def did(baton: AtWork, email: str, kind: str, **more: Any) -> View:
    """The lead after it has done this."""
    return tell(baton, signal(email, kind, **more))


def rules(lead: View) -> dict[str, float]:
    """What each rule counts on the lead now, all its entries together; nothing of rules that count nothing."""
    worth: dict[str, float] = {}
    for entry in lead["score"]["entries"]:
        worth[entry["rule"]] = worth.get(entry["rule"], 0) + entry["points"]
    return {rule: points for rule, points in worth.items() if points}


def somewhere() -> str:
    """A company's domain that no test has used before."""
    return f"company-{uuid.uuid4().hex[:12]}.com"
