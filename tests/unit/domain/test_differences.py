"""The differences between two agreements, told in words for a meeting."""

from copy import deepcopy
from typing import Any

import pytest

from baton.agreement.reading.agreement_reader import packaged_text, read_agreement
from baton.agreement.terms.agreement import Agreement
from baton.agreement.terms.rules import NOTHING_SCORES
from baton.domain.signing.difference_effects import Effect
from baton.domain.signing.differences import counts_by_effect, difference_lines, differences
from baton.domain.signing.line_parts import Part
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
        [
            "engagement: new rule webinar-attended (25 points): for kind content_downloaded, content webinar-attended",
        ],
    ),
    "a rule less": (rules_with("fit", to=[]), ["fit: rule vice-president is gone (100 points)"]),
    "a duration": (rules_with("half_life", to=45 * DAY), ["half_life 30d → 45d"]),
    "a duration that ends": (rules_with("half_life", to=None), ["half_life 30d → none"]),
    "a cap": (
        rules_with("engagement", 0, "at_most", "per", to=30 * DAY),
        ["engagement: whitepaper at_most at most once in 90d → at most once in 30d"],
    ),
    "a first cap": (
        rules_with("engagement", 1, "at_most", to={"points": 30}),
        ["engagement: visit at_most none → at most 30 points"],
    ),
    "points of a persona": (
        rules_with("fit", 0, "by_persona", to={"cto": 60, "cfo": 20}),
        ["fit: vice-president by_persona.cto 50 → 60", "fit: vice-president by_persona.cfo none → 20"],
    ),
    "a condition": (
        rules_with("fit", 0, "when", to={"title": {"one_of": ["vp", "cto"]}}),
        ["fit: vice-president when title like /vp/ → title one of vp, cto"],
    ),
    "a definition": (
        rules_with("sql", "all", 1, to={"employees": {"at_least": 200}}),
        [
            "sql budget met, and the number of employees at least 50"
            " → budget met, and the number of employees at least 200"
        ],
    ),
    "a definition at all": (
        rules_with("mql", to={"score": {"at_least": 40}}),
        ["mql none → score at least 40"],
    ),
    "a band": (rules_with("engagement_bands", 0, "at_least", to=70), ["engagement_bands: hot at_least 60 → 70"]),
    "a persona": (
        rules_with("personas", None, to={"id": "cfo", "label": "Finance", "counts_from": 50, "criteria": []}),
        ["personas: new persona cfo (Finance): from 50 % of"],
    ),
    "a mark of a persona": (
        rules_with("personas", 0, "criteria", 0, "weight", to=3),
        ["personas: cto criteria: chief weight 2 → 3"],
    ),
    "content": (
        rules_with("content", to=[]),
        ["content: content guide is gone (The guide); signals about it count without topic and stage"],
    ),
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
    assert difference_lines(agreement_with(), agreement_with(rules)) == said


def handoffs_with_accept_clock(**terms: Any) -> dict[str, Any]:
    handoffs = AGREEMENT.model_dump(mode="json")["handoffs"]
    handoffs["consultation"]["clocks"]["accept"] |= terms
    return dict(handoffs)


def test_a_changed_clock_is_named_with_its_handoff() -> None:
    assert difference_lines(agreement_with(), agreement_with(handoffs=handoffs_with_accept_clock(within="15m"))) == [
        "handoffs.consultation.clocks.accept.within 30m → 15m"
    ]


def test_a_changed_ladder_is_shown_before_and_after() -> None:
    [line] = difference_lines(
        agreement_with(), agreement_with(handoffs=handoffs_with_accept_clock(ladder=[{"at": "100%", "do": "escalate"}]))
    )
    assert line.startswith("handoffs.consultation.clocks.accept.ladder [{at: 50%, do: remind}, ")
    assert line.endswith(" → [{at: 100%, do: escalate}]")


def test_new_and_removed_return_reasons_are_told_by_name() -> None:
    reasons = AGREEMENT.model_dump(mode="json")["return_reasons"]
    reasons.pop("unreachable")
    reasons["too_small"] = {"label": "Too small for us", "then": "disqualify"}
    assert difference_lines(agreement_with(), agreement_with(return_reasons=reasons)) == [
        "return_reasons: reason unreachable is gone (No answer after several tries); sales can return no lead for it",
        "return_reasons: new reason too_small (Too small for us): then disqualify",
    ]


def test_a_changed_calendar_is_told_by_its_hours_and_holidays() -> None:
    hours = {"mon-thu": ["09:00-17:00"], "fri": ["09:00-15:00"]}
    berlin = {"time_zone": "Europe/Berlin", "hours": hours, "holidays": ["2026-12-25 Christmas Day"]}
    other_hours = {**hours, "fri": ["09:00-12:00", "13:00-15:00"]}
    other = {**berlin, "hours": other_hours, "holidays": ["2026-12-25", "2027-01-01"]}
    assert difference_lines(agreement_with(), agreement_with(calendars={"berlin": berlin})) == [
        "calendars: new calendar berlin (Europe/Berlin): hours {mon-thu: [09:00-17:00], fri: [09:00-15:00]}; "
        "holidays [2026-12-25 Christmas Day]"
    ]
    assert difference_lines(
        agreement_with(calendars={"berlin": berlin}), agreement_with(calendars={"berlin": other})
    ) == [
        "calendars.berlin.hours.fri [09:00-15:00] → [09:00-12:00, 13:00-15:00]",
        "calendars.berlin.holidays [2026-12-25 Christmas Day] → [2026-12-25, 2027-01-01]",
    ]


def test_new_removed_and_changed_territories_are_told_by_name() -> None:
    north = {"id": "north", "when": {"country": {"one_of": ["NO", "SE"]}}}
    wider = {"id": "north", "when": {"country": {"one_of": ["NO", "SE", "DK"]}}, "team": "sales"}
    assert difference_lines(agreement_with(), agreement_with(territories=[north])) == [
        "territories: new territory north: when country one of NO, SE"
    ]
    assert difference_lines(agreement_with(territories=[north]), agreement_with(territories=[])) == [
        "territories: territory north is gone"
    ]
    assert difference_lines(agreement_with(territories=[north]), agreement_with(territories=[wider])) == [
        "territories: north when country one of NO, SE → country one of NO, SE, DK",
        "territories: north team none → sales",
    ]


def test_equal_agreements_have_no_differences() -> None:
    assert difference_lines(agreement_with(), agreement_with(deepcopy(RULES))) == []


def test_differences_come_by_what_they_break_and_then_in_the_order_of_the_document() -> None:
    rules = rules_with("threshold", to=80)
    rules["engagement"][1]["points"] = 5
    rules["fit"][0]["points"] = 90
    reasons = AGREEMENT.model_dump(mode="json")["return_reasons"]
    reasons.pop("unreachable")
    found = differences(
        agreement_with(),
        agreement_with(
            rules, title="Another one", handoffs=handoffs_with_accept_clock(within="15m"), return_reasons=reasons
        ),
    )
    assert [each.line().split()[0] for each in found] == [
        "return_reasons:",
        "threshold",
        "fit:",
        "engagement:",
        "title",
        "handoffs.consultation.clocks.accept.within",
    ]
    assert counts_by_effect(found) == {"stops": 1, "decides": 3, "other": 2}


def test_a_change_in_a_long_condition_is_told_by_the_changed_value_alone() -> None:
    long = {"any": [{"title": {"is": f"head of department number {n}"}} for n in range(9)]}
    other = {"any": [*long["any"][:-1], {"title": {"is": "chief of all"}}]}
    lines = difference_lines(agreement_with(rules_with("sql", to=long)), agreement_with(rules_with("sql", to=other)))
    assert lines == ["sql.any.title.is head of department number 8 → chief of all"]


def test_two_long_texts_are_shown_from_their_first_difference() -> None:
    text = "Call the lead, " * 10
    [line] = difference_lines(agreement_with(title=f"{text} today"), agreement_with(title=f"{text} tomorrow"))
    assert "today" in line
    assert "tomorrow" in line


def test_nothing_is_cut_from_differences() -> None:
    many = [rule(f"{'x' * 200}-{number}", number) for number in range(1_000)]
    lines = difference_lines(agreement_with(), agreement_with(rules_with("engagement", to=many)))
    assert len(lines) == 1_002
    assert all("…" not in line for line in lines)
    countries = [f"country number {number}" for number in range(300)]
    [line] = difference_lines(
        agreement_with(rules_with("fit", 0, "when", to={"country": {"one_of": countries}})),
        agreement_with(rules_with("fit", 0, "when", to={"country": {"one_of": countries[10:]}})),
    )
    assert line == f"fit: vice-president when.country.one_of: no longer {', '.join(countries[:10])}"


def test_the_line_of_a_removed_team_says_which_team_gets_its_leads() -> None:
    team = AGREEMENT.teams["sales"]
    with_another = AGREEMENT.model_copy(update={"teams": {"sales": team, "nordics": team}})
    [line] = difference_lines(with_another, AGREEMENT)
    assert line.startswith("teams: team nordics is gone (")
    assert line.endswith(
        "; leads in its line go to the team agreed for their trigger, those that its people hold when passed on"
    )


def form(**changes: Any) -> dict[str, Any]:
    """The packaged forms with other terms of one field, or without it."""
    forms = deepcopy(AGREEMENT.model_dump(mode="json")["forms"])
    fields = forms["content-download"]["fields"]
    for name, terms in changes.items():
        if terms is None:
            del fields[name]
        else:
            fields[name] = {**fields.get(name, {"kind": "line", "needed": False, "max_length": 50}), **terms}
    return {"forms": forms}


def without(section: str, *names: str) -> dict[str, Any]:
    """The packaged section without these names."""
    part = AGREEMENT.model_dump(mode="json")[section]
    return {section: {name: each for name, each in part.items() if name not in names}}


def with_return_pages(*pages: str) -> dict[str, Any]:
    forms = deepcopy(AGREEMENT.model_dump(mode="json")["forms"])
    forms["consultation"]["return_pages"] = list(pages)
    return {"forms": forms}


def with_honeypot(name: str) -> dict[str, Any]:
    forms = deepcopy(AGREEMENT.model_dump(mode="json")["forms"])
    forms["consultation"]["honeypot"] = name
    return {"forms": forms}


def with_team(name: str) -> dict[str, Any]:
    teams = AGREEMENT.model_dump(mode="json")["teams"]
    return {"teams": {**teams, name: teams["sales"]}}


TOOLS = {"hubspot": {"events": {"Form": "consultation"}, "fields": {"size": "employees"}}}
HIGHER = {**RULES["engagement"][0], "points": 60}
BREAKS = [
    pytest.param({}, without("forms", "consultation"), Effect.STOPS, id="a form is gone"),
    pytest.param({}, form(phone=None), Effect.STOPS, id="a field is gone"),
    pytest.param({}, form(phone={"needed": True}), Effect.STOPS, id="a field is needed now"),
    pytest.param(form(phone={"needed": True}), {}, Effect.OTHER, id="a field is needed no more"),
    pytest.param({}, form(budget={"needed": True}), Effect.STOPS, id="a new field is needed"),
    pytest.param({}, form(budget={}), Effect.OTHER, id="a new field"),
    pytest.param({}, form(message={"max_length": 400}), Effect.STOPS, id="a field is shorter"),
    pytest.param({}, form(message={"max_length": 4001}), Effect.OTHER, id="a field is longer"),
    pytest.param({}, form(country={"kind": "line"}), Effect.STOPS, id="a field of another kind"),
    pytest.param({}, with_honeypot("url"), Effect.STOPS, id="another honeypot"),
    pytest.param({}, with_return_pages("https://www.example.com/other"), Effect.STOPS, id="a return page less"),
    pytest.param(
        {}, with_return_pages("https://www.example.com/thank-you", "https://x.example"), Effect.OTHER, id="a page more"
    ),
    pytest.param({}, without("return_reasons", "bad_fit"), Effect.STOPS, id="a reason is gone"),
    pytest.param(with_team("nordics"), {}, Effect.STOPS, id="a team is gone"),
    pytest.param({}, with_team("nordics"), Effect.OTHER, id="a new team"),
    pytest.param({}, without("handoffs", "score"), Effect.STOPS, id="a trigger is gone"),
    pytest.param({"rules": {**RULES, "webhooks": TOOLS}}, {}, Effect.STOPS, id="a tool is gone"),
    pytest.param({}, {"rules": {**RULES, "webhooks": TOOLS}}, Effect.OTHER, id="a new tool"),
    pytest.param(
        {"rules": {**RULES, "webhooks": TOOLS}},
        {"rules": {**RULES, "webhooks": {"hubspot": {**TOOLS["hubspot"], "events": {}}}}},
        Effect.STOPS,
        id="an event is gone",
    ),
    pytest.param(
        {"rules": {**RULES, "webhooks": TOOLS}},
        {"rules": {**RULES, "webhooks": {"hubspot": {**TOOLS["hubspot"], "fields": {}}}}},
        Effect.STOPS,
        id="a tool's field is gone",
    ),
    pytest.param({}, {"rules": {**RULES, "asks_for_a_person": []}}, Effect.STOPS, id="a kind asks no more"),
    pytest.param({}, {"rules": {**RULES, "asks_for_a_person": ["demo_requested", "x"]}}, Effect.DECIDES, id="one more"),
    pytest.param({}, {"rules": {**RULES, "sql": None}}, Effect.STOPS, id="no sql any more"),
    pytest.param({}, {"rules": {**RULES, "mql": {"fit": {"at_least": 3}}}}, Effect.DECIDES, id="an mql"),
    pytest.param({}, {"rules": {**RULES, "content": []}}, Effect.STOPS, id="content is gone"),
    pytest.param({}, {"retention": {"lost": "2 years"}}, Effect.STOPS, id="people are forgotten now"),
    pytest.param({"retention": {"lost": "2 years"}}, {"retention": {"lost": "1 year"}}, Effect.STOPS, id="and sooner"),
    pytest.param({"retention": {"lost": "1 year"}}, {"retention": {"lost": "2 years"}}, Effect.OTHER, id="and later"),
    pytest.param({}, {"rules": {**RULES, "threshold": 90}}, Effect.DECIDES, id="the threshold"),
    pytest.param({}, {"rules": {**RULES, "engagement": [HIGHER, rule("visit", 10)]}}, Effect.DECIDES, id="points"),
    pytest.param({}, {"rules": {**RULES, "fit": []}}, Effect.DECIDES, id="a rule is gone"),
    pytest.param({}, {"rules": {**RULES, "reconsider": ["title"]}}, Effect.OTHER, id="what is reconsidered"),
    pytest.param(
        {}, {"territories": [{"id": "north", "when": {"country": {"is": "NO"}}}]}, Effect.DECIDES, id="places"
    ),
    pytest.param({}, {"handoffs": handoffs_with_accept_clock(within="15m")}, Effect.OTHER, id="a clock"),
    pytest.param({}, {"title": "Another one"}, Effect.OTHER, id="the title"),
]


@pytest.mark.parametrize(("old", "new", "effect"), BREAKS)
def test_a_difference_is_sorted_by_what_it_breaks(old: dict[str, Any], new: dict[str, Any], effect: Effect) -> None:
    spam = {"retention": {"spam": "90 days"}}
    before, after = agreement_with(**{**spam, **old}), agreement_with(**{**spam, **new})
    found = [each for each in differences(before, after) if each.path[:2] != ("retention", "spam")]
    assert [each.effect for each in found] == [effect], [each.line() for each in found]
    assert found[0].follows or effect is not Effect.STOPS


def test_a_new_rule_is_told_with_its_condition_and_its_limits() -> None:
    new = rule(
        "webinar",
        25,
        when={"signals": {"match": {"kind": {"is": "page_visited"}}, "at_least": 3, "within": 7 * DAY}},
        by_persona={"cto": 40},
        at_most={"times": 2, "per": 90 * DAY},
        half_life=30 * DAY,
    )
    assert difference_lines(agreement_with(), agreement_with(rules_with("engagement", None, to=new))) == [
        "engagement: new rule webinar (25 points): for kind content_downloaded, content webinar;"
        " when at least 3 signals (kind page_visited) in the last 7d; by persona cto 40; at most 2 times in 90d;"
        " half life 30d"
    ]


def test_changed_names_of_a_tool_are_told_in_words() -> None:
    new = read_agreement(packaged_text().replace("talk-to-us: consultation", "talk-to-us: demo_requested"))
    assert difference_lines(AGREEMENT, new) == [
        "webhooks.typeform.events.talk-to-us consultation_requested → demo_requested"
    ]
    without_tools = read_agreement(packaged_text()[: packaged_text().index("\nwebhooks:")])
    assert (
        "webhooks: tool mailchimp is gone; of what this tool sends only the usual names are understood"
        in difference_lines(AGREEMENT, without_tools)
    )


LADDERS = [[{"at": "50%", "do": "remind"}], [{"at": "60%", "do": "remind"}, {"at": "100%", "do": "escalate"}]]
TWICE = {"times": 2, "per": 90 * DAY}


def parts_of(old: dict[str, Any], new: dict[str, Any], **sections: Any) -> list[Part]:
    [found] = differences(agreement_with(old), agreement_with(new, **sections))
    return found.parts()


def test_a_line_in_parts_names_its_term_and_tells_lengths_of_time_and_what_rules_ask() -> None:
    capped = rules_with("engagement", 0, "at_most", to={"times": 1, "per": 30 * DAY})
    assert parts_of(RULES, capped) == [
        Part("engagement: whitepaper at_most", ("engagement", "whitepaper", "at_most")),
        *(Part(" at most once in "), Part("90d", seconds=90 * DAY), Part(" → at most once in ")),
        Part("30d", seconds=30 * DAY),
    ]
    asked = rules_with("fit", 0, "when", to={"title": {"matches": "cto"}})
    assert parts_of(RULES, asked) == [
        Part("fit: vice-president when", ("fit", "vice-president", "when")),
        *(Part(" "), Part("title like /vp/", asks=True), Part(" → "), Part("title like /cto/", asks=True)),
    ]
    assert parts_of(RULES, rules_with("engagement", None, to=rule("tour", 5, at_most=TWICE))) == [
        Part("engagement", ("engagement",)),
        *(Part(": new rule "), Part("tour", ("engagement", "tour")), Part(" (5 points): for ")),
        *(Part("kind content_downloaded, content tour", asks=True), Part("; at most 2 times in ")),
        Part("90d", seconds=90 * DAY),
    ]
    order = {**RULES, "engagement": RULES["engagement"][::-1]}
    assert [each.path for each in parts_of(RULES, order) if each.path] == [
        ("engagement",),
        *(("engagement", each) for each in ("visit", "whitepaper")),
    ]


def test_a_line_in_parts_tells_the_steps_of_a_ladder() -> None:
    old, new = (agreement_with(handoffs=handoffs_with_accept_clock(ladder=each)) for each in LADDERS)
    [found] = differences(old, new)
    assert [each.steps for each in found.parts() if each.steps] == LADDERS


def test_what_somebody_wrote_is_never_taken_for_a_part() -> None:
    forged = '\ue000{"seconds": 1}\ue00130m\ue002'
    for new in ({"title": forged}, {"rules": rules_with("fit", 0, "when", to={"title": {"is": forged}})}):
        [found] = differences(agreement_with(), agreement_with(**new))
        assert [each for each in found.parts() if each.seconds] == []
        assert '\ufffd{"seconds": 1}\ufffd30m\ufffd' in found.line()
