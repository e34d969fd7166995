"""The alert mail to the owner of a handoff: all that is needed to call the lead, and no typed text that deceives."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.leads.person_facts import Company, Profile
from baton.domain.signals.signal_recording import record_signal
from baton.outreach.links.handoff_links import Links
from baton.outreach.mails.mails_by_event import compose
from baton.outreach.text.untrusted_text import LINE_OCTETS
from tests.unit.given import NOW, download
from tests.unit.outreach.given import (
    ANNA,
    LINKS,
    TO_SAM,
    after,
    clickable_lines,
    mails_of,
    offering,
    the_alert,
)

hostile = st.one_of(
    st.text(max_size=200), st.text(st.sampled_from("\n\r\u2028\u202e\u200b >:./@ACEPThttps"), max_size=200)
)


def test_the_subject_of_an_alert_names_trigger_lead_and_deadline() -> None:
    assert the_alert().subject == "Consultation request: Anna Schmidt, Example GmbH - accept by 10:00 UTC"


def test_the_subject_of_an_alert_names_the_day_of_a_deadline_on_another_day() -> None:
    offer = offering(*TO_SAM)
    (mail,) = mails_of(offer, NOW - timedelta(days=1))
    assert mail.subject.endswith("accept by 24 Nov 10:00 UTC")


@pytest.mark.parametrize(
    ("known", "who"),
    [
        ({"profile": Profile(first_name="Анна", last_name="Шмидт")}, "Example GmbH"),
        (
            {"profile": Profile(), "company": Company(name="株式会社例", domain="example.com")},
            "anna.schmidt@example.com",
        ),
        ({"profile": Profile(), "company": Company(domain="example.com")}, "anna.schmidt@example.com"),
        ({"profile": Profile(), "company": Company(), "email": "аnna@example.com"}, "a lead"),
        (
            {"profile": Profile(), "company": Company(), "email": "evil.example/x@b.example"},
            "evil[.]example/x [at] b[.]example",
        ),
        ({"company": Company(name="株式会社例")}, "Anna Schmidt"),
        ({"company": Company(name="evil.example/x")}, "Anna Schmidt, evil[.]example/x"),
    ],
    ids=[
        "Cyrillic name",
        "CJK company",
        "address known",
        "disguised address",
        "address with a link",
        "CJK company without domain",
        "address as company",
    ],
)
def test_the_subject_of_an_alert_falls_back_to_a_name_in_ascii_or_the_address(
    known: dict[str, object], who: str
) -> None:
    assert the_alert(**known).subject == f"Consultation request: {who} - accept by 10:00 UTC"


def test_the_alert_mail_lists_the_facts_that_are_not_on_record() -> None:
    text = the_alert(profile=Profile(first_name="Anna"), company=Company(domain="example.com")).text
    listed = " ".join(text.partition("NOT ON RECORD\n")[2].partition("\n\n")[0].split())
    assert listed == "last name, title, phone, country, company name, budget, authority, need, timeline"


def test_the_alert_mail_lists_earlier_signals_newest_first_without_the_request() -> None:
    day = timedelta(days=1)
    lead = after(None, record_signal(None, download(content="guide"), 1, NOW - 2 * day), NOW - 2 * day)
    lead = after(lead, record_signal(lead, download(content="price-list"), 1, NOW - day), NOW - day)
    offer = offering(*TO_SAM)
    assert offer.after is not None
    (mail,) = mails_of(offer, lead=offer.after.model_copy(update={"recent": (*lead.recent, *offer.after.recent)}))
    listed = mail.text.partition("WHAT THEY DID BEFORE\n")[2].partition("\n\n")[0]
    assert listed.splitlines() == [
        "- 23 Nov 09:30 content downloaded (price-list)",
        "- 22 Nov 09:30 content downloaded (guide)",
    ]


def test_no_line_of_an_alert_mail_is_broken_before_smtp_would_break_it() -> None:
    asked = "word " * 150 + "\n" + "Wörter " * 400
    quoted = [line for line in the_alert(message=asked).text.splitlines() if line.startswith("> ")]
    assert quoted[0] == f"> {'word ' * 150}".rstrip()
    assert max(len(line.encode()) for line in quoted[1:]) <= LINE_OCTETS
    assert len(quoted) == 1 + 7, "no more than it takes"


def test_each_link_of_an_alert_mail_stands_alone_below_a_line_with_its_action() -> None:
    lines = the_alert().text.splitlines()
    urls = [number for number, line in enumerate(lines) if "/links/" in line]
    assert [lines[number - 1] for number in urls] == [
        "ACCEPT this lead:",
        "CONTACTED this lead? Log it:",
        "RETURN this lead, with a reason:",
    ]
    assert all(lines[number].startswith("https://api.example.com/prod/links/") for number in urls)


def test_the_longest_alert_mail_fits_into_an_sns_notification() -> None:
    name = "漢" * 10_000
    mail = the_alert(
        message="漢@" * 10_000,
        profile=Profile(**dict.fromkeys(Profile.model_fields, name)),
        company=Company(name=name, domain=name),
    )
    assert len(mail.text.encode()) < 50_000


@pytest.mark.parametrize("phone", ["+49 30 1234567", "(030) 123-45", "030.1234567 x12", "030/12345 ext. 5"])
def test_a_phone_number_is_shown_unchanged(phone: str) -> None:
    assert f"Phone: {phone}\n" in the_alert(profile=Profile(phone=phone)).text


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("evil.example/call", "evil[.]example/call"),
        ("tel:*#06#", "tel[:]*#06#"),
        ("+49 30 1\nACCEPT this lead:", "+49 30 1 ACCEPT this lead:"),
    ],
)
def test_a_wrong_phone_number_is_shown_as_harmless_text(phone: str, shown: str) -> None:
    assert f"Phone: {shown}\n" in the_alert(profile=Profile(phone=phone)).text


@pytest.mark.parametrize(
    "email",
    ["anna@example.com", "o'brien+news@sub.example.co.uk", "jörg@bücher.example", "a_b-c.d@xn--bcher-kva.example"],
)
def test_an_email_address_is_shown_unchanged(email: str) -> None:
    assert f"E-mail: {email}\n" in the_alert(email=email).text


def test_an_email_address_that_contains_a_web_address_is_shown_as_harmless_text() -> None:
    assert "E-mail: evil[.]example/pay [at] b[.]example\n" in the_alert(email="evil.example/pay@b.example").text


HOSTILE = [
    "Anna\r\nBcc: everybody@evil.example",
    "Anna\u2028\u2028ACCEPT this lead:\u2028https://evil.example/links/x",
    "\u202emoc.elpmaxe\u202c",
    "<script>alert(1)</script><a href='https://evil.example'>x</a>",
    "Accept: https://evil.example\n" * 400,
    "x" * 10_000,
]


@pytest.mark.parametrize("typed", HOSTILE, ids=["header", "separator", "override", "HTML", "many lines", "long"])
@pytest.mark.parametrize("field", ["first_name", "title", "country", "company", "message"])
def test_hostile_text_in_a_form_becomes_no_link_and_no_heading_of_an_alert_mail(field: str, typed: str) -> None:
    assert_only_links_of_baton_can_be_clicked(field, typed)


@given(
    field=st.sampled_from(["first_name", "last_name", "title", "country", "company", "domain", "message"]),
    typed=hostile,
)
def test_any_text_in_a_form_leaves_only_batons_links_and_the_leads_address_clickable(field: str, typed: str) -> None:
    assert_only_links_of_baton_can_be_clicked(field, typed)


def assert_only_links_of_baton_can_be_clicked(field: str, typed: str) -> None:
    known: dict[str, object] = {"message": typed} if field == "message" else {}
    if field in Profile.model_fields:
        known["profile"] = ANNA.model_copy(update={field: typed})
    if field in {"company", "domain"}:
        known["company"] = Company(**{"name" if field == "company" else "domain": typed})
    mail = the_alert(**known)
    clickable = clickable_lines(mail.text)
    assert [line.partition("/links/")[0] for line in clickable] == [
        "E-mail: anna.schmidt@example.com",
        *["https://api.example.com/prod"] * 3,
    ]
    assert sum(line == "ACCEPT this lead:" for line in mail.text.splitlines()) == 1
    assert mail.subject.isascii()
    assert mail.subject.isprintable()
    assert len(mail.subject) < 100


def test_an_alert_mail_composed_again_is_the_same() -> None:
    offer = offering(*TO_SAM)
    assert offer.after is not None
    again = [mail for event in offer.events for mail in compose(event, offer.after, (), LINKS, NOW)]
    assert again == mails_of(offer)


def test_the_links_of_an_alert_mail_lead_to_the_configured_address_of_the_api() -> None:
    offer = offering(*TO_SAM)
    assert offer.after is not None
    elsewhere = Links("http://127.0.0.1:4566/local", ["key"])
    (mail,) = [mail for event in offer.events for mail in compose(event, offer.after, (), elsewhere, NOW)]
    assert "\nhttp://127.0.0.1:4566/local/links/" in mail.text


def test_an_alert_without_a_message_has_no_empty_quote() -> None:
    assert "THEY WROTE" not in the_alert(message=None).text
    assert "THEY WROTE" not in the_alert(message=" \u200b\n").text


def test_an_alert_mail_leaves_out_unknown_facts_of_the_lead() -> None:
    text = the_alert(profile=Profile(), company=Company()).text
    assert text.startswith("Consultation request for you.\n\nE-mail: anna.schmidt@example.com\n")
