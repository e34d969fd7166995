"""An alert says why this lead: its score with the parts, what is known of it, which buyer it is, and what to ask."""

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
from tests.unit.outreach.given import ANNA, CLICKABLE, EXAMPLE, LINKS, MANAGERS, TO_SAM
from tests.unit.outreach.test_alert import hostile
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


def by_hand(*done: Signal, why: tuple[str, ...], verdict: tuple[str, ...] = ()) -> Change:
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
    """The lines of one section, in which what was wrapped is whole again."""
    found = next((part for part in mail.text.split("\n\n") if part.startswith(begins)), "")
    return found.replace("\n  ", " ").splitlines()


CROSSED = handed_over(
    did("page_visited", 3), did("page_visited", 2), read("guide", 1), read("price-list", bant=ANSWERS, **BUYER)
)


def test_who_crossed_the_threshold_is_told_with_what_gave_the_score() -> None:
    mail = alert(CROSSED)
    assert mail.subject == "High-scoring lead: Anna Schmidt, Example GmbH - accept by 13:30 UTC"
    assert section(mail, "WHY NOW")[1:] == ["- the score of 100 has reached the threshold of 100"]
    assert section(mail, "SCORE") == [
        "SCORE: 100 of 100",
        "- 98.86 whitepaper (2 times, last on 24 Nov)",
        "- 18.88 visit (2 times, last on 22 Nov)",
        "- 17.74 less by the agreed limits",
    ]


def test_a_single_award_names_what_was_read_by_its_title() -> None:
    change = by_hand(read("guide", 1), why=("handed over by maria@example.com: a hunch",))
    assert section(alert(change), "SCORE") == [
        "SCORE: 48.86 of 100 (sales gets it from 100)",
        "- 48.86 whitepaper (The guide to a good handover, 23 Nov)",
    ]
    assert "- 48.86 whitepaper (guide, 23 Nov)" in section(alert(change, rules=None), "SCORE")


def test_the_alert_of_a_lead_without_points_has_no_score() -> None:
    assert not section(alert(by_hand(did("survey"), why=("a hunch",))), "SCORE")


def test_a_score_of_many_parts_shows_the_greatest() -> None:
    done = [did("page_visited", days / 2) for days in range(3)]
    done += [did("webinar_attended", 1), did("email_clicked", 1), read("price-list", 1), read("guide", 1)]
    lines = section(alert(handed_over(*done)), "SCORE")
    assert len(lines) <= 1 + 5 + 2
    assert "- and more" in lines


def test_what_the_lead_is_counts_without_a_made_up_date() -> None:
    rules = agreed(
        ("{company_domain: [rival.example]}", "{email_domain: example.com}"),
        ("points: -100, when", "points: 100, when"),
    )
    lines = section(alert(handed_over(did("survey"), rules=rules), rules), "SCORE")
    assert "1970" not in " ".join(lines)
    assert lines[1].startswith("- 100 competitor")


def test_what_is_known_says_which_buyer_it_is_and_where_each_answer_is_from() -> None:
    assert section(alert(CROSSED), "WHAT IS KNOWN") == [
        "WHAT IS KNOWN",
        "Fits Head of operations in industry to 75% (country, employees unknown)",
        "Budget: EUR 50,000 (website, 24 Nov)",
        "Timeline: this year (website, 24 Nov)",
    ]
    assert section(alert(CROSSED), "NOT ON RECORD")[1] == "phone, country, authority, need"


def test_without_the_agreement_at_hand_the_answers_are_known_nevertheless() -> None:
    assert [line.partition(":")[0] for line in section(alert(CROSSED, rules=None), "WHAT IS KNOWN")[1:]] == [
        "Budget",
        "Timeline",
    ]


def test_an_answer_of_staff_names_who_gave_it_and_whether_it_is_enough() -> None:
    updated = LeadUpdated.model_validate(
        {"fields": ("bant.budget",), "bant": {"budget": {"value": "5000", "met": False}}}
    )
    change = by_hand(read("guide"), why=("a hunch",))
    change = change.then([updated], NOW, "maria@example.com")
    assert "Budget: 5000 (maria, 24 Nov), not enough" in section(alert(change), "WHAT IS KNOWN")


def test_what_is_all_known_leaves_nothing_to_ask() -> None:
    bant: dict[str, Any] = dict.fromkeys(("budget", "authority", "need", "timeline"), "yes")
    change = handed_over(did("survey", profile=ANNA, company=EXAMPLE, bant=bant))
    assert not section(alert(change), "NOT ON RECORD")
    assert alert(change).subject.startswith("Sales qualified lead: Anna Schmidt, Example GmbH")


def test_a_lead_handed_over_by_hand_says_by_whom_why_and_what_the_rules_said() -> None:
    verdict = ("the rules would not hand it over", "50 points short")
    change = by_hand(read("guide"), why=("handed over by maria@example.com: met at the fair",), verdict=verdict)
    assert section(alert(change), "WHY NOW")[1:] == [
        "- handed over by maria [at] example[.]com: met at the fair",
        "The rules said:",
        "- the rules would not hand it over",
        "- 50 points short",
    ]


def test_a_verdict_that_stands_among_the_reasons_is_said_once() -> None:
    change = by_hand(read("guide"), why=("by maria", "50 points short"), verdict=("50 points short",))
    assert section(alert(change), "WHY NOW")[1:] == ["- by maria", "The rules said:", "- 50 points short"]


@pytest.mark.parametrize(
    ("matched_by", "line"),
    [
        ("domain", "TARGET ACCOUNT: acme[.]com"),
        ("name", "TARGET ACCOUNT: acme[.]com, known by its name only"),
    ],
)
def test_the_lead_of_a_target_account_is_marked(matched_by: Any, line: str) -> None:
    change = by_hand(read("guide"), why=("a hunch",))
    lead = lead_after(change).model_copy(update={"account": AccountMatch(domain="acme.com", matched_by=matched_by)})
    (mail,) = [mail for each in change.events for mail in compose(each, lead, MANAGERS, LINKS, NOW, lambda: PACKAGED)]
    assert mail.text.split("\n\n")[1].splitlines()[0] == line


@given(typed=hostile)
def test_no_answer_and_no_reason_becomes_a_link_or_a_line_of_ours(typed: str) -> None:
    change = by_hand(read(typed, bant={"budget": typed, "need": typed}), why=(typed,), verdict=(f"{typed}!",))
    mail = alert(change)
    clickable = [line for line in mail.text.split("\n") if CLICKABLE.search(line)]
    assert [line.partition("/links/")[0] for line in clickable] == [
        "E-mail: anna.schmidt@example.com",
        *["https://api.example.com/prod"] * 3,
    ]
    assert sum(line == "ACCEPT this lead:" for line in mail.text.splitlines()) == 1


def test_points_of_an_agreement_that_is_not_at_hand_are_shown_as_they_were() -> None:
    change = by_hand(read("guide"), why=("a hunch",))
    lead = lead_after(change)
    assert lead.handoff
    cited = Evidence(rule="gone_rule", points=12.5, at=NOW - timedelta(days=400))
    handoff = lead.handoff.model_copy(update={"evidence": (cited,), "score": 12.5})
    lead = lead.model_copy(update={"handoff": handoff})
    (mail,) = [mail for each in change.events for mail in compose(each, lead, MANAGERS, LINKS, NOW)]
    assert section(mail, "SCORE") == ["SCORE: 12.5 of 100", "- 12.5 gone rule"]
