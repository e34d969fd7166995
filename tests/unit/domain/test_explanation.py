"""The explanation of a lead in sentences: its next step, and what it lacks for MQL, SQL and the threshold."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from baton.domain.basics.days import begin_of
from baton.domain.basics.facts import Staff
from baton.domain.events.handoff_events import HandoffClosed, HandoffReturned, ReturnDestination
from baton.domain.events.lead_events import LeadHeldBack, LeadQualified
from baton.domain.events.recorded import Event
from baton.domain.events.review_events import LeadDisqualified, LeadParked, ReviewRequested
from baton.domain.handoffs import acceptance, offering
from baton.domain.history.change import Change
from baton.domain.leads.stage_and_status import Stage
from baton.domain.qualification.explanation import next_step_in_words, qualification
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.standing import Standing
from baton.domain.teams.reps import Rep
from tests.unit.given import HANDOFF_ID, NOW, SAM, consultation, due_for, rep, team
from tests.unit.standing import PACKAGED, agreed, did, history_of, lead_after, read, standing, standing_after

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
SCORE_TERMS = packaged_text()[packaged_text().index("  score:                      #") :].partition(
    "\nreturn_reasons:"
)[0]
NOBODY_BY_SCORE = (SCORE_TERMS, "")


def with_sales(*roster: Rep) -> Change:
    change = history_of(consultation())
    handover = due_for(lead_after(change))
    assert handover
    return change.then(offering.offer(lead_after(change), handover, 1, team(*roster), NOW), NOW, "form:consultation")


def then(change: Change, happened: Sequence[Event], minutes: int = 0) -> Change:
    return change.then(list(happened), NOW + minutes * MINUTE, SAM)


OFFERED = with_sales(rep(SAM))
ACCEPTED = then(OFFERED, acceptance.accept(lead_after(OFFERED), HANDOFF_ID, Staff(email=SAM), NOW))
CONTACTED = then(OFFERED, acceptance.log_contact(lead_after(OFFERED), HANDOFF_ID, "phone", None, Staff(email=SAM), NOW))
HELD = LeadHeldBack(reason="they are in a merger", due_at=NOW + 30 * DAY)
PARKED = LeadParked(due_at=NOW + 90 * DAY)
RETURNED = HandoffReturned(handoff_id=HANDOFF_ID, assignment=1, reason="not_qualified", then=ReturnDestination.NURTURE)
WON, LOST = (HandoffClosed(handoff_id=HANDOFF_ID, assignment=1, outcome=how) for how in ("won", "lost"))
BACK = "it comes to sales again if it asks for a person or earns 50 points anew."

NEXT: dict[str, tuple[Change, str]] = {
    "offered": (OFFERED, f"Sales has it: {SAM} must accept by 24 November 2026 at 10:00 UTC."),
    "accepted": (ACCEPTED, f"Sales has it: {SAM} must reach out by 24 November 2026 at 13:30 UTC."),
    "contacted": (
        CONTACTED,
        f"Sales has it: {SAM} must reach out again or say how it ends by 1 December 2026 at 09:30 UTC.",
    ),
    "nobody could take it": (
        with_sales(),
        "Nobody in sales could take it yet: a manager is to give it to somebody; "
        "Baton looks for somebody again on 24 November 2026 at 10:00 UTC.",
    ),
    "in review": (history_of(did("visit"), then=[ReviewRequested(why="mql")]), "Marketing is to review it."),
    "in review and held": (
        history_of(did("visit"), then=[ReviewRequested(why="mql"), HELD]),
        "Marketing is to review it; maria@example.com holds it back from sales until 24 December 2026 at 09:30 UTC "
        "(they are in a merger).",
    ),
    "held": (
        history_of(did("visit"), then=[HELD]),
        "Nurturing: maria@example.com holds it back from sales until 24 December 2026 at 09:30 UTC "
        "(they are in a merger).",
    ),
    "parked": (
        history_of(did("visit"), then=[PARKED]),
        "Parked until 22 February 2027 at 09:30 UTC; then marketing is to review it; sooner if it asks for a person, "
        "or shows at least 1 signal (content stage bofu) in the last 1d.",
    ),
    "disqualified": (
        history_of(did("visit"), then=[LeadDisqualified(reason="bad_fit")]),
        "On the list of leads that we cannot help; it comes back if it asks for a person.",
    ),
    "won": (then(OFFERED, [WON]), f"Won: a customer now; {BACK}"),
    "lost": (then(OFFERED, [LOST]), f"Lost; {BACK}"),
    "spam": (
        history_of(consultation(spam=True)),
        "Taken for a robot's; nothing happens until marketing releases it,"
        " or a person sends something from this address.",
    ),
    "nurturing": (
        history_of(read("guide")),
        "Nurturing: 50 points short of sales; next content: Webinar: scoring that sales believes.",
    ),
    "given back": (
        then(OFFERED, [RETURNED], minutes=60),
        "Nurturing: 100 points short of sales; must earn 50 points anew since 24 November 2026 at 10:30 UTC "
        "(0 so far); next content: The guide to a good handover.",
    ),
}


@pytest.mark.parametrize(("change", "said"), NEXT.values(), ids=NEXT.keys())
def test_one_sentence_tells_the_next_step_of_a_lead_with_owner_and_due_time(change: Change, said: str) -> None:
    assert next_step_in_words(standing_after(change), NOW) == said


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "UTC"])
def test_a_date_that_somebody_gave_is_told_as_that_date_of_the_agreements_zone(zone: str) -> None:
    there = agreed(
        ("\nmarketing:", f"\ncalendars: {{office: {{time_zone: {zone}, hours: {{mon-fri: 09:00-17:00}}}}}}\nmarketing:")
    )
    given = begin_of(date(2027, 3, 1), zone)
    parked = history_of(did("visit"), then=[LeadParked(due_at=given)])
    assert "Parked until 1 March 2027; then" in next_step_in_words(standing_after(parked, there), NOW)
    held = history_of(did("visit"), then=[LeadHeldBack(reason="a merger", due_at=given)])
    assert "until 1 March 2027 (a merger)" in next_step_in_words(standing_after(held, there), NOW)


def test_the_next_step_of_a_late_handoff_is_told_as_overdue() -> None:
    late = next_step_in_words(standing_after(OFFERED), NOW + 31 * MINUTE)
    assert late == f"Sales has it: {SAM} was to accept by 24 November 2026 at 10:00 UTC and is overdue."


def test_a_lead_above_the_threshold_before_the_next_look_is_told_as_due_for_sales() -> None:
    done = [read(each) for each in ("guide", "price-list")]
    assert next_step_in_words(standing(*done), NOW) == "Due for sales (score): handed over when Baton next looks at it."


def test_the_next_step_without_a_score_trigger_names_the_missing_bant_answers() -> None:
    said = next_step_in_words(standing(read("guide"), rules=agreed(NOBODY_BY_SCORE, LESS_TO_ASK)), NOW)
    assert said == (
        "Nurturing: for sales it lacks budget: no answer yet; next content: Webinar: scoring that sales believes."
    )


LESS_TO_ASK = ("sql: {bant: all}", "sql: {bant: {met: [budget]}}")
NO_MQL = ("mql: {score: {at_least: 60}}\n", "")

DEFINITIONS: dict[str, tuple[Standing, bool, list[str], bool, list[str]]] = {
    "neither": (
        standing(read("guide")),
        False,
        ["score at least 60 (it is 50)"],
        False,
        [f"{need}: no answer yet" for need in ("budget", "authority", "need", "timeline")],
    ),
    "one answer short": (
        standing(read("guide", bant={"budget": 20_000, "authority": "decides", "need": "yes"})),
        False,
        ["score at least 60 (it is 50)"],
        False,
        ["timeline: no answer yet"],
    ),
    "both": (
        standing(read("guide", bant={"budget": 20_000}), did("page_visited"), rules=agreed(LESS_TO_ASK)),
        True,
        [],
        True,
        [],
    ),
}


@pytest.mark.parametrize(("then", "mql", "mql_lacks", "sql", "sql_lacks"), DEFINITIONS.values(), ids=DEFINITIONS.keys())
def test_the_mql_and_sql_definitions_are_told_with_their_missing_parts(
    then: Standing, mql: bool, mql_lacks: list[str], sql: bool, sql_lacks: list[str]
) -> None:
    told = qualification(then, NOW)
    assert (told.mql.met, list(told.mql.missing)) == (mql, mql_lacks)
    assert (told.sql.met, list(told.sql.missing)) == (sql, sql_lacks)
    assert told.mql.definition == "score at least 60"
    assert told.sql.definition


def test_an_undefined_mql_is_told_as_not_met_and_not_defined() -> None:
    told = qualification(standing(read("guide"), rules=agreed(NO_MQL)), NOW)
    assert (told.mql.met, told.mql.definition, told.mql.missing) == (False, None, ("the agreement defines none",))


@pytest.mark.parametrize(
    ("done", "missing"),
    [
        ([did("page_visited")], "90 points short"),
        ([read("guide", 15)], "64.64 points short"),
        ([did("unsubscribed")], "100 points short"),
        ([read("guide"), read("price-list")], None),
    ],
    ids=["far", "faded", "below nothing", "reached"],
)
def test_the_score_is_told_with_the_points_short_of_the_threshold(done: list[Any], missing: str | None) -> None:
    told = qualification(standing(*done), NOW)
    assert (told.score_met, told.score_missing) == (missing is None, missing)


def test_an_ended_hold_is_not_told() -> None:
    change = history_of(did("visit"), then=[HELD])
    assert qualification(standing_after(change), NOW).held_back is not None
    later = NOW + 30 * DAY
    assert qualification(standing_after(change, at=later), later).held_back is None


def test_a_faded_mql_is_told_as_not_met_although_the_stage_stays() -> None:
    qualified = LeadQualified(stage=Stage.MQL, agreement_version=1)
    faded = standing_after(history_of(read("guide", 40), then=[qualified]))
    assert faded.lead.stage is Stage.MQL
    assert not qualification(faded, NOW).mql.met


def scorecards() -> Sequence[Scorecard]:
    return (PACKAGED, agreed(NOBODY_BY_SCORE), agreed(NO_MQL))


@pytest.mark.parametrize("rules", scorecards(), ids=["packaged", "no score", "no MQL"])
@pytest.mark.parametrize("change", [change for change, _ in NEXT.values()], ids=NEXT.keys())
def test_a_lead_of_every_status_can_be_explained_under_every_agreement(change: Change, rules: Scorecard) -> None:
    assert qualification(standing_after(change, rules), NOW).next.endswith(".")
