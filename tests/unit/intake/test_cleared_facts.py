"""What is empty in a tool's record is told as cleared, and what anybody typed into a tool's form is told as such."""

import json
from typing import Any

import pytest

from baton.domain.trust.speakers import Speaker
from tests.senders import recorded
from tests.unit.intake.deliveries import signals_of


def changed(name: str, value: Any, **more: Any) -> bytes:
    event = {
        "subscriptionType": "contact.propertyChange", "objectId": 7, "email": "anna@acme.example",
        "propertyName": name, "propertyValue": value, "occurredAt": 1795512600000, "eventId": 1, **more,
    }  # fmt: skip
    return json.dumps([event]).encode()


def contact(**properties: Any) -> bytes:
    """A workflow's contact, whose properties are objects with a value."""
    known = {"email": "anna@acme.example", **properties}
    return json.dumps({"vid": 7, "properties": {name: {"value": value} for name, value in known.items()}}).encode()


def mailchimp(named: str, **merges: str) -> bytes:
    fields = {"type": named, "fired_at": "2026-11-24 09:30:00", "data[email]": "anna@acme.example"}
    fields |= {f"data[merges][{name}]": value for name, value in merges.items()}
    return "&".join(f"{name}={value}" for name, value in fields.items()).encode()


def standard(**data: Any) -> bytes:
    body = json.loads(recorded("standard.json"))
    return json.dumps(body | {"data": {"email": "anna@acme.example", **data}}).encode()


@pytest.mark.parametrize(
    ("source", "body", "cleared"),
    [
        pytest.param("hubspot", changed("jobtitle", ""), ("title",), id="an emptied property"),
        pytest.param("hubspot", changed("jobtitle", None), ("title",), id="a property without a value"),
        pytest.param("hubspot", changed("jobtitle", "CTO"), (), id="a property with a value"),
        pytest.param("hubspot", changed("hs_score", ""), (), id="a property that is no fact"),
        pytest.param("hubspot", contact(jobtitle="", phone="1"), ("title",), id="an emptied property in a workflow"),
        pytest.param("hubspot", contact(phone="1"), (), id="a property that a workflow does not send"),
        pytest.param("mailchimp", mailchimp("profile", PHONE="", FNAME="Anna"), ("phone",), id="an empty merge field"),
        pytest.param("standard", standard(title=None), ("title",), id="null by a tool of one's own"),
        pytest.param("standard", standard(title=""), (), id="an empty text is nothing said"),
        pytest.param("standard", standard(title="CTO", job_title=None), (), id="given under another name"),
    ],
)
def test_an_empty_property_is_told_as_cleared(source: str, body: bytes, cleared: tuple[str, ...]) -> None:
    [signal] = signals_of(source, body)
    assert signal.cleared == cleared


@pytest.mark.parametrize(
    ("source", "body", "speaker"),
    [
        pytest.param("hubspot", changed("jobtitle", "CTO", changeSource="CRM_UI"), None, id="a colleague in HubSpot"),
        pytest.param("hubspot", changed("jobtitle", "X", changeSource="FORM"), Speaker.ANYBODY, id="HubSpot's form"),
        pytest.param("calendly", "calendly.json", Speaker.ANYBODY, id="a booking page"),
    ],
)
def test_what_anybody_could_type_is_told_as_anybodys(source: str, body: Any, speaker: Speaker | None) -> None:
    [signal] = signals_of(source, body)
    assert signal.speaker is speaker
