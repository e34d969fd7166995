"""Several mails for one person are one mail: how many, which is the most urgent, and each in its own words."""

from datetime import timedelta

import pytest

from baton.outreach.mails.digest_mails import digest
from baton.outreach.mails.mails_by_event import Mail
from tests.unit.outreach.given import the_alert

ALERT = Mail(("sam@sales.example.com",), "Consultation request: Anna - accept by 10:00 UTC", "Call Anna.\n")
NEWS = Mail(("sam@sales.example.com",), "News of Bob, Acme", "Bob wrote again.\n")


def test_a_digest_says_how_many_mails_it_has_and_quotes_the_first() -> None:
    subject, text = digest([ALERT, NEWS])
    assert subject == "2 mails, first: Consultation request: Anna - accept by 10:00 UTC"
    assert text.startswith(
        "2 mails in one, the most urgent first:\n\n"
        "1. Consultation request: Anna - accept by 10:00 UTC\n"
        "2. News of Bob, Acme\n\n"
    )


def test_a_digest_has_each_mail_in_its_own_words_below_its_own_heading() -> None:
    _, text = digest([ALERT, NEWS])
    *_, first, second = text.split("-" * 24 + "\n")
    assert first == f"1. {ALERT.subject}\n\nCall Anna.\n\n\n"
    assert second == f"2. {NEWS.subject}\n\nBob wrote again.\n"


def test_a_single_mail_is_its_own_digest() -> None:
    assert digest([NEWS]) == (NEWS.subject, NEWS.text)


@pytest.mark.parametrize("many", [2, 99, 1000])
def test_a_digests_subject_is_valid_for_sns_however_long_the_first_is(many: int) -> None:
    long = Mail((), "Ä" + "x" * 98, "-")
    subject, _ = digest([long] * many)
    assert len(subject) < 100
    assert subject.isascii()
    assert subject.startswith(f"{many} mails, first: ")


def test_an_alert_is_to_be_acted_on_by_its_first_deadline() -> None:
    alert = the_alert()
    assert alert.act_by is not None
    assert f"accept by {alert.act_by:%H:%M} UTC" in alert.subject
    assert alert.act_by.utcoffset() == timedelta()
