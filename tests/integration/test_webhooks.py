"""Webhooks of marketing tools are trusted or refused, taken once, and quarantined if they are not understood."""

import base64
import hmac
import json
from datetime import timedelta
from typing import Any

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from baton.agreement.webhooks.webhook_sources import SOURCES
from baton.aws.runtime import kept_secrets
from baton.aws.runtime.secrets import WEBHOOKS
from baton.domain.basics.moments import iso
from baton.domain.leads.lead import Lead
from tests.integration.calls import Crash, crash_at, refuse
from tests.integration.gateway import Answer
from tests.integration.webhooks import counts, let_go, send, waits
from tests.integration.world import ANNA, World
from tests.senders import SAMPLES, recorded, secret_of

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
SAVE, KEEP, LET_GO = "TransactWriteItems", "PutItem", "DeleteItem"
PEOPLE = {
    "standard": "priya.raman@example.co.uk",
    "hubspot": "luis.ortega@example.org",
    "typeform": "nora.lind@example.net",
    "calendly": "marta.vega@example.com",
    "segment": "tom.becker@example.org",
    "customerio": "ines.costa@example.com",
    "mailchimp": "jonas.berg@example.com",
    "marketo": "lucia.romano@example.it",
    "mautic": "petr.novak@example.cz",
}


def standard(kind: str = "page_visited", **data: Any) -> bytes:
    return json.dumps({"type": kind, "data": {"email": ANNA, **data}}).encode()


def lead_of(world: World, email: str = ANNA) -> Lead:
    (lead,) = [lead for lead in world.stack.leads() if lead.email == email]
    return lead


def waiting(world: World) -> list[dict[str, Any]]:
    return [item for item in world.stack.items() if item["pk"]["S"].startswith("QUARANTINE#")]


def rotate(world: World, **secrets: Any) -> None:
    """Put other secrets, as a person does."""
    told = json.dumps({**{source: [secret_of(source)] for source in SOURCES}, **secrets})
    world.stack.put_secret(WEBHOOKS, told)


def replay(world: World, **asked: Any) -> Any:
    return world.invoke("replay_quarantine", asked)


# --- trusted or refused ---


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("in_base64", [False, True], ids=["as text", "in base64"])
def test_a_delivery_becomes_signals_whether_sent_as_text_or_in_base64(
    world: World, source: str, in_base64: bool
) -> None:
    accepted, repeated, quarantined = counts(send(world, source, SAMPLES[source], in_base64=in_base64))
    assert accepted > 0
    assert (repeated, quarantined) == (0, 0)
    lead = lead_of(world, PEOPLE[source])
    sender = f"webhooks:{source}" if lead.source == source else f"webhooks:{source}:{lead.source}"
    assert sender in {recorded.by for recorded in world.stack.history(lead.lead_id)}
    world.stack.must_be_consistent()


@pytest.mark.parametrize("source", SOURCES)
def test_a_wrong_signature_is_refused_and_nothing_is_kept(world: World, source: str) -> None:
    for answer in (
        send(world, source, b'{"x": 1}', secret="whsec_d3Jvbmc=" if source == "standard" else "wrong"),
        world.ask("POST", f"/webhooks/{source}", "{}"),
    ):
        assert (answer.status, answer.headers["content-type"]) == (401, "application/problem+json")
        assert secret_of(source) not in answer.body
    assert not world.stack.leads()
    assert not waiting(world)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_probe_of_a_known_source_is_answered_without_any_call_to_aws(world: World, method: str) -> None:
    with world.calls.recorded() as calls:
        for source in SOURCES:
            answer = world.ask(method, f"/webhooks/{source}", query={"secret": "?"})
            assert (answer.status, answer.json()) == (200, {"source": source})
        assert world.ask(method, "/webhooks/salesforce").status == 404
    assert calls == []


def test_a_delivery_of_an_unknown_source_or_over_the_size_limit_is_refused(world: World) -> None:
    assert world.ask("POST", "/webhooks/salesforce", "{}").status == 404
    assert send(world, "standard", standard(note="x" * 6_291_456)).status == 413


def test_a_source_without_a_secret_refuses_every_delivery(world: World) -> None:
    rotate(world, standard=[])
    assert send(world, "standard", standard()).status == 401


@pytest.mark.parametrize("empty", ["", " ", "whsec_", "whsec_ ", [""], [" ", "whsec_"]])
def test_an_empty_secret_refuses_every_delivery_with_or_without_the_whsec_prefix(world: World, empty: Any) -> None:
    rotate(world, standard=empty, mailchimp=empty)
    at, body = int(world.now.timestamp()), standard()
    signature = base64.b64encode(hmac.digest(b"", f"msg_1.{at}.".encode() + body, "sha256")).decode()
    headers = {"webhook-id": "msg_1", "webhook-timestamp": str(at), "webhook-signature": f"v1,{signature}"}
    assert world.ask("POST", "/webhooks/standard", body.decode(), headers=headers).status == 401
    for secret in ("", " "):
        query = {"secret": secret}
        assert world.ask("POST", "/webhooks/mailchimp", "type=subscribe", query=query).status == 401


@pytest.mark.parametrize("kept", [{"current": "abc"}, 42, [["current"]]], ids=["names", "a number", "a list in a list"])
def test_malformed_stored_secrets_are_answered_with_500(world: World, kept: Any) -> None:
    rotate(world, marketo=kept)
    assert send(world, "marketo", "marketo.json", secret="current").status == 500


def test_both_secrets_are_valid_during_a_rotation_and_one_afterwards(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A warm function reads them anew when one is refused, but not all the time."""
    assert counts(send(world, "hubspot", "hubspot.json")) == (3, 0, 0)
    rotate(world, hubspot=["new", secret_of("hubspot")])
    assert send(world, "hubspot", "hubspot-email.json", secret="new").status == 401  # read ten seconds ago at most
    monkeypatch.setattr(kept_secrets, "FRESH_SECONDS", 0.0)  # a setting: they are as old as that
    for secret in ("new", secret_of("hubspot")):
        assert send(world, "hubspot", "hubspot-email.json", secret=secret).status == 202
    rotate(world, hubspot="new")
    world.cold()
    assert send(world, "hubspot", "hubspot-email.json").status == 401
    assert send(world, "hubspot", "hubspot-email.json", secret="new").status == 202


def test_known_secrets_stay_valid_while_secrets_manager_fails(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever strangers send meanwhile."""
    monkeypatch.setattr(kept_secrets, "FRESH_SECONDS", 0.0)  # a setting: they are as old as that
    assert counts(send(world, "standard", standard())) == (1, 0, 0)
    with world.calls.by(refuse("GetSecretValue", "InternalServiceError")):
        assert world.ask("POST", "/webhooks/standard", "{}", headers={"webhook-id": "1"}).status >= 500
        assert counts(send(world, "standard", standard(), id_="msg_2")) == (1, 0, 0)


def test_a_mended_secret_is_believed_at_the_next_delivery(world: World) -> None:
    world.stack.put_secret(WEBHOOKS, '{"standard": [whsec_1]}')
    assert send(world, "standard", standard()).status == 500
    rotate(world)
    assert counts(send(world, "standard", standard())) == (1, 0, 0)


def test_before_the_first_secret_is_stored_a_tool_is_asked_to_send_again(world: World) -> None:
    """After an upgrade that forgot to move them, nothing is lost that is sent again."""
    stored = world.stack.secrets.describe_secret(SecretId=world.stack.physical["LinkKey"])["VersionIdsToStages"]
    [version] = [version for version, labels in stored.items() if WEBHOOKS in labels]
    world.stack.secrets.update_secret_version_stage(
        SecretId=world.stack.physical["LinkKey"], VersionStage=WEBHOOKS, RemoveFromVersionId=version
    )

    assert send(world, "standard", standard()).status >= 500
    rotate(world)
    assert counts(send(world, "standard", standard())) == (1, 0, 0)


def test_a_broken_secret_leaves_the_former_one_good(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_secrets, "FRESH_SECONDS", 0.0)  # a setting: they are as old as that
    assert counts(send(world, "standard", standard())) == (1, 0, 0)
    rotate(world, standard={"current": "new"})
    assert send(world, "standard", standard(), secret="whsec_d3Jvbmc=").status == 401  # reads them anew
    assert counts(send(world, "standard", standard(), id_="msg_2")) == (1, 0, 0)


def test_secrets_and_bodies_are_never_logged(
    world: World, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    send(world, "standard", standard(kind="demo_requested", note="a-private-note"))
    send(world, "standard", b'{"type": "?", "private": "note"}', id_="msg_2")
    send(world, "hubspot", "hubspot.json", secret="a-wrong-secret")
    said = "".join(capsys.readouterr()) + "".join(str(vars(record)) for record in caplog.records)
    assert "webhook not understood" in said
    assert "QuarantinedWebhooks" in said
    for private in ("private", ANNA, "a-wrong-secret", secret_of("hubspot"), secret_of("standard")[6:]):
        assert private not in said


def test_what_is_let_go_is_counted_by_source_and_reason_without_personal_data(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    [event, *_] = json.loads(recorded("hubspot.json"))
    gone = {**event, "subscriptionType": "contact.deletion"}
    answer = send(world, "hubspot", json.dumps([event, gone, gone]).encode())
    assert (counts(answer), let_go(answer)) == ((1, 0, 0), 2)
    [line] = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "LetGoWebhooks" in line]
    [metric] = line.pop("_aws")["CloudWatchMetrics"]
    assert {"source", "reason"} <= set(metric["Dimensions"][0])
    assert (line["LetGoWebhooks"], line["source"], line["reason"]) == ([2.0], "hubspot", "not_about_a_lead")
    assert set(line) <= {"LetGoWebhooks", "source", "reason", "service"}


# --- once ---


def but_for_when_heard(world: World) -> list[dict[str, Any]]:
    """All that is stored, without when each tool was last heard."""
    return [item for item in world.stack.items() if item["pk"]["S"] != "TOOLS"]


def test_a_delivery_sent_again_on_each_of_three_days_changes_nothing(world: World) -> None:
    """With a new time and a new signature, as every retry has; whatever the source. Only the tool was heard again."""
    for source in SOURCES:
        assert counts(send(world, source, SAMPLES[source]))[0]
    world.settle()
    before, mails = but_for_when_heard(world), len(world.mails)
    for _ in range(3):
        world.now += DAY
        for source in SOURCES:
            accepted, repeated, quarantined = counts(send(world, source, SAMPLES[source]))
            assert (accepted, quarantined) == (0, 0)
            assert repeated
    world.settle()
    assert (but_for_when_heard(world), len(world.mails)) == (before, mails)


def test_a_captured_delivery_that_is_sent_again_later_is_refused(world: World) -> None:
    headers = {"webhook-timestamp": str(int(world.now.timestamp()))}
    assert counts(send(world, "standard", standard())) == (1, 0, 0)
    world.now += 3 * DAY
    assert send(world, "standard", standard(), headers=headers).status == 401


def test_a_message_sent_in_another_tools_name_is_no_repeat_of_that_tools_own_message(world: World) -> None:
    note = json.dumps({"kind": "note_taken", "email": ANNA, "source": "hubspot", "message_id": "4711"}).encode()
    assert counts(send(world, "standard", standard("note_taken", source="hubspot"), id_="4711")) == (1, 0, 0)
    assert counts(send(world, "marketo", note)) == (1, 0, 0)
    click = {**json.loads(recorded("hubspot-email.json"))[0], "id": "4711", "recipient": ANNA}
    assert counts(send(world, "hubspot", json.dumps([click]).encode())) == (1, 0, 0)
    assert counts(send(world, "standard", standard("note_taken", source="hubspot"), id_="4711")) == (0, 1, 0)


# --- known by an id ---


def contact_changed(name: str, value: str, *, at: int = 1795598911482) -> bytes:
    [event, *_] = json.loads(recorded("hubspot.json"))
    return json.dumps([{**event, "propertyName": name, "propertyValue": value, "occurredAt": at}]).encode()


def test_an_event_with_a_tools_known_id_reaches_the_lead_of_that_id(world: World) -> None:
    nobody = recorded("segment-page.json").replace(b'"traits": {"email": "tom.becker@example.org"}', b'"traits": {}')
    assert waits(send(world, "segment", nobody)) == 1, "whoever it is"
    assert counts(send(world, "segment", "segment-identify.json")) == (1, 0, 0)
    assert counts(send(world, "segment", nobody)) == (0, 1, 0), "it was taken in"
    assert counts(send(world, "segment", nobody.replace(b"ajs-next", b"later"))) == (1, 0, 0)
    lead = lead_of(world, PEOPLE["segment"])
    assert sorted(activity.kind for activity in lead.recent) == ["page_visited", "page_visited"]
    before = world.stack.items()
    assert counts(send(world, "segment", "segment-identify.json")) == (0, 1, 0)
    assert world.stack.items() == before
    known = [item for item in before if item["sk"]["S"].startswith("KNOWN#")]
    assert {item["pk"]["S"] for item in known} == {f"LEAD#{lead.lead_id}"}, "it goes with the lead"


def test_an_address_that_an_event_only_mentions_is_not_taken_for_the_acting_person(world: World) -> None:
    """A product's event may tell the address of somebody else, such as of a colleague who is invited."""
    user = {"userId": "u-1", "anonymousId": "v-1"}
    invited = {"type": "track", "event": "Colleague Invited", **user, "properties": {"email": "colleague@example.com"}}
    seen = {"type": "track", "event": "Video Played", **user}
    told = {"type": "identify", **user, "traits": {"email": ANNA}}
    sent = [told, invited, seen]
    answers = [
        send(world, "segment", json.dumps({**each, "messageId": f"m-{n}"}).encode()) for n, each in enumerate(sent)
    ]
    assert [counts(each) for each in answers] == [(1, 0, 0)] * 3
    [anna] = world.stack.leads()
    assert sorted(activity.kind for activity in anna.recent) == ["colleague_invited", "video_played"]


def test_an_address_mentioned_under_an_unknown_id_gets_the_signal_but_not_the_id(
    world: World,
) -> None:
    sent = {"type": "track", "event": "Form Sent", "userId": "u-1", "properties": {"email": ANNA}, "messageId": "m-1"}
    later = {"type": "track", "event": "Video Played", "userId": "u-1", "messageId": "m-2"}
    answers = [send(world, "segment", json.dumps(each).encode()) for each in (sent, later)]
    assert [counts(each) for each in answers] == [(1, 0, 0), (0, 0, 0)]
    assert [activity.kind for activity in lead_of(world).recent] == ["form_sent"]


def test_a_change_of_an_unknown_contact_waits_without_alarm_until_its_address_is_known(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    told = send(world, "hubspot", contact_changed("jobtitle", "Plant Manager"))
    assert (counts(told), waits(told), waiting(world), world.stack.leads()) == ((0, 0, 0), 1, [], [])
    said = capsys.readouterr().out
    assert ("WaitingWebhooks" in said, "Plant Manager" in said, "QuarantinedWebhooks" in said) == (True, False, False)
    again = send(world, "hubspot", contact_changed("jobtitle", "Plant Manager"))
    assert (counts(again), waits(again)) == ((0, 1, 0), 0)
    world.now += DAY
    assert counts(send(world, "hubspot", contact_changed("email", ANNA, at=1795598911483))) == (1, 0, 0)
    assert lead_of(world).profile.title == "Plant Manager"
    assert counts(send(world, "hubspot", contact_changed("jobtitle", "Plant Manager"))) == (0, 1, 0)
    assert [item["sk"]["S"] for item in world.stack.items() if item["pk"]["S"].startswith("ANONYMOUS#")] == ["PERSON"]
    world.stack.must_be_consistent()


ODD_IDS = {"a lone surrogate": "\ud800", "a NUL": "\0", "a long one": "😀" * 300, "a very long one": "x" * 5000}


@pytest.mark.parametrize("id_", ODD_IDS.values(), ids=ODD_IDS)
def test_a_tools_id_of_any_characters_and_length_is_recognized(world: World, id_: str) -> None:
    told = {"type": "identify", "userId": id_, "traits": {"email": ANNA}, "messageId": "msg_1"}
    later = {"type": "track", "event": "Video Played", "userId": id_, "messageId": "msg_2"}
    others = {"type": "track", "event": "Video Played", "userId": f"{id_}y", "messageId": "msg_3"}
    sent = [send(world, "segment", json.dumps(each).encode()) for each in (told, later, others)]
    assert [counts(each) for each in sent] == [(1, 0, 0), (1, 0, 0), (0, 0, 0)]


def test_an_event_without_an_id_or_address_is_quarantined_and_changes_no_lead(world: World) -> None:
    [event, *_] = json.loads(recorded("hubspot.json"))
    del event["objectId"]
    of_anna = {**event, "propertyName": "email", "propertyValue": ANNA}
    of_nobody = {**event, "propertyName": "jobtitle", "propertyValue": "CEO"}
    assert counts(send(world, "hubspot", json.dumps([of_anna]).encode())) == (1, 0, 0)
    assert counts(send(world, "hubspot", json.dumps([of_nobody]).encode())) == (0, 0, 1)
    assert lead_of(world).profile.title is None


def test_a_delivery_looks_up_its_person_once_for_all_events(world: World) -> None:
    send(world, "hubspot", contact_changed("email", ANNA))
    changes = [json.loads(contact_changed("jobtitle", "CEO", at=1795598911483 + each))[0] for each in range(20)]
    with world.calls.recorded() as calls:
        assert counts(send(world, "hubspot", json.dumps(changes).encode())) == (20, 0, 0)
    assert [call.operation for call in calls].count("Query") <= 3, "to find them, to save, to remember"


def test_a_tools_id_leads_to_the_lead_of_all_its_addresses(world: World) -> None:
    for hour, email in enumerate((ANNA, "new@example.com")):
        world.now += timedelta(hours=1)
        send(world, "hubspot", contact_changed("email", email, at=1795598911482 + hour))
    assert counts(send(world, "hubspot", contact_changed("jobtitle", "CEO"))) == (1, 0, 0)
    assert lead_of(world).profile.title == "CEO"
    assert lead_of(world, "new@example.com").merged_into == lead_of(world).lead_id


def test_a_workflows_new_facts_of_a_contact_are_taken_although_its_form_is_a_repeat(world: World) -> None:
    """A workflow that runs for its own reason sends the form along that the contact sent long ago."""
    sent_at = str(int((world.now - MINUTE).timestamp() * 1000)).encode()
    contact = recorded("hubspot-workflow.json").replace(b"1795599159000", sent_at).replace(b"Request a", b"About a")
    assert counts(send(world, "hubspot", contact)) == (1, 0, 0)
    world.now += DAY
    promoted = contact.replace(b"Plant Manager", b"Head of Production")
    assert counts(send(world, "hubspot", promoted)) == (1, 1, 0)
    lead = lead_of(world, PEOPLE["hubspot"])
    assert lead.profile.title == "Head of Production"
    assert [activity.kind for activity in lead.recent] == ["form_submitted"], "the rest is only told of them"
    assert counts(send(world, "hubspot", promoted)) == (0, 2, 0)


# --- at once ---


def test_a_webhooks_demo_request_reaches_sales_whatever_the_score(world: World) -> None:
    send(world, "standard", standard("demo_requested", message="Please call me."))
    world.settle()
    lead = lead_of(world)
    assert lead.handoff
    assert lead.handoff.trigger == "consultation"
    [mail] = world.mails
    assert (mail.to, "Please call me." in mail.text) == ((lead.handoff.owner,), True)


# --- never lost ---


def test_a_delivery_that_is_not_understood_is_quarantined_and_not_published(world: World) -> None:
    body = standard(email="?")
    assert counts(send(world, "standard", body)) == (0, 0, 1)
    [item] = waiting(world)
    assert item["pk"]["S"] == "QUARANTINE#standard"
    assert "email" in item["why"]["S"]
    assert item["expires_at"]["N"] == str(int((world.now + 90 * DAY).timestamp()))
    assert secret_of("standard") not in str(item)
    assert world.new_records() == []


def test_a_repeated_delivery_is_quarantined_once(world: World) -> None:
    for _ in range(3):
        assert counts(send(world, "standard", standard(email="?"))) == (0, 0, 1)
        world.now += MINUTE
    assert len(waiting(world)) == 1


def test_a_delivery_understood_in_part_has_its_signals_taken_and_is_quarantined_whole(world: World) -> None:
    events = json.loads(recorded("hubspot.json"))
    body = json.dumps([*events, {**events[0], "subscriptionType": "deal.creation"}]).encode()
    assert counts(send(world, "hubspot", body)) == (3, 0, 1)
    assert len(waiting(world)) == 1
    assert counts(send(world, "hubspot", body)) == (0, 3, 1)


MENDED = (
    packaged_text()
    + """
  standard:
    fields: {their_mail: email}
"""
)
MENDED = MENDED.replace("company.propertyChange: ignore", "deal.creation: ignore")


def mended(world: World) -> None:
    """The agreement says now what was meant."""
    world.agree(MENDED)


def test_a_replay_after_a_mended_agreement_takes_the_delivery_at_its_original_time(world: World) -> None:
    body = json.dumps({"type": "page_visited", "data": {"their_mail": ANNA}}).encode()
    assert counts(send(world, "standard", body)) == (0, 0, 1)
    came = world.now
    assert replay(world) == {"replayed": 0, "still_quarantined": 1}
    world.now += DAY
    mended(world)
    assert replay(world, source="hubspot") == {"replayed": 0, "still_quarantined": 0}
    assert replay(world, source="standard") == {"replayed": 1, "still_quarantined": 0}
    assert replay(world) == {"replayed": 0, "still_quarantined": 0}
    assert waiting(world) == []
    [activity] = lead_of(world).recent
    assert iso(activity.at) == iso(came)
    assert counts(send(world, "standard", body)) == (0, 1, 0)


def test_a_replay_takes_no_signal_that_was_taken_before(world: World) -> None:
    events = json.loads(recorded("hubspot.json"))
    send(world, "hubspot", json.dumps([*events, {**events[0], "subscriptionType": "deal.creation"}]).encode())
    before = lead_of(world, PEOPLE["hubspot"]).version
    mended(world)
    assert replay(world) == {"replayed": 1, "still_quarantined": 0}
    assert lead_of(world, PEOPLE["hubspot"]).version == before


def test_a_replay_goes_on_from_the_delivery_at_which_its_time_was_over(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("baton.aws.signals.quarantine_replay.SECONDS", -1.0)  # a setting: the time is over after each
    for number in range(5):
        send(world, "standard", standard(email="?", number=number), id_=f"msg_{number}")
    asked, seen = {"source": "standard"}, 0
    while asked:
        said = replay(world, **asked)
        seen += said["still_quarantined"]
        asked = said.get("next")
    assert seen == 5
    with pytest.raises(Exception, match="there is no webhook salesforce; there are standard"):
        replay(world, source="salesforce")


def test_a_replay_that_crashes_at_any_call_and_runs_again_ends_in_the_same_state(world: World) -> None:
    body = json.dumps({"type": "demo_requested", "data": {"their_mail": ANNA}}).encode()
    send(world, "standard", body)
    mended(world)
    bring_back = world.stack.keep()
    with world.calls.recorded() as calls:
        replay(world)
    clean = world.stack.items()
    for place in range(len(calls)):
        for after in (False, True):
            bring_back()
            world.cold()
            with pytest.raises(Crash), world.calls.by(crash_at(place, after=after)):
                replay(world)
            replay(world)
            assert world.stack.items() == clean, (calls[place], after)


@pytest.mark.parametrize("code", ["ThrottlingException", "InternalServerError"])
@pytest.mark.parametrize("operation", [SAVE, KEEP])
def test_a_delivery_is_answered_503_and_not_kept_while_the_table_fails(world: World, operation: str, code: str) -> None:
    body = standard(email="?") if operation == KEEP else standard()
    with world.calls.by(refuse(operation, code)):
        answer = send(world, "standard", body)
    assert (answer.status, answer.headers["retry-after"]) == (503, "1")
    assert not world.stack.leads()
    assert not waiting(world)


def test_an_hour_of_retries_while_the_table_fails_loses_and_doubles_no_delivery(world: World) -> None:
    """The table refuses every write for an hour; the tools send again as they do, with growing pauses."""
    sending = [lambda source=source: send(world, source, SAMPLES[source]) for source in SOURCES]
    sending.append(lambda: send(world, "standard", standard(email="?"), id_="msg_2"))
    pauses, answers = [5, 25, 120, 450, 900, 900, 1200], 0
    failing = [refuse(operation, "InternalServerError") for operation in (SAVE, KEEP)]
    with world.calls.by(failing[0]), world.calls.by(failing[1]):
        for pause in pauses:
            answers += sum(_is_a_5xx(one()) for one in sending)
            world.now += timedelta(seconds=pause)
    assert world.now - timedelta(seconds=sum(pauses)) <= world.now - timedelta(hours=1)
    assert answers == len(pauses) * len(sending)
    assert not world.stack.leads()
    taken = [counts(one()) for one in sending]
    assert all(accepted for accepted, _, _ in taken[:-1])
    assert taken[-1] == (0, 0, 1)
    assert {lead.email for lead in world.stack.leads()} == {PEOPLE[source] for source in SOURCES}
    before = world.stack.items()
    assert not any(accepted for accepted, _, _ in (counts(one()) for one in sending))
    assert world.stack.items() == before


def _is_a_5xx(answer: Answer) -> bool:
    return answer.status >= 500
