"""HubSpot's contacts, merges and deletions as parts of a delivery."""

import json
from datetime import timedelta
from typing import Any

import pytest

from baton.intake.webhooks.parsing.parsed_signal import LetGoReason
from tests.senders import recorded
from tests.unit.intake.deliveries import NOW, read, signals_of

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def form(title: str, age: timedelta) -> dict[str, Any]:
    return {"conversion-id": f"{title} {age}", "title": title, "timestamp": int((NOW - age).timestamp() * 1000)}


def contact(*forms: dict[str, Any], **more: Any) -> bytes:
    sent = json.loads(recorded("hubspot-workflow.json"))
    return json.dumps({**sent, "form-submissions": list(forms), **more}).encode()


def company(**properties: Any) -> dict[str, Any]:
    values = {name: {"value": value, "versions": [{"value": "old"}]} for name, value in properties.items()}
    return {"associated-company": {"company-id": 5, "properties": values}}


ASKED, NEWS = "Request a consultation", "Newsletter"


@pytest.mark.parametrize(
    ("forms", "signals", "let_go"),
    [
        pytest.param([], ["contact_updated"], 0, id="no form"),
        pytest.param([form(ASKED, HOUR / 2)], [ASKED], 0, id="one now"),
        pytest.param([form(ASKED, 2 * HOUR)], [ASKED, "contact_updated"], 0, id="one of today"),
        pytest.param(
            [form(ASKED, HOUR / 2), form(NEWS, HOUR / 3)], [ASKED, NEWS], 0, id="a request, then a newsletter"
        ),
        pytest.param([form(NEWS, HOUR / 3), form(ASKED, HOUR / 2)], [ASKED, NEWS], 0, id="in another order"),
        pytest.param(
            [form(ASKED, 2 * DAY), form(NEWS, HOUR / 2)], [ASKED, NEWS], 0, id="a request that was tried again"
        ),
        pytest.param([form(ASKED, 4 * DAY), form(NEWS, HOUR / 2)], [NEWS], 1, id="a request told before"),
        pytest.param([form(ASKED, 9 * DAY), form(NEWS, 8 * DAY)], [NEWS, "contact_updated"], 1, id="both long ago"),
        pytest.param([form(NEWS, n * HOUR / 9) for n in range(1, 4)], [NEWS] * 3, 0, id="three within the hour"),
        pytest.param(["x", None, form(ASKED, HOUR / 2)], [ASKED], 0, id="what is no form beside"),
        pytest.param([{"title": ASKED}], [ASKED], 0, id="without a time"),
    ],
)
def test_every_form_that_may_not_have_been_told_counts(forms: list[Any], signals: list[str], let_go: int) -> None:
    agreed = {ASKED: "asked", NEWS: "joined"}
    was = read("hubspot", contact(*forms), events=agreed)
    assert [one.signal.kind for one in was.messages] == [agreed.get(each, each) for each in signals]
    assert (was.why, was.let_go) == ((), (LetGoReason.TOLD_BEFORE,) * let_go)
    assert len({one.key for one in was.messages}) == len(signals)


def test_the_former_values_of_a_contact_make_no_other_message() -> None:
    [first] = read("hubspot", contact()).messages
    past = json.loads(contact())
    past["properties"]["jobtitle"]["versions"] = [{"value": "Student", "timestamp": 1}]
    [again] = read("hubspot", json.dumps(past).encode()).messages
    past["properties"]["jobtitle"]["value"] = "Owner"
    [changed] = read("hubspot", json.dumps(past).encode()).messages
    assert (first.key, first.signal.profile.title) == (again.key, "Plant Manager")
    assert (changed.key != first.key, changed.signal.profile.title) == (True, "Owner")


def test_the_company_of_a_contact_tells_what_the_contact_does_not() -> None:
    more = {"industry": "MACHINERY", "numberofemployees": "999", "annualrevenue": "5000000", "country": "ES"}
    [signal] = signals_of("hubspot", contact(**company(name="Ortega S.L.", domain="ortega.example", **more)))
    assert (signal.company.name, signal.company.employees) == ("Ortega Pumps", 240), "the contact's own"
    assert (signal.company.industry, signal.company.revenue, signal.company.country) == ("MACHINERY", 5_000_000, "ES")
    assert (signal.properties["company_domain"], "Ortega S.L." in signal.model_dump_json()) == ("ortega.example", False)


@pytest.mark.parametrize(
    "odd", [None, [], "x", {"properties": None}, {"properties": {"name": None}}, {"properties": []}]
)
def test_a_company_that_cannot_be_read_costs_nothing(odd: Any) -> None:
    [signal] = signals_of("hubspot", contact(**{"associated-company": odd}))
    assert signal.company.name == "Ortega Pumps"


def test_the_agreement_maps_fields_of_a_contacts_company() -> None:
    sent = contact(**company(tier="decides"))
    [signal] = signals_of("hubspot", sent, fields={"company.tier": "authority"})
    assert signal.bant == {"authority": "decides"}
    assert signals_of("hubspot", sent)[0].bant == {}


def merge(about: str = "contact.merge", **named: Any) -> bytes:
    return json.dumps([{"subscriptionType": about, "eventId": 1, "occurredAt": 1795598911482, **named}]).encode()


@pytest.mark.parametrize(
    ("body", "ids"),
    [
        pytest.param(merge(primaryObjectId=1, mergedObjectIds=[2]), "12", id="one into another"),
        pytest.param(
            merge(primaryObjectId=1, mergedObjectIds=[2, 3], newObjectId=4), "1234", id="several, and a new one"
        ),
        pytest.param(merge(primaryObjectId=1, mergedObjectIds=[2], newObjectId=1), "12", id="the new one is the first"),
        pytest.param(merge(primaryObjectId="1", mergedObjectIds=["2"]), "12", id="as texts"),
        pytest.param(
            merge("object.merge", objectTypeId="0-1", primaryObjectId=1, mergedObjectIds=[2]), "12", id="as objects"
        ),
    ],
)
def test_a_merge_names_the_ids_of_one_person(body: bytes, ids: str) -> None:
    was = read("hubspot", body)
    assert was.same_people == (tuple(f"contact:{each}" for each in ids),)
    assert (was.messages, was.why, was.let_go) == ([], (), ())


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(merge(), id="no ids"),
        pytest.param(merge(primaryObjectId=1), id="one id"),
        pytest.param(merge(primaryObjectId=1, mergedObjectIds=[1]), id="with itself"),
        pytest.param(merge(primaryObjectId={}, mergedObjectIds="2"), id="odd ids"),
        pytest.param(merge("contact.privacyDeletion"), id="a deletion of nobody"),
        pytest.param(merge("object.merge", objectTypeId="0-2", primaryObjectId=1, mergedObjectIds=[2]), id="companies"),
        pytest.param(merge("company.merge", primaryObjectId=1, mergedObjectIds=[2]), id="companies, in the old form"),
    ],
)
def test_a_merge_or_deletion_that_names_no_two_contacts_is_not_understood(body: bytes) -> None:
    was = read("hubspot", body)
    assert (was.same_people, was.deletions, len(was.why)) == ((), (), 1)


def test_a_deletion_for_privacy_names_its_person_and_an_agreement_may_ignore_it() -> None:
    body = merge("contact.privacyDeletion", objectId=7)
    assert read("hubspot", body).deletions == ("contact:7",)
    assert read("hubspot", body, events={"contact.privacyDeletion": "ignore"}).let_go == (LetGoReason.AGREED,)
    assert read("hubspot", merge("object.privacyDeletion", objectTypeId="0-1", objectId=7)).deletions == ("contact:7",)


WAITING = [
    pytest.param(
        "hubspot", b'[{"subscriptionType": "contact.creation", "objectId": 7}]', "contact:7", id="hubspot, new"
    ),
    pytest.param(
        "hubspot",
        b'[{"subscriptionType": "contact.propertyChange", "objectId": 7, "propertyName": "city"}]',
        "contact:7",
        id="hubspot, a change",
    ),
    pytest.param(
        "hubspot", b'{"vid": 7, "properties": {"city": {"value": "X"}}}', "contact:7", id="hubspot, a contact"
    ),
    pytest.param("segment", b'{"type": "track", "event": "Sale", "userId": "u"}', "user:u", id="segment, a user"),
    pytest.param("segment", b'{"type": "page", "anonymousId": "v"}', "visitor:v", id="segment, a visitor"),
    pytest.param("segment", b'{"type": "screen", "userId": "u", "anonymousId": "v"}', "user:u", id="segment, both"),
    pytest.param("segment", b'{"type": "identify", "userId": "u", "traits": {"plan": "x"}}', "user:u", id="no address"),
    pytest.param("customerio", b'{"type": "track", "event": "Sale", "userId": "u"}', "user:u", id="a pipeline"),
    pytest.param(
        "customerio",
        b'{"metric": "clicked", "object_type": "push", "data": {"customer_id": "c", "recipient": "token"}}',
        "user:c",
        id="customer.io, a push message",
    ),
    pytest.param(
        "customerio",
        b'{"metric": "clicked", "object_type": "sms", "data": {"identifiers": {"id": "c", "cio_id": "d"}}}',
        "user:c",
        id="customer.io, by its identifiers",
    ),
    pytest.param("mautic", b'{"mautic.page_on_hit": {"hit": {"lead": {"id": 8}}}}', "contact:8", id="mautic, a page"),
    pytest.param("mautic", b'{"mautic.form_on_submit": {"submission": {"lead": {"id": 8}}}}', "contact:8", id="a form"),
    pytest.param("mautic", b'{"mautic.lead_post_save_new": {"lead": {"id": 8}}}', "contact:8", id="mautic, a contact"),
]


@pytest.mark.parametrize(("source", "body", "id_"), WAITING)
def test_what_names_somebody_by_an_unknown_id_waits(source: str, body: bytes, id_: str) -> None:
    was = read(source, body)
    [(waits_as, message)] = was.waiting
    assert (waits_as, message.is_anonymous, was.messages, was.why, was.let_go) == (id_, True, [], (), ())
    known = read(source, body, {id_: "a@example.com"}.get)
    assert ([one.signal.email for one in known.messages], known.waiting) == (["a@example.com"], ())
