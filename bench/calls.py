"""Counts the DynamoDB requests of each function, and their cost, for a new lead and for one with a long history."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from baton.aws.runtime.utc_clock import utc_now
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import BANT
from bench.dynamodb_units import Bill, bill_for
from bench.functions import handler
from bench.lead_factory import Event, LeadFactory, company, rest, signal
from bench.report import Section
from bench.world import REPS, World

LONG = 1_000
Request = Callable[[LeadFactory, str], tuple[str, Event]]


def measure(world: World) -> Section:
    """Bills each request twice: for a lead with no or few events, and for one with a thousand."""
    factory = LeadFactory(world)
    rows = [_row(what, bill(factory, what, events), events) for what in REQUESTS for events in (0, LONG)]
    return Section(
        "DynamoDB on the request path",
        "calls",
        ("request", "events before", "calls", "which", "read units", "write units", "of them for indexes"),
        rows,
        (
            "Units follow from the items themselves by AWS's rules (`bench/dynamodb_units.py`): a write in a "
            "transaction counts twice, entries of indexes once.",
            "A warm function; once a minute each reads the agreement besides, with one call.",
        ),
    )


def bill(factory: LeadFactory, what: str, events: int = 0) -> Bill:
    """Returns the cost of one request for a lead with so many events."""
    email = f"reader@{company(factory)}"
    for _ in range(events - 1):  # the first form makes two events
        handler("submit_form")(factory.form("content-download", email), None)
    function, event = REQUESTS[what](factory, f"reader@{company(factory)}")
    handler(function)(event, None)  # which has the agreement and its secrets at hand from then on
    _, event = REQUESTS[what](factory, email)
    return bill_for(factory.world, lambda: handler(function)(event, None))


def _row(what: str, bill: Bill, events: int) -> tuple[str, ...]:
    which = ", ".join(f"{count} {name}" if count > 1 else name for name, count in Counter(bill.calls).items())
    units = (f"{bill.reads:g}", f"{bill.writes:g}", f"{bill.of_indexes:g}")
    return what, f"{events:,}" if events else "none", str(len(bill.calls)), which, *units


def _form(name: str) -> Request:
    return lambda factory, email: ("submit_form", factory.form(name, email))


def _on_handoff(function: str, event: Callable[[LeadFactory, Lead], Event]) -> Request:
    return lambda factory, email: (function, event(factory, factory.lead(email=email)))


def _signal(kind: str) -> Request:
    return lambda factory, email: ("submit_signals", signal(factory, email, kind))


def _form_of_a_target(factory: LeadFactory, email: str) -> tuple[str, Event]:
    """Returns the form of a person whose company is a listed target account."""
    listing = rest("PUT", f"/accounts/{email.partition('@')[2]}", {"owner": REPS[0]}, by=REPS[0])
    handler("put_account")(listing, None)
    return "submit_form", factory.form("content-download", email)


def _last_answers(factory: LeadFactory, email: str) -> tuple[str, Event]:
    """Returns staff's update with the BANT answers that make a lead an SQL."""
    lead = factory.lead("content-download", email)
    answers = {need: {"value": "settled", "met": True} for need in BANT}
    return "update_lead", rest("PATCH", f"/leads/{lead.lead_id}", {"bant": answers}, by=REPS[0])


def _late(factory: LeadFactory, lead: Lead) -> Event:
    """Returns the timer's event, and sets the function's clock sixteen minutes ahead."""
    _set_clock(handler("follow_up"), ahead=timedelta(minutes=16))
    return {"lead_id": lead.lead_id, "event_id": lead.timer}


def _in_time(factory: LeadFactory, lead: Lead) -> Event:
    _set_clock(handler("follow_up"), ahead=timedelta())
    return {"lead_id": lead.lead_id, "event_id": lead.timer}


def _set_clock(function: Any, ahead: timedelta) -> None:
    function.__globals__["utc_now"] = lambda: utc_now() + ahead


REQUESTS: dict[str, Request] = {
    "a form that only records": _form("content-download"),
    "a consultation that is handed over": _form("consultation"),
    "a form of a target account, handed over": _form_of_a_target,
    "a signal that only records": _signal("page_visited"),
    "a signal that hands over": _signal("demo_requested"),
    "answers that staff put down, handed over": _last_answers,
    "accept": _on_handoff("accept_handoff", lambda factory, lead: factory.path(lead, "accept")),
    "contact": _on_handoff("log_contact", lambda factory, lead: factory.contact(lead)),
    "follow_up, nothing is due": _on_handoff("follow_up", _in_time),
    "follow_up, somebody is reminded": _on_handoff("follow_up", _late),
    "the mail of a handoff": lambda factory, email: ("notify_sales", factory.bus_event(email)),
    "get a lead": _on_handoff("get_lead", lambda _, lead: rest("GET", f"/leads/{lead.lead_id}", by=REPS[0])),
    "get a page of its timeline": _on_handoff(
        "get_timeline", lambda _, lead: rest("GET", f"/leads/{lead.lead_id}/timeline", by=REPS[0])
    ),
}
