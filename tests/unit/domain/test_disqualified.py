"""Who did not fit is put up for review once something has changed because of which they may fit now."""

from datetime import timedelta
from typing import Any, get_args

import pytest

from baton.agreement.terms.rules import Reconsidered
from baton.domain.lead_changes import fact_updates
from baton.domain.leads.person_facts import Company, Profile
from baton.domain.leads.stage_and_status import Status
from tests.unit.domain.playing import MAX, Play
from tests.unit.domain.test_consequences import agreed
from tests.unit.given import AGREEMENT, NOW

DAY = timedelta(days=1)
NOW_KNOWN: dict[str, dict[str, Any]] = {
    "title": {"profile": Profile(title="Head of Operations")},
    "country": {"profile": Profile(country="DE")},
    "region": {"profile": Profile(region="Bavaria")},
    "company": {"company": Company(name="Other Ltd")},
    "company_domain": {"company": Company(domain="other.example")},
    "industry": {"company": Company(industry="logistics")},
    "employees": {"company": Company(employees=400)},
    "revenue": {"company": Company(revenue=1_000_000)},
    "company_country": {"company": Company(country="DE")},
    "infrastructure": {"company": Company(infrastructure="SAP")},
}
KNOWN_THEN: dict[str, Any] = {
    "profile": Profile(title="Student", country="FR", region="Alsace"),
    "company": Company(
        name="Some Ltd",
        domain="some.example",
        industry="education",
        employees=3,
        revenue=1,
        country="FR",
        infrastructure="none",
    ),
}
USUALLY = set(AGREEMENT.rules["reconsider"])


def disqualified(agreement: Any = AGREEMENT, **known: Any) -> Play:
    play = Play(agreement)
    play.does("page_visited", **known)
    play.reviewed("bad_fit", reason="a student")
    play.now += DAY
    return play


def put_down(play: Play, **facts: Any) -> list[str]:
    """What staff puts down, as PATCH does it."""
    return play.happens(fact_updates.update_facts(play.known, fact_updates.FactUpdate(**facts)))


@pytest.mark.parametrize("known", [{}, KNOWN_THEN], ids=["unknown", "known otherwise"])
@pytest.mark.parametrize("told", ["by a form", "by staff"])
@pytest.mark.parametrize("fact", NOW_KNOWN)
def test_a_change_of_what_is_agreed_puts_a_lead_up_for_review_and_no_other(fact: str, told: str, known: Any) -> None:
    play = disqualified(**known)
    change = NOW_KNOWN[fact]
    happened = play.does("content_downloaded", form="x", **change) if told == "by a form" else put_down(play, **change)
    assert ("ReviewRequested" in happened) is (fact in USUALLY)
    assert play.known.status is (Status.IN_REVIEW if fact in USUALLY else Status.DISQUALIFIED)
    if fact in USUALLY:
        because = f"did not fit, and something has changed since: {fact.replace('_', ' ')}"
        assert (play.known.duty.why, play.known.duty.kind, play.known.duty.is_open) == (because, "review", True)


def test_every_fact_that_may_be_agreed_is_tried_here() -> None:
    assert set(NOW_KNOWN) == set(get_args(Reconsidered))
    assert {"title", "company", "company_domain"} <= USUALLY, "a new title, a new employer"


def test_only_what_is_agreed_counts() -> None:
    play = disqualified(agreed(reconsider=["infrastructure"]))
    assert put_down(play, **NOW_KNOWN["title"]) == ["LeadUpdated"]
    assert put_down(play, **NOW_KNOWN["infrastructure"]) == ["LeadUpdated", "ReviewRequested"]


def test_nothing_counts_if_nothing_is_agreed() -> None:
    play = disqualified(agreed(reconsider=[]))
    for change in NOW_KNOWN.values():
        assert put_down(play, **change) == ["LeadUpdated"]


def test_a_fact_that_is_only_spelt_otherwise_is_no_change() -> None:
    play = disqualified(profile=Profile(title="Student  of Law"), company=Company(name="ACME"))
    assert put_down(play, profile=Profile(title="student of law")) == ["LeadUpdated"]
    assert play.does("page_visited", company=Company(name="Acme")) == ["SignalRecorded"]
    assert play.known.status is Status.DISQUALIFIED


def test_what_is_struck_out_has_changed() -> None:
    play = disqualified(profile=Profile(title="Student"))
    assert put_down(play, cleared=("profile.title",)) == ["LeadUpdated", "ReviewRequested"]


def test_answers_and_visits_are_no_such_facts() -> None:
    play = disqualified()
    assert play.does("page_visited", bant={"budget": 40_000}, profile=Profile(phone="+49 30 1234567")) == [
        "SignalRecorded"
    ]


def test_what_a_late_signal_tells_is_known_only_now() -> None:
    play = disqualified()
    assert play.does("form_sent", occurred_at=NOW - 10 * DAY, **NOW_KNOWN["title"]) == [
        "SignalRecorded",
        "ReviewRequested",
    ]


def test_a_late_signal_that_tells_what_was_replaced_since_changes_nothing() -> None:
    play = disqualified(**NOW_KNOWN["title"])
    late = {"occurred_at": NOW - 10 * DAY, "profile": Profile(title="Student")}
    assert play.does("form_sent", **late) == ["SignalRecorded"]


def test_what_changed_counts_once() -> None:
    play = disqualified()
    put_down(play, **NOW_KNOWN["title"])
    play.now += DAY
    assert play.reviewed("bad_fit", MAX, reason="still a student") == ["LeadReviewed", "LeadDisqualified"]
    play.now += DAY
    assert play.reconsidered() == []
    assert play.does("page_visited") == ["SignalRecorded"]
    assert put_down(play, **NOW_KNOWN["title"]) == []


def test_a_lead_that_sales_gave_back_as_a_bad_fit_is_put_up_for_review_beside_the_answer_that_is_owed() -> None:
    play = Play(AGREEMENT)
    play.does("consultation_requested")
    play.now += timedelta(hours=1)
    play.given_back("bad_fit")
    owed = play.known.duty
    play.now += DAY
    assert put_down(play, **NOW_KNOWN["industry"]) == ["LeadUpdated", "ReviewRequested"]
    assert (play.known.status, play.known.duty) == (Status.IN_REVIEW, owed)


def test_a_change_that_makes_the_lead_cross_hands_it_over_at_once() -> None:
    play = disqualified()
    assert put_down(play, profile=Profile(title="Vice President")) == [
        "LeadUpdated",
        "LeadQualified",
        "ReviewRequested",
        "HandoffOffered",
    ]
