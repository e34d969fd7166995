"""Makes leads through the functions themselves, and the events with which AWS calls each function."""

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import quote

from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store
from baton.domain.identity.lead_ids import lead_id_of
from baton.domain.leads.lead import Lead
from baton.outreach.links.handoff_links import Action, Links
from bench.functions import handler
from bench.world import MANAGER, PEPPER, REPS, TABLE, TEAM, WEBHOOK_KEY, World
from tools.workspace import ROOT

Event = dict[str, Any]
CONSULTATION = json.loads((ROOT / "events" / "consultation.json").read_text())
DOWNLOAD = json.loads((ROOT / "events" / "content-download.json").read_text())
DOWNLOAD.pop("submission_id")
DELIVERY = json.loads((ROOT / "events" / "webhooks" / "segment.json").read_text())
_NUMBERS = count()  # of all offices together, so that nobody sends the same form again


def rest(method: str, path: str, body: object = None, by: str | None = None, **query: str) -> Event:
    """Returns a request as API Gateway's REST API passes it to a function; `by` is the signed-in person's address."""
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
class LeadFactory:
    """Makes leads, one after the other."""

    world: World
    store: Store = field(init=False)

    def __post_init__(self) -> None:
        self.store = Store.from_environment()

    def form(self, name: str = "consultation", email: str | None = None) -> Event:
        """Returns a form, from a new address unless one is given."""
        number = self.number()
        sent = CONSULTATION if name == "consultation" else DOWNLOAD
        return rest(
            "POST", f"/forms/{name}", sent | {"email": email or address(number), "submission_id": f"s-{number}"}
        )

    def number(self) -> int:
        """Returns a number that was not used before."""
        return next(_NUMBERS)

    def lead(self, form: str = "consultation", email: str | None = None) -> Lead:
        """Sends a form, from a new address unless one is given, and returns the lead."""
        event = self.form(form, email)
        answer = handler("submit_form")(event, None)
        if answer["statusCode"] != 202:
            raise RuntimeError(f"the form was not taken: {answer['body']}")
        return self.sent_by(event)

    def sent_by(self, form: Event) -> Lead:
        """Returns the lead that sent this form."""
        lead = self.store.lead(lead_id_of(json.loads(form["body"])["email"], PEPPER.encode()))
        if lead is None:
            raise RuntimeError("the lead was not kept")
        return lead

    def events_of(self, lead: Lead, last: int = 3) -> list[dict[str, Any]]:
        """Returns the last events of a lead, as the table's stream passes them to a function."""
        found = self.world.session.client("dynamodb").query(
            TableName=TABLE,
            KeyConditionExpression="pk = :lead AND begins_with(sk, :event)",
            ExpressionAttributeValues={":lead": {"S": f"LEAD#{lead.lead_id}"}, ":event": {"S": "EVENT#"}},
            ScanIndexForward=False,
            Limit=last,
        )
        return [_stream_record(place, item) for place, item in enumerate(reversed(found["Items"]))]

    def handed_over(self, email: str | None = None) -> Lead:
        """Makes a lead that asked for a person and is with sales."""
        lead = self.lead(email=email)
        if lead.handoff is None or lead.handoff.owner is None:
            raise RuntimeError("the lead was not handed over")
        return lead

    def path(self, lead: Lead, verb: str) -> Event:
        """Returns a rep's request about a handoff of theirs, such as `accept`."""
        handoff = lead.handoff
        assert handoff is not None  # noqa: S101  # handed_over() gave it
        return rest("POST", f"/handoffs/{handoff.handoff_id}/{verb}", by=handoff.owner)

    def link(self, lead: Lead, method: str) -> Event:
        """Returns the request that opens the link in the owner's mail, or presses its button."""
        assert lead.handoff is not None  # noqa: S101  # handed_over() gave it
        url = Links("https://baton.example.com", ["k" * 64]).url(lead.handoff, Action.ACCEPT, utc_now())
        return rest(method, "/links/" + url.rpartition("/")[2])

    def contact(self, lead: Lead) -> Event:
        """Returns the owner's request that logs a call."""
        return self.path(lead, "contact") | {"body": json.dumps({"channel": "phone", "note": "Called; call again."})}

    def bus_event(self, email: str | None = None) -> Event:
        """Returns the event that tells sales of a lead, as the bus passes it on."""
        return {"detail-type": "HandoffOffered", "detail": {"event_id": self.handed_over(email).timer}}

    def timer(self) -> Event:
        """Returns the event of a timer with nothing overdue, which is what most timers find."""
        lead = self.handed_over()
        return {"lead_id": lead.lead_id, "event_id": lead.timer}

    def batch(self) -> Event:
        """Returns the stream's batch after one consultation request."""
        return {"Records": self.events_of(self.handed_over())}

    def delivery(self) -> Event:
        """Returns a tool's signed webhook about a new person."""
        number = self.number()
        ids = {name: f"{name}-{number}" for name in ("anonymousId", "messageId", "userId")}
        text = json.dumps(DELIVERY | ids).replace("@", f"+{number}@")
        signature = hmac.new(WEBHOOK_KEY.encode(), text.encode(), hashlib.sha1).hexdigest()
        event = rest("POST", "/webhooks/segment")
        return event | {"headers": event["headers"] | {"x-signature": signature}, "body": text}


def address(number: int) -> str:
    """Returns the address of the nth person."""
    return f"anna.schmidt.{number:06d}@example.com"


def _stream_record(place: int, item: Any) -> dict[str, Any]:
    key = {"pk": item["pk"], "sk": item["sk"]}
    return {"eventName": "INSERT", "dynamodb": {"SequenceNumber": str(place), "Keys": key, "NewImage": item}}


def company(factory: LeadFactory) -> str:
    """Returns the domain of a company that was not used before."""
    return f"company-{factory.number():06d}.com"


def _listed(factory: LeadFactory) -> str:
    """Makes a listed company with one known lead, and returns its domain."""
    domain = company(factory)
    factory.lead("content-download", f"anna.schmidt@{domain}")
    handler("put_account")(rest("PUT", f"/accounts/{domain}", {"owner": REPS[0]}, by=REPS[0]), None)
    return domain


def _list_of_accounts(factory: LeadFactory, lines: int) -> Event:
    text = "domain,owner\n" + "".join(f"{company(factory)},{REPS[0]}\n" for _ in range(lines))
    event = rest("POST", "/accounts/import", by=REPS[0])
    return event | {"headers": {**event["headers"], "content-type": "text/csv"}, "body": text}


def signal(factory: LeadFactory, email: str, kind: str) -> Event:
    """Returns a request with one signal of a person."""
    sent = {"message_id": f"bench-{factory.number()}", "email": email, "kind": kind}
    return rest("POST", "/signals", {"signals": [sent]}, by=REPS[0])


def _read(factory: LeadFactory) -> str:
    """Returns the path of a new lead that has downloaded something."""
    return f"/leads/{factory.lead('content-download').lead_id}"


def _reassign(factory: LeadFactory) -> Event:
    return factory.path(factory.handed_over(), "reassign") | {"body": json.dumps({"reason": "on leave this week"})}


SAMPLES: dict[str, Callable[[LeadFactory], Event]] = {
    "submit_form": lambda factory: factory.form(),
    "receive_webhook": LeadFactory.delivery,
    "show_link": lambda factory: factory.link(factory.handed_over(), "GET"),
    "use_link": lambda factory: factory.link(factory.handed_over(), "POST"),
    "get_lead": lambda factory: rest("GET", f"/leads/{factory.handed_over().lead_id}", by=REPS[0]),
    "get_timeline": lambda factory: rest("GET", f"/leads/{factory.handed_over().lead_id}/timeline", by=REPS[0]),
    "list_leads": lambda factory: rest("GET", "/leads", by=REPS[0], queue="with_sales"),
    "get_rep": lambda factory: rest("GET", f"/teams/{TEAM}/reps/{REPS[0]}", by=REPS[0]),
    "check_roster": lambda factory: {},
    "list_reps": lambda factory: rest("GET", f"/teams/{TEAM}/reps", by=REPS[0]),
    "change_rep": lambda factory: rest("PATCH", f"/teams/{TEAM}/reps/{REPS[0]}", {"weight": 1}, by=MANAGER),
    "put_rep": lambda factory: rest("PUT", f"/teams/{TEAM}/reps/{quote('new@sales.example.com')}", {}, by=MANAGER),
    "list_accounts": lambda factory: rest("GET", "/accounts", by=REPS[0]),
    "get_account": lambda factory: rest("GET", f"/accounts/{_listed(factory)}", by=REPS[0]),
    "put_account": lambda factory: rest("PUT", f"/accounts/{company(factory)}", {"owner": REPS[0]}, by=REPS[0]),
    "remove_account": lambda factory: rest("DELETE", f"/accounts/{_listed(factory)}", by=REPS[0]),
    "import_accounts": lambda factory: _list_of_accounts(factory, lines=25),
    "look_at_account": lambda factory: {"detail": {"event_id": "bench-00000001", "account": _listed(factory)}},
    "submit_signals": lambda factory: signal(factory, address(factory.number()), "page_visited"),
    "update_lead": lambda factory: rest("PATCH", _read(factory), {"profile": {"title": "Buyer"}}, by=REPS[0]),
    "hand_over": lambda factory: rest("POST", f"{_read(factory)}/handoff", {"reason": "met at the fair"}, by=REPS[0]),
    "get_agreement": lambda factory: rest("GET", "/agreement", by=REPS[0]),
    "list_drafts": lambda factory: rest("GET", "/agreement/drafts", by=REPS[0]),
    "get_report": lambda factory: rest("GET", "/reports/all", by=REPS[0]),
    "close_books": lambda factory: {},
    "accept_handoff": lambda factory: factory.path(factory.handed_over(), "accept"),
    "log_contact": lambda factory: factory.contact(factory.handed_over()),
    "reassign_handoff": _reassign,
    "publish_events": LeadFactory.batch,
    "notify_sales": LeadFactory.bus_event,
    "follow_up": LeadFactory.timer,
}
"""The request with which each function is measured; others are measured at start-up only."""
