"""The score sections of an alert mail: score and parts, known facts, persona, and missing facts."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given

from baton.domain.accounts.account import AccountMatch
from baton.domain.events.lead_events import LeadUpdated
from baton.domain.handoffs.offering import offer
from baton.domain.history.change import Change
from baton.domain.leads.handoff import Evidence
from baton.domain.leads.person_facts import Company, Profile
from baton.domain.qualification.handover_terms import handover
from baton.domain.qualification.triggers import due_handover
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.signals.signal_recording import Signal
from baton.outreach.mails.mails_by_event import Mail, compose
from tests.unit.given import NOW, team
from tests.unit.outreach.given import ANNA, EXAMPLE, LINKS, MANAGERS, TO_SAM, clickable_lines
from tests.unit.outreach.test_alert_mail import hostile
from tests.unit.standing import PACKAGED, agreed, did, history_of, lead_after, read, standing_after

BUYER = {
    "profile": Profile(first_name="Anna", last_name="Schmidt", title="Head of Operations"),
    "company": Company(name="Example GmbH", industry="manufacturing"),
}
ANSWERS: dict[str, Any] = {"budget": "EUR 50,000", "timeline": "this year"}


def handed_over(*done: Signal, rules: Scorecard = PACKAGED) -> Change:
    """A lead that did this, and was handed over for it."""
    change = history_of(*done)
    crossing = due_handover(lead_after(change), standing_after(change, rules), None, NOW)
    assert crossing
    return change.then(offer(lead_after(change), crossing, 1, team(*TO_SAM), NOW), NOW, "agreement")


def handed_over_manually(*done: Signal, why: tuple[str, ...], verdict: tuple[str, ...] = ()) -> Change:
    change = history_of(*done)
    then = standing_after(change)
    wish = handover("manual", why, then).model_copy(update={"verdict": verdict})
    return change.then(offer(lead_after(change), wish, 1, team(*TO_SAM), NOW), NOW, "maria@example.com")


def alert(change: Change, rules: Scorecard | None = PACKAGED) -> Mail:
    mails = [
        mail
        for recorded in change.events
        for mail in compose(recorded, lead_after(change), MANAGERS, LINKS, NOW, lambda: rules)
    ]
    (mail,) = mails
    return mail


def section(mail: Mail, begins: str) -> list[str]:
    """The lines of one section."""
    return next((part for part in mail.text.split("\n\n") if part.startswith(begins)), "").splitlines()


CROSSED = handed_over(
    did("page_visited", 3), did("page_visited", 2), read("guide", 1), read("price-list", bant=ANSWERS, **BUYER)
)


def test_the_alert_of_a_lead_above_the_threshold_shows_the_score_and_its_parts() -> None:
    mail = alert(CROSSED)
    assert mail.subject == "High-scoring lead: Anna Schmidt, Example GmbH - accept by 13:30 UTC"
    assert section(mail, "WHY NOW")[1:] == ["- the score of 100 has reached the threshold of 100"]
    assert section(mail, "SCORE") == [
        "SCORE: 100 of 100",
        "+98.86 whitepaper (2 times, last on 24 Nov)",
        "+18.88 visit (2 times, last on 22 Nov)",
        "-17.74 by the agreed limits",
    ]


def test_a_single_award_names_the_title_of_the_content() -> None:
    change = handed_over_manually(read("guide", 1), why=("handed over by maria@example.com: a hunch",))
    assert section(alert(change), "SCORE") == [
        "SCORE: 48.86 of 100 (sales gets it from 100)",
        "+48.86 whitepaper (The guide to a good handover, 23 Nov)",
    ]
    assert "+48.86 whitepaper (guide, 23 Nov)" in section(alert(change, rules=None), "SCORE")


def test_the_alert_of_a_lead_without_points_has_no_score_section() -> None:
    assert not section(alert(handed_over_manually(did("survey"), why=("a hunch",))), "SCORE")


def test_a_score_of_many_parts_shows_the_five_greatest_parts() -> None:
    done = [did("page_visited", days / 2) for days in range(3)]
    done += [did("webinar_attended", 1), did("email_clicked", 1), read("price-list", 1), read("guide", 1)]
    lines = section(alert(handed_over(*done)), "SCORE")
    assert len(lines) <= 1 + 5 + 2
    assert "and more" in lines


def test_points_for_fit_are_shown_without_a_date() -> None:
    rules = agreed(
        ("{company_domain: [rival.example]}", "{email_domain: example.com}"),
        ("points: -100, when", "points: 100, when"),
    )
    lines = section(alert(handed_over(did("survey"), rules=rules), rules), "SCORE")
    assert "1970" not in " ".join(lines)
    assert lines[1].startswith("+100 competitor")


def test_the_known_facts_name_the_persona_and_the_source_of_each_answer() -> None:
    assert section(alert(CROSSED), "WHAT IS KNOWN") == [
        "WHAT IS KNOWN",
        "Fits Head of operations in industry to 75% (country, employees unknown)",
        "Budget: EUR 50,000 (website, 24 Nov)",
        "Timeline: this year (website, 24 Nov)",
    ]
    assert section(alert(CROSSED), "NOT ON RECORD")[1] == "phone, country, authority, need"


def test_the_bant_answers_are_shown_also_without_the_agreement() -> None:
    assert [line.partition(":")[0] for line in section(alert(CROSSED, rules=None), "WHAT IS KNOWN")[1:]] == [
        "Budget",
        "Timeline",
    ]


def test_a_bant_answer_of_staff_is_shown_with_its_author_and_judgement() -> None:
    updated = LeadUpdated.model_validate(
        {"fields": ("bant.budget",), "bant": {"budget": {"value": "5000", "met": False}}}
    )
    change = handed_over_manually(read("guide"), why=("a hunch",))
    change = change.then([updated], NOW, "maria@example.com")
    assert "Budget: 5000 (maria, 24 Nov), not enough" in section(alert(change), "WHAT IS KNOWN")


def test_the_alert_of_a_lead_with_all_facts_has_no_list_of_missing_facts() -> None:
    bant: dict[str, Any] = dict.fromkeys(("budget", "authority", "need", "timeline"), "yes")
    change = handed_over(did("survey", profile=ANNA, company=EXAMPLE, bant=bant))
    assert not section(alert(change), "NOT ON RECORD")
    assert alert(change).subject.startswith("Sales qualified lead: Anna Schmidt, Example GmbH")


def test_the_alert_of_a_manual_handover_shows_author_reason_and_verdict_of_the_rules() -> None:
    verdict = ("the rules would not hand it over", "50 points short")
    change = handed_over_manually(
        read("guide"), why=("handed over by maria@example.com: met at the fair",), verdict=verdict
    )
    assert section(alert(change), "WHY NOW")[1:] == [
        "- handed over by maria [at] example[.]com: met at the fair",
        "The rules said:",
        "- the rules would not hand it over",
        "- 50 points short",
    ]


def test_a_verdict_that_stands_among_the_reasons_is_shown_once() -> None:
    change = handed_over_manually(read("guide"), why=("by maria", "50 points short"), verdict=("50 points short",))
    assert section(alert(change), "WHY NOW")[1:] == ["- by maria", "The rules said:", "- 50 points short"]


@pytest.mark.parametrize(
    ("matched_by", "line"),
    [
        ("domain", "TARGET ACCOUNT: acme.com"),
        ("name", "TARGET ACCOUNT: acme.com, known by its name only"),
    ],
)
def test_the_alert_of_a_lead_of_a_target_account_names_the_account(matched_by: Any, line: str) -> None:
    change = handed_over_manually(read("guide"), why=("a hunch",))
    lead = lead_after(change).model_copy(update={"account": AccountMatch(domain="acme.com", matched_by=matched_by)})
    (mail,) = [mail for each in change.events for mail in compose(each, lead, MANAGERS, LINKS, NOW, lambda: PACKAGED)]
    assert mail.text.split("\n\n")[1].splitlines()[0] == line


@given(typed=hostile)
def test_typed_answers_and_reasons_become_no_link_and_no_heading_of_an_alert(typed: str) -> None:
    change = handed_over_manually(
        read(typed, bant={"budget": typed, "need": typed}), why=(typed,), verdict=(f"{typed}!",)
    )
    mail = alert(change)
    clickable = clickable_lines(mail.text)
    assert [line.partition("/links/")[0] for line in clickable] == [
        "E-mail: anna.schmidt@example.com",
        *["https://api.example.com/prod"] * 3,
    ]
    assert sum(line == "ACCEPT this lead:" for line in mail.text.splitlines()) == 1


def test_the_points_of_a_handoff_are_shown_also_without_the_agreement() -> None:
    change = handed_over_manually(read("guide"), why=("a hunch",))
    lead = lead_after(change)
    assert lead.handoff
    cited = Evidence(rule="gone_rule", points=12.5, at=NOW - timedelta(days=400))
    handoff = lead.handoff.model_copy(update={"evidence": (cited,), "score": 12.5})
    lead = lead.model_copy(update={"handoff": handoff})
    (mail,) = [mail for each in change.events for mail in compose(each, lead, MANAGERS, LINKS, NOW)]
    assert section(mail, "SCORE") == ["SCORE: 12.5 of 100", "+12.5 gone rule"]
