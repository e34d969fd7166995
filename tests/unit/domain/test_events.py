"""Events on the bus: each payload has ids and facts, and nothing personal."""

import json
from datetime import timedelta
from typing import get_args

import pytest

from baton.domain.accounts.account import AccountMatch
from baton.domain.accounts.form_handoffs import FormHandoffs
from baton.domain.events.happened import Happened
from baton.domain.events.lead_events import Answered, LeadUpdated
from baton.domain.events.recorded import Event, Recorded, event_id_of
from baton.domain.events.review_events import (
    AnswerRequested,
    DutyEscalated,
    DutyReminded,
    LeadParked,
    LeadReviewed,
    ReviewRequested,
)
from baton.domain.events.signal_events import SignalRecorded
from baton.domain.leads.fact_snapshot import FactSnapshot
from baton.domain.leads.handoff import Evidence
from baton.domain.leads.lead import Request
from baton.domain.leads.merged_histories import GivenAway, MergedPart
from baton.domain.leads.person_facts import Company, Profile
from baton.domain.leads.routing_choice import Routing, Skipped
from baton.domain.meetings.meeting import Meeting
from tests.unit.given import LEAD_ID, NOW, SAM, TERMS, offered, rep

KINDS: tuple[type[Happened], ...] = get_args(get_args(Event)[0])
CANARY = "canary"
KNOWN = FactSnapshot(profile=Profile(first_name=CANARY), request=Request(at=NOW, form=CANARY, message=CANARY))
CLOCKS = offered(rep(SAM)).handoff.clocks

ENVELOPE = {"event_id", "lead_id", "at", "version"}


def value_for(kind: type[Happened], name: str, annotation: object) -> object:
    """Something for a field, a canary wherever a text can be."""
    shapes: dict[str, object] = {
        "profile": Profile(first_name=CANARY, last_name=CANARY, title=CANARY, phone=CANARY, country=CANARY),
        "company": Company(name=CANARY, domain=CANARY),
        "routing": Routing(chosen=CANARY, why=CANARY, skipped=(Skipped(rep=CANARY, why=CANARY),)),
        "terms": TERMS.model_copy(update={"next_step": CANARY}),
        "clocks": CLOCKS,
        "reasons": (CANARY,),
        "then": "park",
        "outcome": "won",
        "channel": "inbound",
        "chosen_by": "staff",
        "properties": {CANARY: CANARY},
        "attributes": {CANARY: CANARY},
        "evidence": (Evidence(rule=CANARY, points=1, at=NOW, signal=CANARY),),
        "account": "acme.example",
        "fields": ("profile.title",),
        "cleared": (CANARY,),
        "verdict": (CANARY,),
        "signals": (f"{LEAD_ID}-00000002",),
        "purposes": ("newsletter",),
        "consents": {"newsletter": CANARY},
        "existing": "fill",
        "staff_said": ("title",),
        "speaker": "tool",
        "opted_out": True,
        "mail_choice": {"wanted": False, "cause": "record"},
        "cause": "record",
        "stage": "mql",
        "suspicion": "honeypot",
        "news": "request",
        "attempt": 1,
        "meeting": Meeting(meeting_id=CANARY, starts_at=NOW, told_at=NOW, name=CANARY, place=CANARY, hosts=(CANARY,)),
        "forms": FormHandoffs(number=3, day="2026-11-24", handed=3, left=1),
        "score": 1.5,
        "probability": 0.05,
        "worth": 1.5,
        "agreement_version": 1,
        "duty_id": f"{LEAD_ID}-D001",
        "answers": {CANARY: True},
        "brought": KNOWN,
        "known": KNOWN,
        "parts": (MergedPart(lead_id=CANARY, email=CANARY, until=1),),
        "ceded": (GivenAway(sent_to=(CANARY,), after=1, until=2),),
    }
    only: dict[tuple[type[Happened], str], object] = {
        (SignalRecorded, "bant"): {"budget": CANARY},
        (ReviewRequested, "clock"): CLOCKS[0],
        (AnswerRequested, "clock"): CLOCKS[0],
        (LeadReviewed, "verdict"): "bad_fit",
        (DutyReminded, "kind"): "review",
        (DutyEscalated, "kind"): "return",
        (LeadUpdated, "bant"): {"budget": Answered(value=CANARY)},
        (LeadUpdated, "account"): AccountMatch(domain=CANARY, matched_by="link"),
    }
    if (kind, name) in only:
        return only[kind, name]
    if name in shapes:
        return shapes[name]
    if annotation is int:
        return 1
    if annotation is bool:
        return True
    return CANARY if "str" in str(annotation) else NOW


def filled(kind: type[Happened]) -> Happened:
    """An event of this kind with a canary in each of its texts that stays in the table."""
    fields = {
        name: (f"published-{name}" if name in kind.published and value == CANARY else value)
        for name, field in kind.model_fields.items()
        if name != "type"
        for value in [value_for(kind, name, field.annotation)]
    }
    return kind.model_validate(fields)


def recorded(event: Happened) -> Recorded:
    return Recorded(event_id=event_id_of(LEAD_ID, 7), lead_id=LEAD_ID, at=NOW, by=CANARY, event=event)


def test_the_event_union_contains_every_event_class() -> None:
    assert set(KINDS) == set(Happened.__subclasses__())


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_bus_payload_of_an_event_has_nothing_personal(kind: type[Happened]) -> None:
    sent = json.dumps(recorded(filled(kind)).for_the_bus())
    assert CANARY not in sent
    assert SAM not in sent


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_bus_payload_of_an_event_has_its_published_fields(kind: type[Happened]) -> None:
    assert set(recorded(filled(kind)).for_the_bus()) == ENVELOPE | set(kind.published)
    assert set(kind.published) <= set(kind.model_fields)
    assert not ENVELOPE & set(kind.published)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_event_has_its_class_name_and_is_read_back_from_json_unchanged(kind: type[Happened]) -> None:
    fact = recorded(filled(kind))
    assert fact.event.type == kind.__name__
    assert Recorded.model_validate_json(fact.model_dump_json()) == fact


def test_no_published_field_is_free_text_or_an_address() -> None:
    personal = {"email", "owner", "previous_owner", "note", "message", "profile", "company", "routing", "reasons"}
    assert not personal & {name for kind in KINDS for name in kind.published}


def test_a_time_on_the_bus_is_utc_to_the_millisecond() -> None:
    fact = recorded(LeadParked(due_at=NOW + timedelta(days=90)))
    assert fact.for_the_bus() == {
        "event_id": f"{LEAD_ID}-00000007",
        "lead_id": LEAD_ID,
        "at": "2026-11-24T09:30:00.000Z",
        "version": 1,
        "due_at": "2027-02-22T09:30:00Z",
    }
