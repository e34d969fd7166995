"""The faults of wrong rules in a draft: place, fault and remedy."""

from typing import Any

import pytest

from tests.unit.agreement.drafts import GONE, faults_of, read_draft, shipped_document_with, shipped_text_with

VISIT = {"id": "visit", "points": 10, "signal": {"kind": "page_visited"}}
VP = {"id": "vp", "points": 10, "when": {"title": "vp"}}
CTO = {"id": "cto", "label": "CTO", "criteria": {"title": "cto"}}
GUIDE = {"id": "guide", "title": "Guide", "topic": "x", "stage": "tofu"}
CLOCK = {"within": "5m", "stops_when": "accepted", "ladder": [{"at": "100%", "do": "remind"}]}


def visit(**changed: object) -> dict[str, object]:
    return {"engagement": [{**VISIT, **changed}]}


def vp(**changed: object) -> dict[str, object]:
    return {"fit": [{**VP, **changed}]}


def cto(**changed: object) -> dict[str, object]:
    return {"personas": [{**CTO, **changed}], "content": []}


def nested(depth: int) -> dict[str, Any]:
    return {"title": "x"} if depth == 1 else {"not": nested(depth - 1)}


FAULTS: dict[str, tuple[dict[str, object], str, str]] = {
    # what is not known
    "a word nobody knows": (visit(pionts=3), "engagement.visit.pionts", "did you mean `points`?"),
    "a persona in points": (visit(by_persona={"student": 1}), "engagement.visit.by_persona.student", "no persona"),
    "a persona in fit": (vp(by_persona={"student": 1}), "fit.vp.by_persona.student", "there are it-leader, op"),
    "a persona in content": (
        {"content": [{**GUIDE, "personas": ["student"]}]},
        "content.guide.personas.0",
        "there is no persona `student`",
    ),
    "a persona in a condition": ({"mql": {"persona": "student"}}, "mql.persona", "there is no persona `student`"),
    "a team": ({"handoffs.score.team": "sails"}, "handoffs.score.team", "no team `sails`; there are sales"),
    "a territory's team": (
        {"territories": [{"id": "north", "when": {"country": ["NO"]}, "team": "sails"}]},
        "territories.north.team",
        "there is no team `sails`; there are sales",
    ),
    "a territory's condition": (
        {"territories": [{"id": "north", "when": {"persona": "student"}}]},
        "territories.north.when.persona",
        "there is no persona `student`",
    ),
    "a team's calendar": (
        {"teams.sales.calendar": "berlin"},
        "teams.sales.calendar",
        "there is no calendar `berlin`; there are none",
    ),
    "marketing gets leads": (
        {"handoffs.score.team": "marketing", "teams.marketing": {"label": "M", "reps": {"weight": 1, "capacity": 1}}},
        "handoffs.score.team",
        "is marketing's",
    ),
    "marketing's team is nobody": ({"marketing.team": "nobody"}, "marketing.team", "name the team otherwise"),
    "a trigger": ({"handoffs.mood": {}}, "handoffs.mood", "write 'consultation', 'target_account', 'sql'"),
    "a band": ({"mql": {"fit_band": ["A", "E"]}}, "mql.fit_band", "there is no fit band `E`; there are A, B, C, D"),
    "a stage": ({"wakes": {"parked": {"not": {"stage": "hot"}}}}, "wakes.parked.not.stage", "there is no stage `hot`"),
    "a funnel stage": (visit(when={"funnel": "top"}), "engagement.visit.when.funnel", "there are tofu, mofu, bofu"),
    "a channel": (vp(when={"channel": "out"}), "fit.vp.when.channel", "there are inbound, outbound"),
    "a country": (vp(when={"country": ["DE", "DACH"]}), "fit.vp.when.country", "`DACH` is no country; write its code"),
    "a union of countries": ({"mql": {"not": {"company_country": "EU"}}}, "mql.not.company_country", "is no country"),
    "a country of a territory": (
        {"territories": [{"id": "north", "when": {"country": "Scandinavia"}}]},
        "territories.north.when.country",
        "`Scandinavia` is no country; write its code of two letters, such as DE",
    ),
    "a mark": (cto(weights={"titel": 2}), "personas.cto.weights.titel", "there is no mark `titel`; there are title"),
    "an aspect": (visit(signal={"sort": "x"}), "engagement.visit.signal.sort", "nothing that a signal has; write kind"),
    "a BANT name": ({"sql": {"bant": {"met": ["money"]}}}, "sql.bant.met.0", "write 'budget', 'authority', 'need'"),
    "a BANT word": ({"sql": {"bant": "some"}}, "sql.bant", "write 'all'"),
    "a BANT list": ({"sql": {"bant": ["need"]}}, "sql.bant", "write `all`, or {at_least: 3}"),
    # what is missing or there twice
    "a territory twice": (
        {"territories": [{"id": "north", "when": {"country": code}} for code in ("NO", "SE")]},
        "territories.north",
        "the id `north` stands twice (first in territories)",
    ),
    "whether it is sticky, in other words": (
        {"handoffs.score.sticky": "sometimes"},
        "handoffs.score.sticky",
        "write false, true or 'company'",
    ),
    "an id twice": (
        {**vp(id="visit"), **visit()},
        "engagement.visit",
        "the id `visit` stands twice (first in fit)",
    ),
    "a persona twice": ({"personas": [CTO, CTO], "content": []}, "personas.cto", "stands twice"),
    "content twice": ({"content": [GUIDE, GUIDE]}, "content.guide", "stands twice"),
    "nobody for requests": ({"handoffs.consultation": GONE}, "handoffs.consultation", "is missing"),
    "no SQL for its handoff": ({"sql": GONE}, "sql", "`handoffs.sql` would hand nobody over"),
    "a lot for nobody": ({"audit": {"share": "5%"}}, "handoffs.audit", "say who gets the leads that `audit` draws"),
    "a lot that is too great": ({"audit": {"share": "60%"}}, "audit.share", "50"),
    "a lot of nothing": ({"audit": {"share": "0%"}}, "audit.share", "1"),
    "a share that is no share": ({"audit": {"share": 0.05}}, "audit.share", "like 50%"),
    "no threshold": ({"threshold": GONE}, "threshold", "is missing; add it"),
    "no points": ({"fit": [{"id": "vp", "when": {"title": "x"}}]}, "fit.vp.points", "is missing; add it"),
    "no id": ({"fit": [{"points": 1, "when": {"title": "x"}}]}, "fit.0.id", "is missing; add it"),
    "an empty line": ({"fit": None}, "fit", "is empty; write what belongs here, or leave the whole line out"),
    "an empty optional line": (visit(half_life=None), "engagement.visit.half_life", "is empty"),
    "an empty test": ({"mql": {"title": None}}, "mql.title", "is empty"),
    "an empty condition": ({"mql": {}}, "mql", "would hold for everybody"),
    "no condition within": ({"mql": {"all": []}}, "mql.all", "at least 1"),
    "a test of nothing": ({"mql": {"title": {}}}, "mql.title", "tests nothing"),
    "signals of every kind": (visit(signal={}), "engagement.visit.signal", "at least 1"),
    "a cap of nothing": (visit(at_most={"per": "1d"}), "engagement.visit.at_most", "`times: 1` or `points: 30`"),
    "bant of nothing": ({"sql": {"bant": {}}}, "sql.bant", "write either"),
    # what YAML reads otherwise than people
    "Norway": ({"mql": {"country": False}}, "mql.country", 'write it in quotes, like "NO" for Norway'),
    "Norway among others": ({"mql": {"country": ["DE", False]}}, "mql.country.1", 'like "NO" for Norway'),
    "a number for a text": ({"mql": {"company": 1848}}, "mql.company", 'write it in quotes: "1848"'),
    "a text for a number": ({"mql": {"score": "sixty"}}, "mql.score", "`sixty` is a text; write a number, without"),
    "a number in quotes": (visit(points="10"), "engagement.visit.points", "without quotes"),
    "a truth for a number": (visit(points=True), "engagement.visit.points", "must be a number"),
    "a fraction": (visit(points=1.5), "engagement.visit.points", "whole number"),
    "a text for a truth": ({"mql": {"target_account": "yes"}}, "mql.target_account", "write one of them, without"),
    "a text for a list": ({"asks_for_a_person": "demo"}, "asks_for_a_person", "must be a list"),
    "a text for a mapping": ({"score": "high"}, "score", "must have names and values"),
    "a text for a rule": ({"fit": ["vp"]}, "fit.0", "must have names and values"),
    "a list in a list": ({"mql": {"title": [["x"]]}}, "mql.title.0", "must be a text"),
    # numbers out of bounds
    "a threshold of nothing": ({"threshold": 0}, "threshold", "1 or more"),
    "a threshold beyond 100": ({"threshold": 101}, "threshold", "100 or less"),
    "points without end": (visit(points=1001), "engagement.visit.points", "1000 or less"),
    "a cap without end": (visit(at_most={"times": 101}), "engagement.visit.at_most.times", "100 or less"),
    "counting without end": ({"mql": {"signals": {"at_least": 101}}}, "mql.signals.at_least", "100 or less"),
    "a long list": ({"mql": {"title": ["x"] * 201}}, "mql.title", "has 201 parts; at most 200"),
    "a long text": ({"mql": {"title": "x" * 201}}, "mql.title", "at most 200 characters"),
    "a long pattern": ({"mql": {"title": {"matches": "x" * 301}}}, "mql.title.matches", "at most 300 characters"),
    "too many rules": ({"fit": [{**VP, "id": f"r{n}"} for n in range(201)]}, "fit", "has 201 parts; at most 200"),
    "too deep": ({"mql": nested(9)}, "mql", "is nested more than 8 deep"),
    "too many tests": ({"mql": {"any": [{"all": [{"title": "x"}] * 100}] * 6}}, "document", "has 6"),
    "no share": (cto(counts_from=50), "personas.cto.counts_from", "like 50%"),
    "a weight of nothing": (cto(weights={"title": 0}), "personas.cto.weights.title", "1 or more"),
    "no name": (visit(id="First\nVisit"), "engagement.0.id", "write small letters"),
    "no duration": (visit(half_life="a month"), "engagement.visit.half_life", "write it like 30m"),
    # what contradicts itself
    "an MQL beyond the threshold": ({"mql": {"score": {"at_least": 100}}}, "mql", "ask for less than `threshold`"),
    "an MQL beyond it, hidden": (
        {"threshold": 50, "mql": {"all": [{"any": [{"score": 60}, {"score": {"between": [55, 70]}}]}]}},
        "mql",
        "asks for a score of 55, but from 50 on",
    ),
    "a score beyond 100": ({"wakes": {"parked": {"score": {"at_least": 101}}}}, "wakes.parked.score", "out of 100"),
    "a threshold nobody reaches": ({"score.full_score": 1000}, "threshold", "no lead ever has more than 20 out of 100"),
    "between upside down": (vp(when={"employees": {"between": [9, 5]}}), "fit.vp.when.employees", "swap them"),
    "at least above at most": ({"mql": {"fit": {"at_least": 9, "at_most": 5}}}, "mql.fit", "can never hold"),
    "signals upside down": ({"mql": {"signals": {"at_least": 2, "at_most": 1}}}, "mql.signals", "swap them"),
    "limits upside down": ({"score.fit": {"at_least": 1, "at_most": 0}}, "score.fit", "swap them"),
    "unknown and equal": ({"mql": {"need": {"known": False, "is": "x"}}}, "mql.need", "can never hold"),
    "two bands at once": ({"score.fit_bands": {"A": 50, "B": 50}}, "score.fit_bands.B", "begins where A does"),
    # circles
    "fit from a score": (vp(when={"score": 5}), "fit.vp.when.score", "cannot be asked here"),
    "fit from signals": (vp(when={"not": {"signals": {}}}), "fit.vp.when.not.signals", "cannot be asked here"),
    "fit from a persona": (vp(when={"persona": "it-leader"}), "fit.vp.when.persona", "cannot be asked here"),
    "a persona from a persona": (cto(criteria={"persona": "x"}), "personas.cto.criteria.persona", "cannot be asked"),
    "a persona from any": (cto(criteria={"any": [{"need": "x"}]}), "personas.cto.criteria.any", "cannot be asked"),
    "engagement from a band": (visit(when={"fit_band": "A"}), "engagement.visit.when.fit_band", "cannot be asked"),
    "engagement from BANT": (visit(when={"bant": "all"}), "engagement.visit.when.bant", "cannot be asked"),
    "an SQL of SQLs": ({"sql": {"stage": "sql"}}, "sql.stage", "follows from this very definition"),
    "an MQL of SQLs": ({"mql": {"any": [{"stage": ["sql"]}, {"need": "x"}]}}, "mql.any.0.stage", "only `customer`"),
    "a threshold of MQLs": (
        {"thresholds": [{"id": "mqls", "when": {"stage": "mql"}, "threshold": 5}]},
        "thresholds.mqls.when.stage",
        "only `customer`",
    ),
    # patterns
    "no pattern": (vp(when={"title": {"matches": "("}}), "fit.vp.when.title.matches", "no regular expression"),
    "a look-around": (vp(when={"title": {"matches": "(?=x)"}}), "fit.vp.when.title.matches", "no look-around"),
    # clocks
    "clocks for anybody": ({"handoffs.score.sooner": [{"when": {}, "clocks": {"accept": CLOCK}}]},
                           "handoffs.score.sooner.0.when", "would hold for everybody"),
    "no clocks": ({"handoffs.score.sooner": [{"when": {"fit": 1}, "clocks": {}}]},
                  "handoffs.score.sooner.0.clocks", "at least 1"),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "place", "said"), FAULTS.values(), ids=FAULTS.keys())
def test_a_rule_fault_is_named_with_its_place_and_a_remedy(changes: dict[str, object], place: str, said: str) -> None:
    faults = faults_of(shipped_document_with(*changes.items()))
    assert list(faults) == [place]
    assert said in faults[place]


def test_faults_between_sections_are_named_together_with_faults_within_a_section() -> None:
    text = shipped_text_with(
        ("engagement", [{**VISIT, "points": "many"}]),
        ("content", [GUIDE, {**GUIDE, "id": "other", "personas": ["student"]}]),
        ("handoffs.sql.team", "nobody"),
        ("mql", {"fit_band": "F"}),
        ("score.fit_bands", {"A": 1, "B": 1}),
    )
    assert set(faults_of(text)) == {
        "engagement.visit.points",
        "score.fit_bands.B",
        "handoffs.sql.team",
        "mql.fit_band",
        "content.other.personas.0",
    }


def test_a_condition_on_the_stage_customer_is_not_circular() -> None:
    draft = shipped_document_with(
        ("thresholds", [{"id": "customers", "when": {"stage": "customer"}, "threshold": 60}]),
        ("sql", {"not": {"stage": "customer"}, "bant": "all"}),
    )
    assert read_draft(draft)
