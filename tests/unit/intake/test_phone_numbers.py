"""Phone numbers as people, phones and office programs write them."""

import random
from unicodedata import decimal, normalize
from urllib.parse import unquote

import pytest

from baton.agreement.terms.form_terms import FieldKind, FormField
from baton.domain.leads.person_facts import Profile
from baton.intake.fields.field_checks import check_answer
from baton.intake.signals.signal_reader import ReadSignal
from tests.unit.intake.sent_forms import sent
from tests.unit.intake.sent_signals import faults_of, read, signal


def only(**fields: object) -> ReadSignal:
    """The one signal of a batch."""
    [found] = read(signal(**fields))
    return found


PHONE = FormField(kind=FieldKind.PHONE, max_length=100)

AS_WRITTEN = [
    pytest.param("\u202a+49 30 1234567\u202c", "+49 30 1234567", id="as an iPhone copies a contact"),
    pytest.param("\u200e+49 30 1234567\u200f", "+49 30 1234567", id="marks of the direction"),
    pytest.param("\u2066+49 30 1234567\u2069", "+49 30 1234567", id="isolates"),
    pytest.param("\ufeff030 1234567", "030 1234567", id="a mark of byte order"),
    pytest.param("030\u200b1234567", "0301234567", id="a blank of no width"),
    pytest.param("030\u00ad1234567", "0301234567", id="a soft hyphen"),
    pytest.param("030 1234567\ufe0f", "030 1234567", id="a variation mark"),
    pytest.param("030\u20111234\u201367", "030-1234-67", id="dashes that are no ASCII"),
    pytest.param("030\u22121234567", "030-1234567", id="a minus"),
    pytest.param("030\u00a0123\u202f4567", "030 123 4567", id="hard blanks"),
    pytest.param("\uff0b81\uff08\uff103\uff09\uff11\uff12\uff13\uff14\u30fc5678", "+81(03)1234-5678", id="full width"),
    pytest.param("\u0660\u0661\u0662\u0663\u0664\u0665\u0666", "0123456", id="Arabic digits"),
    pytest.param("030 1234567 x11", "030 1234567 x11", id="x11"),
    pytest.param("030 1234567 ext. 11", "030 1234567 ext. 11", id="ext."),
    pytest.param("030 1234567 #11", "030 1234567 #11", id="number sign"),
    pytest.param("030 1234567 Durchwahl 11", "030 1234567 Durchwahl 11", id="Durchwahl"),
    pytest.param("5550 1234 Ext. 21", "5550 1234 Ext. 21", id="Ext."),
    pytest.param("tel:+49-30-1234567", "+49-30-1234567", id="a link"),
    pytest.param("TEL:%2B49%2030%201234567;ext=11", "+49 30 1234567 ext 11", id="a link with an extension"),
    pytest.param("callto://+49301234567", "+49301234567", id="a link of Skype"),
    pytest.param("Tel.: 030 1234567", "Tel.: 030 1234567", id="a label"),
    pytest.param("0171 1234567 (mobil)", "0171 1234567 (mobil)", id="a word behind"),
    pytest.param("030 1234567 (Frau Özdemir)", "030 1234567 (Frau Özdemir)", id="a name behind"),
    pytest.param("030 1234567 / 0171 7654321", "030 1234567 / 0171 7654321", id="two numbers"),
    pytest.param("030 1234567 or 7654321", "030 1234567 or 7654321", id="two numbers with a word between"),
    pytest.param("+49 30 1234567 / +49 171 76543210 (mobil)", "+49 30 1234567 / +49 171 76543210 (mobil)", id="long"),
    pytest.param("+49 (0)89/55 50-12.34", "+49 (0)89/55 50-12.34", id="marks between"),
    pytest.param("12345", "12345", id="as few digits as may be"),
    pytest.param("call reception 5550100", "call reception 5550100", id="a remark before"),
]
NO_ANSWER = ["n/a", "N/A", "-", "--", "k. A.", "keine", "none", "null", "0", "?", "xxx", "\u2013", "\u200b", ".", "TBD"]
UNCLEAR = [
    pytest.param("call me", id="no digits"),
    pytest.param("1234", id="too few digits"),
    pytest.param("Hauptstr. 5, 10115", id="a street"),
    pytest.param("anna.12345678@acme.com", id="an address"),
    pytest.param("https://wa.me/491711234567", id="a link to a chat"),
    pytest.param("030 1234567 or " + "9" * 100, id="too long"),
    pytest.param("1-800-FLOWERS", id="letters for digits"),
]


@pytest.mark.parametrize(("typed", "kept"), AS_WRITTEN)
def test_a_phone_number_is_kept_as_it_was_written_in_plain_signs(typed: str, kept: str) -> None:
    assert check_answer(PHONE, typed) == kept
    assert check_answer(PHONE, kept) == kept


@pytest.mark.parametrize("typed", NO_ANSWER, ids=ascii)
def test_words_for_no_phone_number_are_no_answer(typed: str) -> None:
    assert sent(phone=typed).submission.profile == Profile()
    assert sent(phone=typed).submission.message is None


@pytest.mark.parametrize("typed", UNCLEAR)
def test_an_unclear_phone_number_goes_into_the_message_of_a_form(typed: str) -> None:
    form = sent(phone=typed, message="Hello")
    assert form.submission.profile.phone is None
    assert form.submission.message == f"Hello\n\nphone: {typed.replace(chr(0), ' ')}"


@pytest.mark.parametrize("typed", UNCLEAR)
def test_an_unclear_phone_number_goes_into_the_message_of_a_signal(typed: str) -> None:
    found = only(properties={"phone": typed, "title": "CTO"})
    assert found.message.signal.profile == Profile(title="CTO")
    assert found.message.signal.message == f"phone: {typed.replace(chr(0), ' ')}"
    assert [fault.field for fault in found.left_out] == ["properties.phone"]


def test_an_unclear_phone_number_makes_another_request_than_none() -> None:
    assert sent(phone="call me").repeat_key == sent(phone="call me").repeat_key
    assert len({sent(phone=typed).repeat_key for typed in ("call me", "ring me", "")}) == 3


def test_a_phone_number_may_be_a_number_in_json() -> None:
    assert only(properties={"phone": 49301234567}).message.signal.profile.phone == "49301234567"
    assert only(properties={"phone": 49301234567.0}).message.signal.profile.phone == "49301234567"


def test_a_list_of_phone_numbers_is_told() -> None:
    assert "properties.phone" in faults_of(properties={"phone": ["030 1234567"]})


PIECES = [
    *("+49", "(0)", "030", "1234567", "89", "0171 7654321", " ", "-", "/", ".", "\u2011", "\u2013", "\u30fc", "\u00a0"),
    *(
        "\u202a",
        "\u202c",
        "\u200b",
        "\ufeff",
        "\u2066",
        "\u2069",
        "\u00ad",
        "\ufe0f",
        "\u0301",
        "\u0661",
        "\uff10",
        "\uff0b",
    ),
    *(
        "x11",
        "ext. 11",
        "#11",
        ";ext=11",
        "tel:",
        "TEL:",
        "callto://",
        "%2B",
        "%00",
        "(mobil)",
        "n/a",
        "Büro",
        "@",
        "://",
    ),
    *("\x00", "\n", "\ud800", "\U0001f4de", "e\u0301", "ﬁ", "½", "①", ",", ";", "=", "\u2028", "x", "9" * 30),
]


def test_ten_thousand_phone_numbers_cost_no_request_and_read_the_same_again() -> None:
    dice = random.Random(4)
    for _ in range(10_000):
        typed = "".join(dice.choices(PIECES, k=dice.randint(1, 7)))
        try:
            kept = check_answer(PHONE, typed)
        except ValueError:
            continue
        if kept is not None:
            assert check_answer(PHONE, kept) == kept == normalize("NFC", kept), ascii(typed)
        assert digits(kept or "") in ("", digits(typed)), ascii(typed)


def digits(text: str) -> str:
    return "".join(str(each) for sign in unquote(text) if (each := decimal(sign, None)) is not None)
