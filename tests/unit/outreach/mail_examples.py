"""A mail of each kind, and its whole text as it was approved.

`python -m tests.unit.outreach.mail_examples` writes the texts anew; read what has changed before you keep it.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from baton.domain.events.lead_events import LeftLeadsTold
from baton.domain.failures.failure_kinds import KINDS
from baton.domain.failures.failure_news import News
from baton.domain.follow_up.due_actions import act_on_overdue
from baton.domain.follow_up.search_events import LeadsLookedThrough
from baton.domain.handoffs import reassignment
from baton.domain.handoffs.acceptance import accept
from baton.domain.history.change import Change
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import Company, Profile
from baton.domain.notifications.signing_news import SigningNews
from baton.domain.signals.signal_recording import record_signal
from baton.domain.signing.agreement_events import (
    AgreementEnacted,
    AgreementEvent,
    AgreementSigned,
    DraftSigned,
    recorded,
)
from baton.domain.signing.draft_signatures import Department, Draft, Signature
from baton.domain.teams.reps import Subscription
from baton.outreach.mails import failure_mails, forgotten_leads_mail, roster_mails
from baton.outreach.mails.digest_mails import digest
from baton.outreach.mails.mails_by_event import mail_to_operations
from baton.outreach.reports.weekly_mail import weekly_mail
from baton.outreach.signing import signing_mails
from tests.unit.given import AGREEMENT, HANDOFF_ID, IN_FORCE, KIM, LEAD_ID, NOW, SAM, download, rep, team
from tests.unit.outreach import test_account_mails as accounts
from tests.unit.outreach import test_duty_mails as duties
from tests.unit.outreach import test_score_sections as scores
from tests.unit.outreach import trial_page_example
from tests.unit.outreach.given import after, happens, mails_of, offered_to, offering, sent
from tests.unit.outreach.test_mails_by_event import BY_SAM, contacted
from tests.unit.outreach.test_meeting_mails import meeting
from tests.unit.outreach.test_report_page import ROWS, all_reports

LARGE = AGREEMENT.model_copy(
    update={"teams": {"enterprise": AGREEMENT.teams["sales"].model_copy(update={"label": "Large companies"})}}
)
FOLDER = Path(__file__).with_name("approved_mails")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
BERLIN = "Europe/Berlin"
THERE = (rep(SAM, time_zone=BERLIN), rep(KIM, last_offered_at=NOW))
ASKED = {
    "message": "Hello,\n\nwe hand over 400 leads a month by mail, and half of them are never called. Can you show us "
    "how others do it, and what it costs for a team of twelve? Thursday would be good.\n\nAnna",
    "bant": {"budget": "EUR 50,000", "timeline": "this year"},
}
"""What Anna asked: long lines, as people write them on a phone."""
PEOPLE = {"marketing": ["maria@example.com"], "sales": ["mo@sales.example.com"]}
DRAFT_SIGNED = DraftSigned(
    draft_id="0193a1b2c3d4e5f6",
    revision=2,
    department="marketing",
    by="maria@example.com",
    stops=("form demo is gone; who sends it is answered 404",),
    changes=(
        "What a lead does: Whitepaper (content downloaded), points 50 → 30",
        "How fast sales acts: Consultation request, accept, within 30m → 15m",
    ),
    more=3,
)
DRAFT = Draft(
    draft_id="0193a1b2c3d4e5f6",
    yaml="",
    revision=2,
    base_version=2,
    note="As we said on Monday: nobody who read a white paper ever bought, and asks are answered too late.",
    created_by="maria@example.com",
    created_at=NOW,
    changed_by="maria@example.com",
    changed_at=NOW,
)
SIGNATURES = [
    Signature(group=group, by=by, at=NOW, revision=2, sha256="0" * 64)
    for group, by in ((Department.MARKETING, "maria@example.com"), (Department.SALES, "mo@sales.example.com"))
]
CONSOLE = "https://baton.example.com/console"
PLACE = "https://api.example.com/prod/reports/weekly/TOKEN"

Content = tuple[str, str]
"""A subject and a text."""


def content(change: Change, now: timedelta = 0 * MINUTE) -> Content:
    """The last mail that a change causes."""
    mail = mails_of(change, NOW + now)[-1]
    return mail.subject, mail.text


def due(lead: Lead, minutes: float) -> Content:
    """The mail that the timer causes so many minutes after the offer."""
    at = NOW + minutes * MINUTE
    return content(
        happens(lead, act_on_overdue(lead, lead.timer or "", team(*THERE), lambda: IN_FORCE, at), at), at - NOW
    )


def asked(**known: object) -> Lead:
    return offered_to(*THERE, **ASKED, **known)


def with_meeting(lead: Lead) -> Change:
    told = meeting(hosts=(SAM,), name="Demo", join_url="https://a.example/j", time_zone="America/New_York")
    booked = download(kind="meeting_booked", form=None, content=None, meeting=told, reference="ref-2")
    return happens(lead, record_signal(lead, booked, 1, NOW))


def passed_on(to_whom: int) -> Content:
    """The mails of a reassignment: to the new owner (0) and to the former one (1)."""
    lead, wish = (
        asked(),
        reassignment.ReassignRequest(owner=KIM, reason="Anna asked for Kim, who knows her from a fair"),
    )
    change = happens(
        lead, reassignment.reassign(lead, HANDOFF_ID, wish, BY_SAM, team(*THERE), NOW), by="mo@example.com"
    )
    mail = mails_of(change)[to_whom]
    return mail.subject, mail.text


def many_requests() -> Content:
    lead = after(asked(), accept(asked(), HANDOFF_ID, BY_SAM, NOW))
    for number in range(12):
        lead = after(lead, record_signal(lead, sent(message=f"Please call me, I have asked {number} times."), 1, NOW))
    return due(lead, 60)


def left_leads() -> Content:
    told = LeftLeadsTold(account="acme.com", name="Acme", owner=KIM, leads=31, asking=4, handed=10)
    return content(happens(asked(), [told]))


def to_operations(change: Change) -> Content:
    """The mail to operations about the last event of a change, of which nobody else hears."""
    lead = duties.lead_after(change)
    found = [mail_to_operations(recorded, lead, (), lambda: IN_FORCE) for recorded in change.events]
    return next(filter(None, found[::-1]))


def late() -> Change:
    lead = asked()
    return happens(lead, act_on_overdue(lead, lead.timer or "", team(), lambda: IN_FORCE, NOW + 30 * MINUTE))


def several() -> Content:
    """Three mails for one rep."""
    lead = asked()
    news = record_signal(lead, download(content="price-list"), 1, NOW)
    return digest([*mails_of(offering(*THERE, **ASKED)), *mails_of(happens(lead, news)), *mails_of(with_meeting(lead))])


def duty(mail: Callable[[Lead], duties.Mail], lead: Lead) -> Content:
    found = mail(lead)
    return found.subject, found.text


def signing(event: AgreementEvent, console: str | None = None, **known: Any) -> Content:
    """The mail about an event of the agreement; Berlin is its time zone."""
    news = SigningNews(recorded(event, NOW), **{"people": PEOPLE, "time_zone": BERLIN, **known})
    mails, to_operations = signing_mails.written(news, console)
    return to_operations or (mails[0].subject, mails[0].text)


EXAMPLES: dict[str, Callable[[], Content]] = {
    "alert_consultation": lambda: content(offering(*THERE, **ASKED)),
    "alert_nameless": lambda: content(offering(*THERE, profile=Profile(), company=Company())),
    "alert_score": lambda: content_of(scores.alert(scores.CROSSED)),
    "alert_passed_on": lambda: passed_on(0),
    "no_longer_yours": lambda: passed_on(1),
    "reminder_accept": lambda: due(asked(), 15),
    "reminder_next_action": lambda: due(contacted(asked()), 7 * 24 * 60),
    "news_read": lambda: content(happens(asked(), record_signal(asked(), download(content="price-list"), 1, NOW))),
    "news_meeting": lambda: content(with_meeting(asked())),
    "requests_told": many_requests,
    "escalation_late": lambda: due(asked(), 30),
    "escalation_nobody": lambda: content(offering(rep(SAM, capacity=1, open_handoffs=1), **ASKED)),
    "account_engaged": lambda: content(accounts.target_account_visit()),
    "account_leads_left": left_leads,
    "duty_begun": lambda: duty(duties.the_first_word, duties.in_review()),
    "duty_back_from_sales": lambda: duty(duties.the_first_word, duties.returned()),
    "duty_review": lambda: duty(duties.the_reminder, duties.in_review()),
    "duty_return": lambda: duty(duties.the_reminder, duties.returned()),
    "duty_late": lambda: duty(duties.the_escalation, duties.in_review()),
    "digest": several,
    "weekly_report": lambda: weekly_mail(all_reports(ROWS), PLACE),
    "draft_waits": lambda: signing(DRAFT_SIGNED, draft=DRAFT, figures=trial_page_example.example()),
    "draft_waits_in_the_console": lambda: signing(
        DRAFT_SIGNED, CONSOLE, draft=DRAFT, figures=trial_page_example.example()
    ),
    "draft_waits_plainly": lambda: signing(
        DRAFT_SIGNED.model_copy(update={"stops": (), "changes": (), "more": 0}),
        draft=DRAFT.model_copy(update={"note": None, "in_force_from": NOW + 7 * DAY}),
    ),
    "agreement_signed": lambda: signing(
        AgreementSigned(agreement_version=3, in_force_from=NOW + 7 * DAY), signatures=SIGNATURES, before=2
    ),
    "agreement_signed_in_the_console": lambda: signing(
        AgreementSigned(agreement_version=3, in_force_from=NOW + 7 * DAY), CONSOLE, signatures=SIGNATURES, before=2
    ),
    "agreement_in_force_in_the_console": lambda: signing(
        AgreementEnacted(agreement_version=3, origin="signed"), CONSOLE, signatures=SIGNATURES, before=2
    ),
    "agreement_in_force": lambda: signing(
        AgreementEnacted(agreement_version=3, origin="signed"), signatures=SIGNATURES, before=2
    ),
    "agreement_deployed": lambda: signing(AgreementEnacted(agreement_version=2, origin="packaged"), before=1),
    "operations_no_signer": lambda: signing(DRAFT_SIGNED, people={"marketing": [], "sales": []}, draft=DRAFT),
    "operations_no_manager": lambda: to_operations(late()),
    "operations_no_marketing": lambda: to_operations(duties.after_days(duties.in_review(), 1)),
    "operations_no_account_owner": lambda: to_operations(accounts.target_account_visit()),
    "operations_failures": lambda: failure_mails.failures([News(KINDS[0], 2, 3, NOW)]),
    "operations_forgotten": lambda: (
        forgotten_leads_mail.forgotten_leads(LeadsLookedThrough(search="1", forgotten=(LEAD_ID,), forgotten_in_all=1))
        or ("", "")
    ),
    "roster_lost": lambda: roster_mails.addresses_lost_by_name("enterprise", LARGE, [(SAM, Subscription.ENDED)]),
    "roster_no_manager": lambda: roster_mails.managers_lost("enterprise", LARGE),
}


def content_of(mail: duties.Mail) -> Content:
    return mail.subject, mail.text


def written() -> Iterator[tuple[Path, str]]:
    """Yields each example's file with its text: the subject, and what stands below it."""
    for name, example in EXAMPLES.items():
        subject, text = example()
        yield FOLDER / f"{name}.txt", f"Subject: {subject}\n\n{text}"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    texts = dict(written())
    for gone in set(FOLDER.glob("*.txt")) - set(texts):
        gone.unlink()
    for file, text in texts.items():
        file.write_text(text, encoding="utf-8")
