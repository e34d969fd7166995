"""The differences between two agreements, told in words for a meeting."""

from copy import deepcopy
from typing import Any

import pytest

from baton.agreement.reading.differences import MAX_LINE_LENGTH, MAX_LINES, differences
from baton.agreement.terms.agreement import Agreement
from baton.agreement.terms.rules import NOTHING_SCORES
from tests.unit.given import AGREEMENT

DAY = 86_400


def rule(name: str, points: int, **more: Any) -> dict[str, Any]:
    match = {"kind": {"is": "content_downloaded"}, "content": {"is": name}}
    return {"id": name, "points": points, "by_persona": {}, "signal": match, "when": {}, **more}


def criterion(about: str, weight: int) -> dict[str, Any]:
    return {"about": about, "weight": weight, "when": {"title": {"matches": about}}}


RULES: dict[str, Any] = {
    **deepcopy(NOTHING_SCORES),
    "half_life": 30 * DAY,
    "fit": [{"id": "vice-president", "points": 100, "by_persona": {"cto": 50}, "when": {"title": {"matches": "vp"}}}],
    "engagement": [rule("whitepaper", 50, at_most={"times": 1, "per": 90 * DAY}), rule("visit", 10)],
    "engagement_bands": [{"name": "hot", "at_least": 60}, {"name": "cold", "at_least": 0}],
    "personas": [{"id": "cto", "label": "CTO", "counts_from": 50, "criteria": [criterion("chief", 2)]}],
    "content": [{"id": "guide", "title": "The guide", "topic": "basics", "stage": "top", "personas": []}],
    "sql": {"all": [{"bant": {"met": ["budget"]}}, {"employees": {"at_least": 50}}]},
    "asks_for_a_person": ["demo_requested"],
}


def agreement_with(rules: dict[str, Any] | None = None, **sections: Any) -> Agreement:
    """The packaged agreement with rules that have something of each kind, and what a test changes of it."""
    data = {**AGREEMENT.model_dump(mode="json"), "rules": rules or RULES, **sections}
    return Agreement.model_validate(data)


def rules_with(*path: Any, to: Any) -> dict[str, Any]:
    """The rules with another value at a place; `None` as the last step appends."""
    rules: dict[str, Any] = deepcopy(RULES)
    *way, last = path
    there: Any = rules
    for step in way:
        there = there[step]
    if last is None:
        there.append(to)
    else:
        there[last] = to
    return rules


SAID = {
    "points": (rules_with("engagement", 0, "points", to=30), ["engagement: whitepaper 50 → 30"]),
    "the threshold": (rules_with("threshold", to=80), ["threshold 100 → 80"]),
    "a new rule": (
        rules_with("engagement", None, to=rule("webinar-attended", 25)),
        ["engagement: new rule webinar-attended (25 points)"],
    ),
    "a rule less": (rules_with("fit", to=[]), ["fit: rule vice-president is gone (100 points)"]),
    "a duration": (rules_with("half_life", to=45 * DAY), ["half_life 30d → 45d"]),
    "a duration that ends": (rules_with("half_life", to=None), ["half_life 30d → none"]),
    "a cap": (
        rules_with("engagement", 0, "at_most", "per", to=30 * DAY),
        ["engagement: whitepaper at_most {times: 1, per: 90d} → {times: 1, per: 30d}"],
    ),
    "a first cap": (
        rules_with("engagement", 1, "at_most", to={"points": 30}),
        ["engagement: visit at_most none → {points: 30}"],
    ),
    "points of a persona": (
        rules_with("fit", 0, "by_persona", to={"cto": 60, "cfo": 20}),
        ["fit: vice-president by_persona.cto 50 → 60", "fit: vice-president by_persona.cfo none → 20"],
    ),
    "a condition": (
        rules_with("fit", 0, "when", to={"title": {"one_of": ["vp", "cto"]}}),
        ["fit: vice-president when {title: {matches: vp}} → {title: {one_of: [vp, cto]}}"],
    ),
    "a definition": (
        rules_with("sql", "all", 1, to={"employees": {"at_least": 200}}),
        [
            "sql {all: [{bant: {met: [budget]}}, {employees: {at_least: 50}}]}"
            " → {all: [{bant: {met: [budget]}}, {employees: {at_least: 200}}]}"
        ],
    ),
    "a definition at all": (
        rules_with("mql", to={"score": {"at_least": 40}}),
        ["mql none → {score: {at_least: 40}}"],
    ),
    "a band": (rules_with("engagement_bands", 0, "at_least", to=70), ["engagement_bands: hot at_least 60 → 70"]),
    "a persona": (
        rules_with("personas", None, to={"id": "cfo", "label": "Finance", "counts_from": 50, "criteria": []}),
        ["personas: new persona cfo (Finance)"],
    ),
    "a mark of a persona": (
        rules_with("personas", 0, "criteria", 0, "weight", to=3),
        ["personas: cto criteria: chief weight 2 → 3"],
    ),
    "content": (rules_with("content", to=[]), ["content: content guide is gone (The guide)"]),
    "who asks": (
        rules_with("asks_for_a_person", to=["demo_requested", "trial_started"]),
        ["asks_for_a_person [demo_requested] → [demo_requested, trial_started]"],
    ),
    "the order": (
        rules_with("engagement", to=list(reversed(RULES["engagement"]))),
        ["engagement: in another order, visit, whitepaper"],
    ),
}


@pytest.mark.parametrize(("rules", "said"), SAID.values(), ids=SAID.keys())
def test_a_changed_rule_is_told_in_words_with_its_old_and_new_value(rules: dict[str, Any], said: list[str]) -> None:
    assert differences(agreement_with(), agreement_with(rules)) == said


def handoffs_with_accept_clock(**terms: Any) -> dict[str, Any]:
    handoffs = AGREEMENT.model_dump(mode="json")["handoffs"]
    handoffs["consultation"]["clocks"]["accept"] |= terms
    return dict(handoffs)


def test_a_changed_clock_is_named_with_its_handoff() -> None:
    assert differences(agreement_with(), agreement_with(handoffs=handoffs_with_accept_clock(within="15m"))) == [
        "handoffs.consultation.clocks.accept.within 30m → 15m"
    ]


def test_a_changed_ladder_is_shown_before_and_after() -> None:
    [line] = differences(
        agreement_with(), agreement_with(handoffs=handoffs_with_accept_clock(ladder=[{"at": "100%", "do": "escalate"}]))
    )
    assert line.startswith("handoffs.consultation.clocks.accept.ladder [{at: 50%, do: remind}, ")
    assert line.endswith(" → [{at: 100%, do: escalate}]")


def test_new_and_removed_return_reasons_are_told_by_name() -> None:
    reasons = AGREEMENT.model_dump(mode="json")["return_reasons"]
    reasons.pop("unreachable")
    reasons["too_small"] = {"label": "Too small for us", "then": "disqualify"}
    assert differences(agreement_with(), agreement_with(return_reasons=reasons)) == [
        "return_reasons: reason unreachable is gone (No answer after several tries)",
        "return_reasons: new reason too_small (Too small for us)",
    ]


def test_a_changed_calendar_is_told_by_its_hours_and_holidays() -> None:
    hours = {"mon-thu": ["09:00-17:00"], "fri": ["09:00-15:00"]}
    berlin = {"time_zone": "Europe/Berlin", "hours": hours, "holidays": ["2026-12-25 Christmas Day"]}
    other_hours = {**hours, "fri": ["09:00-12:00", "13:00-15:00"]}
    other = {**berlin, "hours": other_hours, "holidays": ["2026-12-25", "2027-01-01"]}
    assert differences(agreement_with(), agreement_with(calendars={"berlin": berlin})) == [
        "calendars: new calendar berlin (Europe/Berlin)"
    ]
    assert differences(agreement_with(calendars={"berlin": berlin}), agreement_with(calendars={"berlin": other})) == [
        "calendars.berlin.hours.fri [09:00-15:00] → [09:00-12:00, 13:00-15:00]",
        "calendars.berlin.holidays [2026-12-25 Christmas Day] → [2026-12-25, 2027-01-01]",
    ]


def test_new_removed_and_changed_territories_are_told_by_name() -> None:
    north = {"id": "north", "when": {"country": {"one_of": ["NO", "SE"]}}}
    wider = {"id": "north", "when": {"country": {"one_of": ["NO", "SE", "DK"]}}, "team": "sales"}
    assert differences(agreement_with(), agreement_with(territories=[north])) == ["territories: new territory north"]
    assert differences(agreement_with(territories=[north]), agreement_with(territories=[])) == [
        "territories: territory north is gone"
    ]
    assert differences(agreement_with(territories=[north]), agreement_with(territories=[wider])) == [
        "territories: north when {country: {one_of: [NO, SE]}} → {country: {one_of: [NO, SE, DK]}}",
        "territories: north team none → sales",
    ]


def test_equal_agreements_have_no_differences() -> None:
    assert differences(agreement_with(), agreement_with(deepcopy(RULES))) == []


def test_differences_come_in_the_order_of_the_document() -> None:
    rules = rules_with("threshold", to=80)
    rules["engagement"][1]["points"] = 5
    rules["fit"][0]["points"] = 90
    lines = differences(
        agreement_with(), agreement_with(rules, title="Another one", handoffs=handoffs_with_accept_clock(within="15m"))
    )
    assert [line.split()[0] for line in lines] == [
        "title",
        "handoffs.consultation.clocks.accept.within",
        "threshold",
        "fit:",
        "engagement:",
    ]


def test_a_change_in_a_long_condition_is_told_by_the_changed_value_alone() -> None:
    long = {"any": [{"title": {"is": f"head of department number {n}"}} for n in range(9)]}
    other = {"any": [*long["any"][:-1], {"title": {"is": "chief of all"}}]}
    lines = differences(agreement_with(rules_with("sql", to=long)), agreement_with(rules_with("sql", to=other)))
    assert lines == ["sql.any.title.is head of department number 8 → chief of all"]


def test_two_long_texts_are_shown_from_their_first_difference() -> None:
    text = "Call the lead, " * 10
    [line] = differences(agreement_with(title=f"{text} today"), agreement_with(title=f"{text} tomorrow"))
    assert "today" in line
    assert "tomorrow" in line


def test_the_list_of_differences_is_cut_at_its_longest_length() -> None:
    many = [rule(f"{'x' * 200}-{number}", number) for number in range(1_000)]
    lines = differences(agreement_with(), agreement_with(rules_with("engagement", to=many)))
    assert len(lines) == MAX_LINES + 1
    assert max(map(len, lines)) <= MAX_LINE_LENGTH
    assert lines[-1] == f"… and {1_002 - MAX_LINES} more"


def test_the_line_of_a_removed_team_says_which_team_gets_its_leads() -> None:
    team = AGREEMENT.teams["sales"]
    with_another = AGREEMENT.model_copy(update={"teams": {"sales": team, "nordics": team}})
    [line] = differences(with_another, AGREEMENT)
    assert line.startswith("teams: team nordics is gone (")
    assert line.endswith(
        "; leads in its line go to the team agreed for their trigger, those that its people hold when passed on"
    )
