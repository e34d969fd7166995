"""A sales office: makes leads through the functions themselves, and the events with which AWS calls each function."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import quote

from baton.aws.clock import utc_now
from baton.aws.store import Store
from baton.domain.identity import lead_id_of
from baton.domain.lead import Lead
from baton.outreach.links import Action, Links
from bench.functions import handler
from bench.meter import Call, metered
from bench.world import MANAGER, PEPPER, REPS, TEAM, World
from tools.workspace import ROOT

Event = dict[str, Any]
CONSULTATION = json.loads((ROOT / "events" / "consultation.json").read_text())
DOWNLOAD = json.loads((ROOT / "events" / "content-download.json").read_text())
DOWNLOAD.pop("submission_id")


def rest(method: str, path: str, body: object = None, by: str | None = None, **query: str) -> Event:
    """A request as API Gateway's REST API hands it to a function; `by` is the signed-in person's address."""
    claims = {"email": by, "cognito:groups": "sales,admin" if by == MANAGER else "sales"}
    return {
        "httpMethod": method,
        "path": path,
        "resource": path,
        "headers": {"content-type": "application/json", "host": "baton.example.com", "user-agent": "bench"},
        "queryStringParameters": query or None,
        "body": None if body is None else json.dumps(body),
        "isBase64Encoded": False,
        "requestContext": {"stage": "v1", "httpMethod": method} | ({"authorizer": {"claims": claims}} if by else {}),
    }


@dataclass
class Office:
    """Makes leads, and remembers what the last form put into the table's stream."""

    world: World
    store: Store = field(init=False)
    stream: list[dict[str, Any]] = field(default_factory=list, init=False)
    _numbers: "count[int]" = field(default_factory=count, init=False)

    def __post_init__(self) -> None:
        self.store = Store.from_environment()

    def form(self, name: str = "consultation", email: str | None = None) -> Event:
        """A form, from somebody new unless an address is given."""
        number = next(self._numbers)
        sent = CONSULTATION if name == "consultation" else DOWNLOAD
        return rest(
            "POST", f"/forms/{name}", sent | {"email": email or address(number), "submission_id": f"s-{number}"}
        )

    def lead(self, form: str = "consultation") -> Lead:
        """Somebody new, who has sent a form."""
        event = self.form(form)
        with metered() as calls:
            answer = handler("submit_form")(event, None)
        if answer["statusCode"] != 202:
            raise RuntimeError(f"the form was not taken: {answer['body']}")
        self.stream = stream_records(calls)
        lead = self.store.lead(lead_id_of(json.loads(event["body"])["email"], PEPPER.encode()))
        if lead is None:
            raise RuntimeError("the lead was not kept")
        return lead

    def handed_over(self) -> Lead:
        """Somebody new, who has asked for a person and is with sales."""
        lead = self.lead()
        if lead.handoff is None or lead.handoff.owner is None:
            raise RuntimeError("the lead was not handed over")
        return lead

    def path(self, lead: Lead, verb: str) -> Event:
        """A salesperson does something with a handoff of theirs."""
        handoff = lead.handoff
        assert handoff is not None  # noqa: S101  # handed_over() gave it
        return rest("POST", f"/handoffs/{handoff.handoff_id}/{verb}", by=handoff.owner)

    def link(self, lead: Lead, method: str) -> Event:
        """The owner opens the link in the mail, or presses the button behind it."""
        assert lead.handoff is not None  # noqa: S101  # handed_over() gave it
        url = Links("https://baton.example.com", ["k" * 64]).url(lead.handoff, Action.ACCEPT, utc_now())
        return rest(method, "/links/" + url.rpartition("/")[2])

    def bus_event(self) -> Event:
        """The event that tells sales of a new lead, as the bus hands it on."""
        self.handed_over()
        record = next(r for r in self.stream if r["dynamodb"]["NewImage"]["type"]["S"] == "HandoffOffered")
        told = json.loads(record["dynamodb"]["NewImage"]["body"]["S"])
        return {"detail-type": "HandoffOffered", "detail": {"event_id": told["event_id"]}}

    def timer(self) -> Event:
        """A timer that looks at a lead with nothing overdue, which is what most timers find."""
        lead = self.handed_over()
        return {"lead_id": lead.lead_id, "event_id": lead.timer}

    def batch(self) -> Event:
        """What the stream carries after one consultation request."""
        self.handed_over()
        return {"Records": list(self.stream)}


def address(number: int) -> str:
    """The address of the nth person."""
    return f"anna.schmidt.{number:06d}@example.com"


def stream_records(calls: list[Call]) -> list[dict[str, Any]]:
    """The new events among what was written, as the table's stream hands them to a function."""
    writes = (write for call in calls if call.operation == "TransactWriteItems" for write in call.sent["TransactItems"])
    items = [write["Put"]["Item"] for write in writes if "Put" in write]
    return [
        {"dynamodb": {"SequenceNumber": str(place), "Keys": {"pk": item["pk"], "sk": item["sk"]}, "NewImage": item}}
        for place, item in enumerate(items)
        if item["sk"]["S"].startswith("EVENT#")
    ]


def _contact(office: Office) -> Event:
    return office.path(office.handed_over(), "contact") | {"body": json.dumps({"channel": "phone", "note": "Called."})}


def _reassign(office: Office) -> Event:
    return office.path(office.handed_over(), "reassign") | {"body": json.dumps({"reason": "on leave this week"})}


SAMPLES: dict[str, Callable[[Office], Event]] = {
    "submit_form": lambda office: office.form(),
    "show_link": lambda office: office.link(office.handed_over(), "GET"),
    "use_link": lambda office: office.link(office.handed_over(), "POST"),
    "get_lead": lambda office: rest("GET", f"/leads/{office.handed_over().lead_id}", by=REPS[0]),
    "get_timeline": lambda office: rest("GET", f"/leads/{office.handed_over().lead_id}/timeline", by=REPS[0]),
    "list_leads": lambda office: rest("GET", "/leads", by=REPS[0], queue="with_sales"),
    "list_reps": lambda office: rest("GET", f"/teams/{TEAM}/reps", by=REPS[0]),
    "put_rep": lambda office: rest("PUT", f"/teams/{TEAM}/reps/{quote('new@sales.example.com')}", {}, by=MANAGER),
    "accept_handoff": lambda office: office.path(office.handed_over(), "accept"),
    "log_contact": _contact,
    "reassign_handoff": _reassign,
    "publish_events": Office.batch,
    "notify_sales": Office.bus_event,
    "follow_up": Office.timer,
}
"""What each function is measured with; one that is not here is measured at start-up only."""
