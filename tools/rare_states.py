"""Makes what the made-up history has none of, on a local stack, so that each such screen of the console is pictured."""

import json
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import boto3
import httpx

from tests.e2e.console import Who
from tests.senders import sent
from tools.stack import Stack

View = Mapping[str, Any]
_A_DOCUMENT = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_LINES = "".join(["E-Mail\n", *(f"person.{number}@fair.example\n" for number in range(20)), "nobody\n" * 9])
_FILES = {"that-is-none": _A_DOCUMENT, "with-refused-lines": _LINES.encode(), "without-address": b"Name\nAnna\n"}


def rare_states(stack: Stack, session: boto3.Session) -> dict[str, tuple[Who, str]]:
    """Makes each state; gives by its name who looks at it in the console, and where."""
    with stack.api("marketing") as marketing, stack.api("admin") as admin, stack.api() as anybody:
        leads = _leads(marketing, admin, anybody)
        lists = {f"list-{name}": _import(marketing, name, file) for name, file in _FILES.items()}
        drafts = _drafts(marketing)
        _not_understood(stack, anybody)
    for queue in ("UnpublishedQueue", "UnsentMailQueue", "UncheckedRostersQueue"):
        session.client("sqs").send_message(QueueUrl=stack.outputs[f"{queue}Url"], MessageBody='{"detail": {}}')
    return {
        **{f"lead-{name}": ("maria", f"/leads/{path}") for name, path in leads.items()},
        **{name: ("maria", f"/lists?list={import_id}") for name, import_id in lists.items()},
        **{name: ("maria", f"/agreement?draft={draft_id}") for name, draft_id in drafts.items()},
        "tool-not-understood": ("ada", "/tools?tool=standard"),
        "operations-failures": ("ada", "/operations"),
    }


def _leads(marketing: httpx.Client, admin: httpx.Client, anybody: httpx.Client) -> dict[str, str]:
    """Makes a lead in each state; gives its id, and the tab to look at, by the state's name."""

    def came(name: str, **answers: object) -> str:
        email = f"{name}.{uuid.uuid4().hex[:6]}@rare.example"
        asked = {"email": email, "first_name": name.capitalize(), "content": "price-list", **answers}
        anybody.post("/forms/content-download", json=asked).raise_for_status()
        found: str = _read(marketing.get("/leads", params={"email": email}))["leads"][0]["lead_id"]
        return found

    parked, held, kept, other, erased = (came(name) for name in ("paula", "hilde", "karl", "carl", "erik"))
    review = {"verdict": "bad_timing", "reason": "Budget only next year"}
    _read(marketing.post(f"/leads/{parked}/review", json=review))
    _read(marketing.post(f"/leads/{held}/hold", json={"reason": "Our partner talks with them"}))
    _read(marketing.post(f"/leads/{kept}/merge", json={"other": other, "reason": "Told on the phone"}))
    admin.delete(f"/leads/{erased}").raise_for_status()
    spam = _read(marketing.get("/leads", params={"queue": "spam"}))["leads"][0]["lead_id"]
    return {"parked": parked, "held-back": held, "merged": f"{kept}?tab=person", "erased": erased, "spam": spam}


def _import(marketing: httpx.Client, name: str, file: bytes) -> str:
    begun = _read(marketing.post("/imports", json={"kind": "leads", "source": "fair", "campaign": name}))
    to = begun["upload"]
    httpx.post(to["url"], data=to["fields"], files={"file": ("list.csv", file)}).raise_for_status()
    import_id: str = begun["import_id"]
    return import_id


def _drafts(marketing: httpx.Client) -> dict[str, str]:
    """Writes a draft that one department has signed, and one that was withdrawn."""
    text = _read(marketing.get("/agreement"))["yaml"]
    signed, withdrawn = (
        _read(marketing.post("/agreement/drafts", json={"yaml": text.replace("points: 10", f"points: {points}", 1)}))
        for points in (12, 14)
    )
    _read(marketing.post(f"/agreement/drafts/{signed['draft_id']}/signatures", json={"revision": signed["revision"]}))
    marketing.delete(f"/agreement/drafts/{withdrawn['draft_id']}").raise_for_status()
    return {"draft-signed-by-one": signed["draft_id"], "draft-withdrawn": withdrawn["draft_id"]}


def _not_understood(stack: Stack, anybody: httpx.Client) -> None:
    body = json.dumps({"type": "call_me", "data": {"their_mail": "ann@rare.example"}}).encode()
    url = f"{stack.api_url}/webhooks/standard"
    one = sent("standard", body, datetime.now(UTC), secret=stack.webhook_secrets["standard"], url=url)
    anybody.post(url, content=one.body, headers=one.headers).raise_for_status()


def _read(answer: httpx.Response) -> View:
    answer.raise_for_status()
    view: View = answer.json()
    return view
