"""Mails to the owner of a target account: the lead that came, its owner, and the time of the next alert."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given

from baton.domain.events.lead_events import TargetAccountEngaged
from baton.domain.events.recorded import Event
from baton.domain.events.review_events import LeadDisqualified, LeadParked, ReviewRequested
from baton.domain.history.change import Change
from baton.domain.leads.lead import Lead
from baton.domain.teams.roster import reached_by_mail
from baton.outreach.mails.mails_by_event import Mail, compose, mail_to_operations
from tests.unit.given import IN_FORCE, KIM, LEE, NOW, SAM, rep
from tests.unit.outreach.given import ANNA, EXAMPLE, LINKS, MANAGERS, TO_SAM, clickable_lines, offered_to
from tests.unit.outreach.test_alert_mail import hostile
from tests.unit.standing import did, history_of, lead_after, read

WEEK = timedelta(days=7)


def engaged(**known: Any) -> TargetAccountEngaged:
    return TargetAccountEngaged.model_validate(
        {
            "account": "acme.com",
            "matched_by": "domain",
            "name": "Acme",
            "owner": KIM,
            "kind": "content_downloaded",
            "alerts": True,
            "quiet_since": NOW - WEEK,
            "tells_owner": True,
            **known,
        }
    )


def target_account_visit(lead: Lead | None = None, **known: Any) -> Change:
    """Somebody of a target account came; a lead that marketing nurtures, or the one given."""
    if lead is None:
        lead = lead_after(history_of(read("guide", 1), read("price-list", profile=ANNA, company=EXAMPLE)))
    return Change.begin(lead, lead.lead_id).then([engaged(**known)], NOW, "form:content-download")


def mails_of(change: Change, lead: Lead | None = None) -> list[Mail]:
    return [mail for each in change.events for mail in compose(each, lead or lead_after(change), MANAGERS, LINKS, NOW)]


def the_mail(change: Change) -> Mail:
    (mail,) = mails_of(change)
    return mail


def test_the_account_mail_goes_to_the_owner_of_the_account() -> None:
    mail = the_mail(target_account_visit())
    assert (mail.to, mail.subject) == ((KIM,), "Target account Acme: content downloaded")


def test_the_account_mail_names_the_rep_who_has_the_lead() -> None:
    text = the_mail(target_account_visit(offered_to(*TO_SAM))).text
    assert f"WHOSE LEAD IT IS\n{SAM} has had it since Tue 24 Nov 2026, 09:30 UTC.\n" in text


@pytest.mark.parametrize(
    ("happened", "whose"),
    [
        ([ReviewRequested(why="mql")], "Nobody in sales has it; marketing is to review it."),
        ([LeadParked(due_at=NOW)], "Nobody in sales has it; it is parked for now."),
        ([LeadDisqualified(reason="bad_fit")], "Nobody has it; it is on the list of leads that we cannot help."),
    ],
    ids=["in review", "parked", "disqualified"],
)
def test_the_account_mail_tells_the_status_of_a_lead_that_no_rep_has(happened: list[Event], whose: str) -> None:
    text = the_mail(target_account_visit(lead_after(history_of(did("visit"), then=happened)))).text
    assert f"WHOSE LEAD IT IS\n{whose}\n" in text


def test_an_account_matched_by_company_name_only_is_marked_as_uncertain() -> None:
    assert "known by its name only: make sure that it is them" in the_mail(target_account_visit(matched_by="name")).text
    assert "name only" not in the_mail(target_account_visit()).text


def test_an_account_without_a_name_is_named_by_its_domain() -> None:
    mail = the_mail(target_account_visit(name=None))
    assert mail.subject == "Target account acme[.]com: content downloaded"
    assert mail.text.startswith("Your target account acme.com came to us:\n")


@pytest.mark.parametrize("known", [{"tells_owner": False}, {"owner": None}], ids=["told by the handoff", "no owner"])
def test_no_account_mail_is_sent_without_an_owner_or_if_the_handoff_tells_the_owner(known: dict[str, Any]) -> None:
    assert mails_of(target_account_visit(**known)) == []


def test_no_account_mail_is_sent_to_an_owner_who_has_the_lead_by_now() -> None:
    change = target_account_visit(owner=SAM)
    assert mails_of(change, offered_to(*TO_SAM)) == []
    assert mail_to_operations(change.events[0], offered_to(*TO_SAM), [], lambda: IN_FORCE) is None


def test_operations_get_a_mail_without_personal_data_about_an_unreachable_account_owner() -> None:
    change = target_account_visit()
    told = mail_to_operations(change.events[0], lead_after(change), [SAM, LEE], lambda: IN_FORCE)
    assert told
    subject, text = told
    assert subject == "Baton: no mail reaches the owner of acme[.]com"
    assert "GET /accounts/acme.com\n" in text
    assert f"GET /leads/{change.lead_id}\n" in text
    for personal in ("Anna", "Schmidt", "anna", "1234567", KIM, "kim", SAM):
        assert personal not in subject + text


def test_operations_get_no_mail_when_the_account_owner_gets_the_alert() -> None:
    change = target_account_visit()
    assert mail_to_operations(change.events[0], lead_after(change), [KIM], lambda: IN_FORCE) is None


def test_mail_reaches_people_on_the_roster_with_a_confirmed_address() -> None:
    roster = [rep(KIM), rep(SAM, subscription="unprotected", role="manager"), rep(LEE, subscription="ended")]
    assert reached_by_mail(roster) == [KIM, SAM]


@given(typed=hostile)
def test_typed_text_becomes_no_link_and_no_heading_of_an_account_mail(typed: str) -> None:
    known = {"profile": ANNA.model_copy(update={"last_name": typed}), "company": EXAMPLE}
    lead = lead_after(history_of(read(typed, 1), read(typed, **known)))
    mail = the_mail(target_account_visit(lead, name=typed))
    clickable = clickable_lines(mail.text)
    assert clickable == ["E-mail: anna.schmidt@example.com"]
    assert sum(line == "WHOSE LEAD IT IS" for line in mail.text.splitlines()) == 1
    assert mail.subject.isascii()
    assert mail.subject.isprintable()
    assert len(mail.subject) < 100
