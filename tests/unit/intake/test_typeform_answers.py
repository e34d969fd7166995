"""Answers of Typeform: the address is the person's, and no answer vanishes."""

import json
import random
from typing import Any

import pytest

from baton.domain.signals.signal_recording import Signal
from baton.intake.webhooks.parsing.tool_names import ToolNames
from baton.intake.webhooks.senders import typeform
from tests.unit.intake.deliveries import delivery, signals_of

OWN, OTHER = "nora@example.net", "other@example.com"
MADE_UP = "0b9b5a5e-4d9c-4a1f-8e43-cc6a8e6f7d11"


def answer(kind: str, value: Any, title: str = "", ref: str = MADE_UP, number: int = 0) -> tuple[str, dict[str, Any]]:
    return title, {"type": kind, kind: value, "field": {"id": f"f{number}", "ref": ref, "type": kind}}


def address(value: str, title: str = "", ref: str = MADE_UP) -> tuple[str, dict[str, Any]]:
    return answer("email", value, title, ref)


def form(*given: tuple[str, dict[str, Any]], **more: Any) -> bytes:
    """A form with these answers, each with its question."""
    answers = [{**each, "field": {**each["field"], "id": f"f{place}"}} for place, (_, each) in enumerate(given)]
    fields = [{"id": f"f{place}", "title": title} for place, (title, _) in enumerate(given)]
    sent = {"form_id": "x", "token": "t", "definition": {"title": "Talk", "fields": fields}, "answers": answers, **more}
    return json.dumps({"event_type": "form_response", "event_id": "e", "form_response": sent}).encode()


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param([address(OTHER, "Your colleague's email"), address(OWN, "Your email")], id="a colleague first"),
        pytest.param([address(OTHER, "E-mail of your manager"), address(OWN, "And yours?")], id="the manager first"),
        pytest.param(
            [address(OTHER, "Who else should we invite?"), address(OWN, "How do we reach you?")], id="who else"
        ),
        pytest.param([address(OTHER, "Billing email"), address(OWN, "Work email")], id="billing first"),
        pytest.param([address(OTHER, "Friend"), address(OWN, "", ref="work_email")], id="by its reference"),
        pytest.param([address(OTHER, "", ref="referral"), address(OWN)], id="neither question, one reference"),
        pytest.param([address(OTHER, "E-Mail einer Kollegin"), address(OWN, "Ihre E-Mail")], id="in German"),
        pytest.param(
            [address(OTHER, "Rechnungsadresse"), address(OWN, "Wie erreichen wir Sie?")], id="invoice, German"
        ),
        pytest.param([address(OTHER, "L'email d'un collègue"), address(OWN, "Votre e-mail")], id="in French"),
        pytest.param([address(OTHER, "Correo de un compañero"), address(OWN, "Tu correo")], id="in Spanish"),
        pytest.param([address(OTHER, "Email di un collega"), address(OWN, "La tua email")], id="in Italian"),
        pytest.param([address(OWN, "Your email"), address(OTHER, "Second email")], id="the first is one's own"),
        pytest.param([address(OTHER, "Private email"), address(OWN, "", ref="email")], id="private, and email"),
        pytest.param([answer("text", OTHER, "Emergency contact"), address(OWN, "Email")], id="an address as text"),
    ],
)
def test_the_address_of_a_form_is_that_of_the_person_and_the_other_one_is_kept(asked: list[Any]) -> None:
    if asked[0][0] == "Private email":
        asked = [asked[1], asked[0]]
    [signal] = signals_of("typeform", form(*asked))
    assert signal.email == OWN
    assert OTHER in str(signal.message) + str(signal.properties)


def test_the_agreements_mapping_decides_which_address_counts() -> None:
    body = form(address(OTHER, "Contact"), address(OWN, "Friend", ref="buyer"))
    [signal] = signals_of("typeform", body, fields={"buyer": "email"})
    assert (signal.email, signal.message) == (OWN, f"Contact: {OTHER}")
    [signal] = signals_of("typeform", body, fields={"contact": "ignore"})
    assert (signal.email, signal.message) == (OWN, None)


def test_the_only_address_counts_whatever_it_was_asked_for() -> None:
    assert signals_of("typeform", form(address(OWN, "Billing email")))[0].email == OWN


def test_a_hidden_address_counts_before_that_of_somebody_else() -> None:
    [signal] = signals_of("typeform", form(address(OTHER, "A friend's email"), hidden={"email": OWN}))
    assert (signal.email, signal.message) == (OWN, f"A friend's email: {OTHER}")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        pytest.param(answer("choice", {"id": "a", "label": "This quarter"}, "When?"), "This quarter", id="a choice"),
        pytest.param(answer("choice", {"other": "After Easter"}, "When?"), "After Easter", id="another choice"),
        pytest.param(
            answer("choices", {"labels": ["CRM", "ERP"], "other": "A wiki"}, "Tools?"), "CRM, ERP, A wiki", id="several"
        ),
        pytest.param(answer("choices", {"other": "A wiki"}, "Tools?"), "A wiki", id="only another"),
        pytest.param(answer("boolean", False, "Do you lead?"), "False", id="no"),
        pytest.param(answer("number", 0, "How many?"), "0", id="zero"),
        pytest.param(answer("date", "2027-01-15", "From when?"), "2027-01-15", id="a date"),
        pytest.param(answer("url", "https://acme.com", "Website?"), "https://acme.com", id="an address of a page"),
        pytest.param(answer("file_url", "https://api.typeform.com/f.pdf", "Plan?"), "f.pdf", id="a file"),
        pytest.param(answer("payment", {"amount": "49.00", "success": True}, "Pay"), "49.00, True", id="a payment"),
        pytest.param(
            answer("multi_format", {"video_url": "https://t.example/v"}, "Say it"), "https://t.example/v", id="a video"
        ),
        pytest.param(
            ("Which?", {"type": "matrix", "rows": [{"label": "Speed"}], "field": {"id": "x"}}), "Speed", id="a new type"
        ),
        pytest.param(("Say", {"type": 7, "text": "Hello", "field": {}}), "Hello", id="a type that is no name"),
        pytest.param(("", {"text": "Hello", "field": {"id": ""}}), "Hello", id="no type and no question"),
    ],
)
def test_an_answer_of_any_type_is_kept(given: tuple[str, dict[str, Any]], kept: str) -> None:
    title, sent = given
    [signal] = signals_of("typeform", form(address(OWN, "Email"), (title, sent)))
    assert kept in str(signal.message) + str(signal.properties)


def test_what_a_form_reckoned_is_kept_and_is_no_fact_of_the_person() -> None:
    more = {
        "variables": [{"key": "score", "type": "number", "number": 4}, {"key": "company", "type": "text", "text": "A"}]
    }
    [signal] = signals_of("typeform", form(address(OWN, "Email"), calculated={"score": 9}, **more))
    assert (signal.properties["score"], signal.properties["event.company"], signal.company.name) == (4, "A", None)
    [signal] = signals_of("typeform", form(address(OWN, "Email"), calculated={"score": 9}))
    assert signal.properties["score"] == 9


def test_a_message_that_is_cut_says_so() -> None:
    [signal] = signals_of("typeform", form(address(OWN, "Email"), answer("text", "x" * 5000, "Tell us")))
    assert signal.message
    assert (len(signal.message), signal.message[-2:]) == (4000, "x…")


PIECES = ["x", "Ä", "1.000", "a@b.de", "\u202f", "'", ";", "\t", "yes", "0", "=1", "<b>", "😀", "\u200b", "%", "n/a"]
TITLES = [
    "",
    "Email",
    "Your email",
    "Title",
    "Message",
    "Phone",
    "campaign",
    "Company",
    "score",
    "???",
    "Tool",
    "Budget",
]
KINDS = ["text", "email", "url", "phone_number", "date", "file_url"]


def generated(chance: random.Random, number: int) -> tuple[str, dict[str, Any]]:
    """An answer with a mark of its own, `q7q`."""
    text = f"q{number}q{''.join(chance.choices(PIECES, k=chance.randrange(3)))}"
    kind = chance.choice([*KINDS, "choice", "choices"])
    value: Any = text
    if kind == "email":
        value = f"q{number}q@example.com"
    if kind == "choice":
        value = {"id": "x", chance.choice(["label", "other"]): text}
    if kind == "choices":
        value = {"labels": ["One", text], "other": "Two"}
    return answer(kind, value, chance.choice(TITLES), chance.choice(["", MADE_UP, "ref", f"ref_{number}", "email"]))


def test_no_generated_answer_vanishes() -> None:
    chance, answers = random.Random(20261201), 0
    names, arrived = ToolNames(), delivery("typeform", b"{}")
    while answers < 10_000:
        given = [generated(chance, number) for number in range(chance.randrange(1, 12))]
        object.__setattr__(arrived, "body", form(*given))
        [part] = typeform.read(arrived, names)
        said = f"{part}"
        assert all(f"q{number}q" in said for number in range(len(given))), (given, part)
        answers += len(given)


def test_a_signal_is_made_of_a_form_as_it_was_before() -> None:
    [signal] = signals_of("typeform", "typeform.json")
    assert isinstance(signal, Signal)
    assert signal.properties["score"] == 9
