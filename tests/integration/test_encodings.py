"""A body in another encoding than UTF-8 is read, or refused in words; no letter of it is lost on the way."""

from typing import Any
from urllib.parse import quote_plus

import pytest

from tests.integration import gateway
from tests.integration.test_staff import must_be_a_problem
from tests.integration.webhooks import counts, send
from tests.integration.world import ANNA, World

JSON, PAIRS, PARTS, TEXT = (
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=b",
    "text/plain",
)
NAME = "Müller"
LOST = "\ufffd"
AS_JSON = f'{{"email": "{ANNA}", "last_name": "{NAME}", "note": "{NAME}"}}'


def part(name: str, text: str) -> bytes:
    return f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'.encode("cp1252")


BODIES = {
    "JSON": (JSON, AS_JSON.encode("latin-1")),
    "JSON that names its set": (f"{JSON}; charset=windows-1252", AS_JSON.encode("cp1252")),
    "JSON in UTF-16": (JSON, AS_JSON.encode("utf-16")),
    "escaped pairs": (PAIRS, f"email={quote_plus(ANNA)}&last_name={quote_plus(NAME, encoding='latin-1')}".encode()),
    "bare pairs": (PAIRS, f"email={ANNA}&last_name={NAME}".encode("latin-1")),
    "parts": (PARTS, part("email", ANNA) + part("last_name", NAME) + b"--b--\r\n"),
    "text": (TEXT, f"email={ANNA}\r\nlast_name={NAME}\r\n".encode("latin-1")),
    "text that is JSON": (TEXT, AS_JSON.encode("latin-1")),
}


def stored(world: World) -> str:
    return str(world.stack.items())


@pytest.mark.parametrize(("content_type", "body"), BODIES.values(), ids=BODIES)
def test_a_form_is_read_in_the_encoding_that_it_is_in(world: World, content_type: str, body: bytes) -> None:
    answer = world.ask("POST", "/forms/consultation", body, headers={"Content-Type": content_type})
    assert answer.status == 202, answer
    assert world.stack.lead().profile.last_name == NAME
    assert LOST not in stored(world)


def test_the_note_behind_a_link_is_read_in_the_encoding_that_it_is_in(world: World) -> None:
    world.send_form()
    world.settle()
    said = f"channel=phone&note={NAME}".encode("latin-1")
    assert world.ask("POST", world.mails[0].link("contact"), said, headers={"Content-Type": PAIRS}).status == 200
    handoff = world.stack.lead().handoff
    assert handoff
    assert handoff.contact
    assert handoff.contact.note == NAME


IN_JSON: dict[str, tuple[str, str, str]] = {
    "signals": ("POST", "/signals", f'{{"signals": [{{"message_id": "1", "email": "{ANNA}", "kind": "{NAME}"}}]}}'),
    "signals of a machine": ("POST", "/machines/signals", f'{{"signals": [{{"kind": "{NAME}"}}]}}'),
    "an update": ("PATCH", "/leads/{lead}", f'{{"last_name": "{NAME}"}}'),
    "a review": ("POST", "/leads/{lead}/review", f'{{"verdict": "bad_fit", "note": "{NAME}"}}'),
    "a contact": ("POST", "/handoffs/{lead}-001/contact", f'{{"channel": "phone", "note": "{NAME}"}}'),
    "an account": ("PUT", "/accounts/acme.example", f'{{"name": "{NAME}"}}'),
    "a rep": ("PUT", "/teams/sales/reps/kim@sales.example.com", f'{{"territories": ["{NAME}"]}}'),
    "a draft": ("POST", "/agreement/drafts", f'{{"yaml": "{NAME}"}}'),
    "a list": ("POST", "/imports", f'{{"source": "{NAME}"}}'),
}


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
@pytest.mark.parametrize(("method", "path", "body"), IN_JSON.values(), ids=IN_JSON)
def test_what_programs_and_staff_send_in_another_encoding_is_refused_in_words(
    world: World, method: str, path: str, body: str, encoding: str
) -> None:
    world.send_form()
    before = world.stack.items()
    who: dict[str, Any] = {"scope": "baton/signals"} if path.startswith("/machines") else {"by": "admin"}
    there = path.replace("{lead}", world.stack.lead().lead_id)
    answer = world.ask(
        method, there, body.encode(encoding), headers={"Content-Type": f"{JSON}; charset={encoding}"}, **who
    )
    assert "UTF-8" in must_be_a_problem(answer, 400)
    assert world.stack.items() == before


def test_a_list_of_accounts_in_another_encoding_is_refused_in_words(world: World) -> None:
    body = f"domain,name\nacme.example,{NAME}\n".encode("latin-1")
    answer = world.ask("POST", "/accounts/import", body, by="sales", headers={"Content-Type": "text/csv"})
    assert "UTF-8" in must_be_a_problem(answer, 400)


@pytest.mark.parametrize(
    ("source", "body"),
    [
        (
            "standard",
            f'{{"type": "page_visited", "data": {{"email": "{ANNA}", "last_name": "{NAME}"}}}}'.encode("latin-1"),
        ),
        ("mailchimp", f"type=subscribe&data[email]={ANNA}&data[merges][LNAME]=M%FCller".encode()),
        ("mailchimp", f"type=subscribe&data[email]={ANNA}&data[merges][LNAME]={NAME}".encode("latin-1")),
    ],
    ids=["JSON", "escaped pairs", "bare pairs"],
)
def test_a_webhook_in_another_encoding_is_kept_byte_by_byte(world: World, source: str, body: bytes) -> None:
    assert counts(send(world, source, body, in_base64=True)) == (0, 0, 1)
    assert world.stack.leads() == []
    [kept] = [item for item in world.stack.items() if item["pk"]["S"] == f"QUARANTINE#{source}"]
    assert "UTF-8" in kept["why"]["S"]


def test_a_body_whose_letters_the_gateway_has_lost_is_refused_in_words(world: World) -> None:
    """A gateway without the template's binary media types decodes what it passes on."""
    function, event = gateway.request("POST", "/forms/consultation", AS_JSON)
    event |= {"body": AS_JSON.replace("ü", LOST), "isBase64Encoded": False}
    answer = gateway.answered(world.invoke(function, event))
    assert "UTF-8" in must_be_a_problem(answer, 400)
    assert world.stack.leads() == []
