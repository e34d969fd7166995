"""Mails about the duties of marketing: reminders to the team, escalations to its managers, none after the answer."""

import re
from datetime import timedelta

import pytest
from hypothesis import given

from baton.domain.basics.facts import Staff
from baton.domain.events.recorded import Recorded
from baton.domain.events.review_events import AnswerRequested, LeadReviewed, ReviewRequested
from baton.domain.follow_up.due_actions import act_on_overdue
from baton.domain.handoffs import returns
from baton.domain.handoffs.returns import ReturnRequest
from baton.domain.history.change import Change
from baton.domain.history.differing_words import differing_words
from baton.domain.leads.lead import Lead
from baton.domain.qualification.duty_opening import request_review
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.trust.words import Word
from baton.outreach.mails.mails_by_event import Mail, compose, mail_to_operations
from tests.unit.given import AGREEMENT, HANDOFF_ID, IN_FORCE, NOW, SAM, rep
from tests.unit.outreach.given import ANNA, EXAMPLE, LINKS, after, clickable_lines, happens, offered_to
from tests.unit.outreach.test_alert_mail import hostile
from tests.unit.standing import PACKAGED, agreed, card, did, history_of, lead_after, read, standing_after

TEAM = ("maria@example.com", "max@example.com")
DAY = timedelta(days=1)
WHY = "meets the definition of a marketing qualified lead"
IN_BERLIN = agreed(
    ("forms:", "calendars: {berlin: {time_zone: Europe/Berlin, hours: {mon-fri: 09:00-17:00}}}\n\nforms:"),
    ("  team: marketing ", "  calendar: berlin\n  team: marketing "),
)


def in_review(**known: object) -> Lead:
    """Anna read two things, and is to be reviewed since now; she is counted under the packaged agreement."""
    anna = {"profile": ANNA, "company": EXAMPLE.model_copy(update={"industry": "manufacturing"}), **known}
    change = history_of(read("guide", 1), read("price-list", **anna))
    change = change.then([request_review(lead_after(change), WHY, AGREEMENT, 1, NOW)], NOW, "agreement")
    return lead_after(change.with_counts(standing_after(change).tally))


def returned(note: str | None = "Wants to see us next year.") -> Lead:
    lead = offered_to(rep(SAM))
    back = ReturnRequest(reason="not_qualified", note=note)
    return after(lead, returns.return_lead(lead, HANDOFF_ID, back, Staff(email=SAM), IN_FORCE, [], NOW), by=SAM)


def after_days(lead: Lead, days: float) -> Change:
    now = NOW + days * DAY
    return happens(lead, act_on_overdue(lead, lead.timer or "", [], lambda: IN_FORCE, now), now, by="timer")


def mails_of(change: Change, days: float, rules: Scorecard | None = PACKAGED, to: tuple[str, ...] = TEAM) -> list[Mail]:
    lead = lead_after(change)
    return [mail for each in change.events for mail in compose(each, lead, to, LINKS, NOW + days * DAY, lambda: rules)]


def the_reminder(lead: Lead, rules: Scorecard | None = PACKAGED) -> Mail:
    return of_the_first(mails_of(after_days(lead, 1), 1, rules))


def the_escalation(lead: Lead) -> Mail:
    return of_the_first(mails_of(after_days(lead, 2), 2))


def the_first_word(lead: Lead) -> Mail:
    """The mail to the team about the duty that has just begun."""
    assert lead.duty
    known = {"duty_id": lead.duty.duty_id, "due_at": lead.duty.clock.due_at}
    begun = (
        ReviewRequested(why=WHY, **known)
        if lead.duty.kind == "review"
        else AnswerRequested(handoff_id=HANDOFF_ID, reason="not_qualified", **known)
    )
    event = Recorded(event_id="x-1", lead_id=lead.lead_id, at=NOW, by="test", event=begun)
    return of_the_first(compose(event, lead, TEAM, LINKS, NOW, lambda: PACKAGED))


def of_the_first(mails: list[Mail]) -> Mail:
    """The first one's mail; that of the other says the same, with another link."""
    first, second = mails
    assert (first.to, second.to) == ((TEAM[0],), (TEAM[1],))
    [link], [other] = (re.findall(r"^https://api.example.com/prod/reviews/(\S+)$", each.text, re.M) for each in mails)
    assert link != other
    assert first.text.replace(link, "TOKEN") == second.text.replace(other, "TOKEN")
    return Mail(first.to, first.subject, first.text.replace(link, "TOKEN"), first.act_by)


def test_the_mail_about_a_new_duty_has_what_its_reminder_has() -> None:
    for lead, subject, begin in (
        (in_review(), "New to review: Anna Schmidt, Example GmbH - review by 26 Nov 09:30 UTC", "This lead is new in"),
        (
            returned(),
            "Back from sales: Anna Schmidt, Example GmbH - answer by 26 Nov 09:30 UTC",
            "Sales gave this lead",
        ),
    ):
        first, reminder = the_first_word(lead), the_reminder(lead)
        assert (first.subject, first.act_by) == (subject, reminder.act_by)
        assert first.text.startswith(begin)
        own, others = ([line.partition(":")[0] for line in mail.text.split("\n")] for mail in (first, reminder))
        assert own[3:] == others[2:], "all but points, which fade"


def test_the_review_reminder_goes_to_the_team() -> None:
    mail = the_reminder(in_review())
    assert (mail.to, mail.subject) == (TEAM[:1], "To review: Anna Schmidt, Example GmbH - review by 26 Nov 09:30 UTC")


def test_the_reminder_of_a_return_tells_the_reason_and_the_note_of_sales() -> None:
    mail = the_reminder(returned())
    assert mail.subject == "To answer: Anna Schmidt, Example GmbH - answer by 26 Nov 09:30 UTC"
    assert (
        f"WHY SALES GAVE IT BACK\nReturned by {SAM} on Tue 24 Nov 2026, 09:30 UTC:\n"
        "Not ready for sales yet (not_qualified)\n> Wants to see us next year.\n\n"
    ) in mail.text


def test_the_reminder_of_a_return_without_a_note_has_no_quote() -> None:
    assert "(not_qualified)\n\nREVIEW this lead" in the_reminder(returned(note=None)).text


def test_the_escalation_of_a_duty_tells_the_managers_the_late_duty() -> None:
    mail = the_escalation(in_review())
    assert (mail.to, mail.subject) == (TEAM[:1], "Escalation: Anna Schmidt, Example GmbH - not reviewed yet")
    assert mail.text.startswith(
        "Marketing has not reviewed this lead yet.\nReview by Thu 26 Nov 2026, 09:30 UTC (now)\n"
    )
    mail = the_escalation(returned())
    assert mail.subject == "Escalation: Anna Schmidt, Example GmbH - no answer to sales yet"
    assert mail.text.startswith("Marketing has not answered yet why sales gave this lead back.\nAnswer by Thu 26 Nov")


@pytest.mark.parametrize("verdict", ["good_fit", "bad_timing", "bad_fit", "not_ready"])
def test_no_mail_is_sent_about_a_closed_duty(verdict: str) -> None:
    change = after_days(in_review(), 1)
    reviewed = LeadReviewed.model_validate({"verdict": verdict, "agreement_version": 1})
    later = change.then([reviewed], NOW + DAY, "maria@example.com")
    assert mails_of(Change(later.lead_id, later.before, later.after, change.events), 1) == []
    assert mail_to_operations(change.events[0], lead_after(later), [], lambda: IN_FORCE) is None


def test_no_mail_is_sent_about_an_earlier_duty_while_another_duty_is_open() -> None:
    change = after_days(in_review(), 1)
    reviewed = LeadReviewed(verdict="not_ready", agreement_version=1)
    lead = after(lead_after(change), [reviewed], NOW + DAY)
    again = after(lead, [request_review(lead, WHY, AGREEMENT, 1, NOW + DAY)], NOW + DAY)
    assert [mail for each in change.events for mail in compose(each, again, TEAM, LINKS, NOW + DAY)] == []


@pytest.mark.parametrize(
    ("days", "whom", "role"), [(1, "anybody in", ""), (2, "a manager of", ' with {"role": "manager"}')]
)
def test_operations_get_a_mail_without_personal_data_when_a_duty_mail_has_no_recipient(
    days: int, whom: str, role: str
) -> None:
    lead = in_review()
    change = after_days(lead, days)
    assert mails_of(change, days, to=()) == []
    told = mail_to_operations(change.events[0], lead_after(change), [], lambda: IN_FORCE)
    assert told
    subject, text = told
    assert subject == f"Baton: no mail reaches {whom} team marketing"
    assert f"PUT /teams/marketing/reps/ADDRESS{role}\n" in text
    assert f"GET /leads/{lead.lead_id}\n" in text
    for personal in ("Anna", "Schmidt", "anna", "Example", "1234567"):
        assert personal not in subject + text


def test_operations_get_no_mail_when_the_marketing_team_gets_the_reminder() -> None:
    change = after_days(in_review(), 1)
    assert mail_to_operations(change.events[0], lead_after(change), TEAM, lambda: IN_FORCE) is None


def test_the_reminder_of_a_lead_counted_under_another_version_shows_questions_without_answers() -> None:
    text = the_reminder(in_review(), card(version=2)).text
    assert "- Is it in an industry that we sell to?\n" in text
    assert "SCORE" not in text
    assert "\nREVIEW this lead" in text


def test_a_reminder_without_the_agreement_has_no_checklist_and_still_has_its_link() -> None:
    text = the_reminder(in_review(), None).text
    assert "CHECKLIST" not in text
    assert "\nREVIEW this lead" in text


def test_the_due_time_of_a_duty_is_told_in_the_time_zone_of_marketings_calendar() -> None:
    mail = the_reminder(in_review(), IN_BERLIN)
    assert mail.subject == "To review: Anna Schmidt, Example GmbH - review by 26 Nov 10:30 CET"
    assert mail.text.startswith("Review by Thu 26 Nov 2026, 10:30 CET (in 1d)\n")


@given(typed=hostile)
def test_typed_text_becomes_no_link_and_no_heading_of_a_duty_mail(typed: str) -> None:
    lead = in_review(profile=ANNA.model_copy(update={"last_name": typed, "title": typed}))
    for mail in (the_reminder(lead), the_escalation(lead), the_reminder(returned(note=typed))):
        clickable = clickable_lines(mail.text)
        ours = {
            "https://api.example.com/prod/reviews/TOKEN",
            "E-mail: anna.schmidt@example.com",
            f"Returned by {SAM} on Tue 24 Nov 2026, 09:30 UTC:",
        }
        assert set(clickable) <= ours
        assert sum(line.startswith("CHECKLIST") for line in mail.text.splitlines()) == 1
        assert sum(line.startswith("REVIEW this lead") for line in mail.text.splitlines()) == 1
        assert mail.subject.isascii()
        assert len(mail.subject) < 100


def test_operations_get_no_mail_about_a_visit() -> None:
    lead = lead_after(history_of(did("visit")))
    assert mail_to_operations(history_of(did("visit")).events[-1], lead, [], lambda: IN_FORCE) is None


def test_marketings_mails_show_what_is_said_otherwise_with_the_call_that_takes_it_over() -> None:
    """A stranger's word cannot be tapped in it."""
    at = int(NOW.timestamp() * 1000)
    stands, beside = (
        Word("tool", "hubspot", at, 0, "CTO"),
        Word("form", "form:consultation", at, 0, "www.evil.example"),
    )
    lead = in_review().model_copy(update={"said": {"title": (stands, beside)}})
    [told] = differing_words(lead)
    for mail in (the_reminder(lead), the_escalation(lead)):
        lines = mail.text.splitlines()
        place = lines.index("SAID OTHERWISE")
        assert lines[place + 1 : place + 5] == [
            "The form consultation says: title: www[.]evil[.]example, since 24 Nov.",
            "Take it over:",
            f"PATCH /leads/{lead.lead_id}",
            f'{{"take_over": ["{told.id}"]}}',
        ]
        assert lines[place + 5] == ""
    assert "SAID OTHERWISE" not in the_reminder(in_review()).text
