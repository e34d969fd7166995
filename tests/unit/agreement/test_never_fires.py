"""Conditions that hold for nobody, points that nobody reaches, rules without a turn: each is a fault; no other is."""

import random
from itertools import pairwise
from typing import Any

import pytest

from baton.agreement.checks.never_fires import rules_can_fire
from baton.agreement.checks.reachable_points import bands_can_be_reached
from baton.agreement.conditions.patterns import compile_search
from baton.agreement.document.document import Sections
from baton.agreement.satisfiability.effort import Effort, TooMuchWork
from baton.agreement.satisfiability.pattern_parts import NotReadable
from baton.agreement.satisfiability.pattern_texts import text_with
from tests.unit.agreement.drafts import faults_of, read_draft, shipped_document_with
from tests.unit.effort import cpu_seconds

VISITS = {"match": {"kind": "page_visited"}}

NEVER: dict[str, dict[str, Any]] = {
    "two countries": {"all": [{"country": "DE"}, {"country": "FR"}]},
    "a country and not itself": {"country": "DE", "not": {"country": ["AT", "DE"]}},
    "a country by name and not by code": {"country": "Germany", "not": {"country": "DE"}},
    "either of two, and neither": {"any": [{"country": "DE"}, {"country": "FR"}], "not": {"country": ["FR", "DE"]}},
    "two languages": {"language": "de", "all": [{"language": "French"}]},
    "many and few": {"all": [{"employees": {"at_least": 100}}, {"employees": {"at_most": 50}}]},
    "few, and not few": {"employees": {"between": [1, 10]}, "not": {"employees": {"at_most": 20}}},
    "a number below its bound": {"employees": {"is": 5, "at_least": 6}},
    "one of numbers and none": {"employees": [5, 7], "not": {"employees": [7, 5]}},
    "a text before the start": {"title": {"matches": "a^b"}},
    "a text behind the end": {"title": {"matches": "$head"}},
    "the edge of a word within a word": {"title": {"matches": "intern\\bship"}},
    "two beginnings": {"all": [{"title": {"matches": "^head"}}, {"title": {"matches": "^chief"}}]},
    "a pattern within one that is denied": {"title": {"matches": "svp"}, "not": {"title": {"matches": "vp"}}},
    "a pattern that none of the words has": {"title": {"matches": "vp", "one_of": ["cto", "cio"]}},
    "digits alone and a letter": {"all": [{"title": {"matches": "^\\d+$"}}, {"title": {"matches": "[a-z]"}}]},
    "more than a text can have": {"title": {"matches": "x{400}y{400}"}},
    "a stage and not itself": {"stage": "customer", "not": {"stage": ["customer", "sql"]}},
    "no stage at all": {"not": {"stage": ["lead", "mql", "sql", "customer"]}},
    "no band at all": {"not": {"fit_band": ["A", "B", "C", "D"]}},
    "a band and points below it": {"fit_band": "A", "fit": {"at_most": 70}},
    "a channel beside all channels": {"channel": {"known": True}, "not": {"channel": ["inbound", "outbound"]}},
    "more fit than the rules give": {"fit": {"at_least": 101}},
    "some visits and none": {"signals": {**VISITS, "at_least": 2}, "not": {"signals": VISITS}},
    "visits lately and none for long": {
        "all": [{"signals": {**VISITS, "within": "7d"}}, {"signals": {**VISITS, "at_most": 0, "within": "30d"}}]
    },
    "a visit and no signal": {"signals": VISITS, "not": {"signals": {"match": {}}}},
    "content of no words": {"signals": {"match": {"content": {"one_of": ["a"], "matches": "b"}}}},
    "content of no stage": {"signals": {"match": {"content_stage": "bottom"}}},
    "all of BANT and less than three": {"bant": "all", "not": {"bant": {"at_least": 3}}},
    "a shift lately and none for long": {"shifted": {"within": "7d"}, "not": {"shifted": {"within": "30d"}}},
    "a target account and none": {"target_account": True, "not": {"target_account": True}},
    "unknown, and one of two": {"title": {"known": False}, "any": [{"title": "x"}, {"title": {"matches": "y"}}]},
    "known not to be known": {"industry": "x", "not": {"industry": {"known": True}}},
    "a choice that is none": {"any": [{"title": "cto"}, {"all": [{"country": "DE"}, {"country": "AT"}]}]},
}
MAYBE: dict[str, dict[str, Any]] = {
    "a country twice": {"all": [{"country": "DE"}, {"country": "Germany"}]},
    "a region by code and by name": {"region": "BY", "all": [{"region": "Bavaria"}]},
    "a country and words for it": {"country": "DE", "all": [{"country": {"matches": "germ"}}]},
    "the country of both": {"country": "DE", "company_country": "FR"},
    "not at least, and not at most: a range": {
        "all": [{"not": {"employees": {"at_least": 50}}}, {"not": {"employees": {"at_most": 100}}}]
    },
    "one number only": {"all": [{"employees": {"at_least": 100}}, {"employees": {"at_most": 100}}]},
    "two patterns": {"all": [{"title": {"matches": "\\bvp\\b"}}, {"title": {"matches": "^sales"}}]},
    "a pattern around one that is denied": {"title": {"matches": "vp"}, "not": {"title": {"matches": "svp"}}},
    "letters beyond a to z": {"title": {"matches": "geschäftsführ"}},
    "a form that nobody reads here": {"title": {"matches": "\\p{Greek}"}},
    "a word that is neither in nor out": {"not": {"channel": ["inbound", "outbound"]}},
    "back after silence": {"all": [{"signals": {"at_least": 2}}, {"signals": {"at_most": 1, "within": "60d"}}]},
    "many of one kind, few of another": {
        "signals": {**VISITS, "at_least": 3}, "not": {"signals": {"match": {"kind": "webinar_attended"}}}
    },
    "many long ago, few lately": {
        "all": [{"signals": {**VISITS, "at_least": 3}}, {"signals": {**VISITS, "at_most": 0, "within": "7d"}}]
    },
    "different content, few signals": {
        "all": [{"signals": {"at_least": 3, "distinct": "content"}}, {"signals": {"at_most": 3}}]
    },
    "a shift long ago": {"shifted": {"within": "30d"}, "not": {"shifted": {"within": "7d"}}},
    "two of BANT, not those": {"bant": {"at_least": 2}, "not": {"bant": {"met": ["need", "budget"]}}},
    "no industry known": {"not": {"industry": {"known": True}}},
    "a band and points within it": {"fit_band": "B", "fit": {"at_least": 60}},
    "nothing but a denial": {"not": {"country": ["DE"]}},
}  # fmt: skip


@pytest.mark.parametrize("condition", NEVER.values(), ids=NEVER.keys())
def test_a_condition_that_holds_for_nobody_is_a_fault(condition: dict[str, Any]) -> None:
    faults = faults_of(shipped_document_with(("wakes", {"parked": condition})))
    assert all(place.startswith("wakes.parked") for place in faults)
    assert all("can never hold" in fault for fault in faults.values())


@pytest.mark.parametrize("condition", MAYBE.values(), ids=MAYBE.keys())
def test_a_condition_that_may_hold_is_no_fault(condition: dict[str, Any]) -> None:
    assert read_draft(shipped_document_with(("wakes", {"parked": condition})))


def places(**sections: Any) -> dict[str, str]:
    return faults_of(shipped_document_with(*sections.items()))


def test_a_rule_that_its_own_signal_excludes_is_a_fault() -> None:
    rule = {"id": "first", "points": 5, "signal": {"kind": "page_visited"}}
    none_before = {"signals": {**VISITS, "at_most": 0}}
    assert "is counted already" in places(engagement=[{**rule, "when": none_before}])["engagement.first.when"]
    one_at_most = {"signals": {**VISITS, "at_most": 1}}
    assert read_draft(shipped_document_with(("engagement", [{**rule, "when": one_at_most}])))


def test_a_rule_for_a_tools_signal_may_ask_for_no_signal_of_the_person() -> None:
    rule = {"id": "quiet", "points": -5, "signal": {"kind": "email_bounced"}, "when": {"signals": {"at_most": 0}}}
    assert read_draft(shipped_document_with(("engagement", [rule]), ("score.engagement_bands", {})))


@pytest.mark.parametrize(
    ("changes", "place", "said"),
    [
        pytest.param({"fit": [], "engagement": []}, "threshold", "no rule gives a point", id="no rules"),
        pytest.param({"thresholds": [{"id": "x", "when": {"title": "x"}, "threshold": 90}], "threshold": 50,
                      "mql": {"score": 5}, "score.fit": {"at_most": 60}, "score.engagement": {"at_most": 10},
                      "score.fit_bands": {}, "score.engagement_bands": {}},
                     "thresholds.x.threshold", "give at most 70", id="another threshold"),
    ],
)  # fmt: skip
def test_points_that_nobody_reaches_are_a_fault(changes: dict[str, Any], place: str, said: str) -> None:
    assert said in faults_of(shipped_document_with(*changes.items()))[place]


@pytest.mark.parametrize(
    ("score", "place", "said"),
    [
        pytest.param({"fit_bands": {"A": 175, "D": 0}}, "fit_bands.A", "at most 150", id="a band"),
        pytest.param({"engagement_bands": {"hot": 150, "cold": 0}, "engagement": {"at_most": 100}},
                     "engagement_bands.hot", "at most 100", id="a band of engagement"),
        pytest.param({"fit_bands": {"A": 50, "B": -30, "C": -99}}, "fit_bands.C", "holds for nobody", id="below all"),
        pytest.param({"fit_bands": {"A": 150, "B": -29, "C": -99}}, None, "", id="all within reach"),
    ],
)  # fmt: skip
def test_a_band_that_nobody_reaches_is_told(score: dict[str, Any], place: str | None, said: str) -> None:
    fit = [{"id": f"r{points}", "points": points, "when": {"title": f"x{points}"}} for points in (100, 50, -30)]
    sections = Sections.model_validate({"score": score, "fit": fit, "engagement": [CAPPED]})
    told = {".".join(map(str, loc[1:])): why for loc, why in bands_can_be_reached(sections)}
    assert list(told) == ([place] if place else [])
    assert said in "".join(told.values())


CAPPED = {"id": "visit", "points": 10, "signal": {"kind": "page_visited"}}


@pytest.mark.parametrize(
    ("cap", "more", "reached"),
    [
        pytest.param({"times": 3}, {}, False, id="three times ever"),
        pytest.param({"points": 30}, {}, False, id="thirty points ever"),
        pytest.param({"points": 30, "per": "7d"}, {}, True, id="a week, which add up"),
        pytest.param({"points": 30, "per": "30d"}, {}, False, id="a month, of which half is left"),
        pytest.param({"points": 30, "per": "30d"}, {"half_life": "never"}, True, id="a month, of which all is left"),
        pytest.param({"points": 30, "per": "7d"}, {"expires_after": "7d"}, False, id="a week, which expires"),
        pytest.param({"times": 1, "each": "content"}, {}, True, id="each content"),
        pytest.param(None, {}, True, id="without end"),
    ],
)
def test_points_add_up_with_caps_and_fading(cap: Any, more: dict[str, Any], reached: bool) -> None:
    rule = {**CAPPED, **({"at_most": cap} if cap else {}), **more}
    changes: list[tuple[str, Any]] = [("fit", []), ("engagement", [rule]), ("threshold", 80), ("mql", {"score": 5})]
    changes.append(("score", {"full_score": 100, "half_life": "30d"}))
    draft = shipped_document_with(*changes)
    if reached:
        assert read_draft(draft)
    else:
        assert "all rules together give at most" in faults_of(draft)["threshold"]


@pytest.mark.parametrize(
    ("first", "second", "hidden"),
    [
        pytest.param({"country": ["DE", "AT"]}, {"country": "DE"}, True, id="a country among several"),
        pytest.param({"country": "DE"}, {"country": ["DE", "AT"]}, False, id="several around a country"),
        pytest.param({"employees": {"at_least": 100}}, {"employees": {"at_least": 1000}}, True, id="larger companies"),
        pytest.param({"employees": {"at_least": 1000}}, {"employees": {"at_least": 100}}, False, id="smaller ones"),
        pytest.param({"title": {"matches": "vp"}}, {"title": {"matches": "\\b[es]vp\\b"}}, True, id="a pattern"),
        pytest.param({"country": "DE"}, {"country": "DE", "title": "cto"}, True, id="a part of a country"),
        pytest.param({"country": "DE", "title": "cto"}, {"country": "DE"}, False, id="the rest of a country"),
        pytest.param({"any": [{"country": "DE"}, {"title": "cto"}]}, {"title": "CTO"}, True, id="one of two"),
        pytest.param({"industry": {"known": True}}, {"industry": {"matches": "x"}}, True, id="whatever is known"),
        pytest.param({"not": {"country": "DE"}}, {"country": "FR"}, True, id="all others"),
        pytest.param({"not": {"country": "DE"}}, {"title": "cto"}, False, id="an unknown country is another"),
    ],
)
def test_a_territory_without_a_turn_is_a_fault(first: Any, second: Any, hidden: bool) -> None:
    draft = shipped_document_with(("territories", [{"id": "first", "when": first}, {"id": "second", "when": second}]))
    if hidden:
        said = faults_of(draft)["territories.second"]
        assert "`second` never has its turn: `first`" in said
    else:
        assert read_draft(draft)


def test_a_rule_of_never_behind_one_that_covers_it_has_no_turn() -> None:
    own = {"id": "own-staff", "label": "Own people", "when": {"email_domain": ["ours.example", "ours.org.example"]}}
    draft = shipped_document_with(("never", [own, {**own, "id": "others", "when": {"email_domain": "ours.example"}}]))
    assert "`others` never has its turn: `own-staff`" in faults_of(draft)["never.others"]


PLAN = {"plan": {"kind": "choice", "choices": ["Team", "Pro"]}, "seats": {"kind": "number"}, "crm": {"kind": "yes/no"}}


@pytest.mark.parametrize(
    ("asked", "never"),
    [
        pytest.param({"all": [{"attributes": {"plan": "team"}}, {"attributes": {"plan": "Pro"}}]}, True,
                     id="two choices"),
        pytest.param({"attributes": {"plan": {"known": True}}, "not": {"attributes": {"plan": ["Team", "Pro"]}}}, True,
                     id="a choice beside all choices"),
        pytest.param({"attributes": {"seats": {"is": 9}}, "all": [{"attributes": {"seats": {"at_most": 5}}}]}, True,
                     id="many seats and few"),
        pytest.param({"attributes": {"crm": True}, "all": [{"attributes": {"crm": False}}]}, True, id="yes and no"),
        pytest.param({"not": {"attributes": {"plan": ["Team", "Pro"]}}}, False, id="no plan known"),
        pytest.param({"not": {"any": [{"attributes": {"crm": True}}, {"attributes": {"crm": False}}]}}, False,
                     id="neither yes nor no"),
        pytest.param({"attributes": {"plan": "TEAM", "seats": {"at_least": 9}}}, False, id="a plan and seats"),
    ],
)  # fmt: skip
def test_facts_of_ones_own_exclude_each_other_as_others_do(asked: dict[str, Any], never: bool) -> None:
    draft = shipped_document_with(("attributes", PLAN), ("wakes", {"disqualified": asked}))
    if never:
        assert all("can never hold" in fault for fault in faults_of(draft).values())
    else:
        assert read_draft(draft)


@pytest.mark.parametrize(("threshold", "reached"), [(150, True), (160, False)])
def test_a_threshold_in_a_scale_of_ones_own_is_compared_with_the_points_of_the_rules(
    threshold: int, reached: bool
) -> None:
    fit = [{"id": f"r{points}", "points": points, "when": {"title": f"x{points}"}} for points in (100, 50)]
    score = {"full_score": 300, "scale": "points"}
    changes: list[tuple[str, Any]] = [("score", score), ("fit", fit), ("engagement", []), ("threshold", threshold)]
    draft = shipped_document_with(*changes)
    if reached:
        assert read_draft(draft)
    else:
        assert "at most 150 out of 300, so that no lead ever has 160" in faults_of(draft)["threshold"]


def test_of_a_group_only_the_best_counts_for_what_can_be_reached() -> None:
    fit = [{"id": f"r{points}", "points": points, "best_of": "seniority", "when": {"title": f"x{points}"}}
           for points in (60, 50)]  # fmt: skip
    draft = shipped_document_with(("fit", fit), ("engagement", []), ("mql", {"score": {"at_least": 20}}))
    assert "at most 60 out of 100" in faults_of(draft)["threshold"]


def test_territories_that_cover_one_only_together_leave_it_no_turn() -> None:
    small, large = {"employees": {"at_most": 100}}, {"employees": {"at_least": 100}}
    conditions = [small, large, {"employees": {"is": 7}}, {"employees": {"between": [5, 500]}}]
    draft = shipped_document_with(
        ("territories", [{"id": f"t{number}", "when": when} for number, when in enumerate(conditions)])
    )
    said = faults_of(draft)
    assert list(said) == ["territories.t2"]  # the fourth holds also for a range around a hundred


def test_sooner_and_thresholds_have_turns_too() -> None:
    clock = {"within": "5m", "stops_when": "accepted", "ladder": [{"at": "100%", "do": "remind"}]}
    draft = shipped_document_with(
        (
            "handoffs.score.sooner",
            [{"when": {"fit": {"at_least": least}}, "clocks": {"accept": clock}} for least in (5, 9)],
        ),
        ("thresholds", [{"id": name, "when": {"title": "x"}, "threshold": 90} for name in ("a", "b")]),
    )
    assert list(faults_of(draft)) == ["thresholds.b", "handoffs.score.sooner.1"]


ALPHABET = "ab -"


def _random_pattern(chance: random.Random, depth: int = 2) -> str:
    if depth == 0:
        return chance.choice(["a", "b", "[ab]", "[^a]", ".", "\\b", "^", "$", "\\w", " ", "\\B"])
    parts = [_random_pattern(chance, depth - 1) for _ in range(chance.randint(1, 3))]
    match chance.randrange(4):
        case 0:
            return f"({'|'.join(parts)})"
        case 1:
            return f"({''.join(parts)}){chance.choice(['?', '*', '+', '{2}'])}"
    return "".join(parts)


def test_a_random_pattern_is_empty_only_if_no_short_text_has_it() -> None:
    """Against a search through all texts of up to five letters."""
    chance = random.Random(7)
    texts = [""]
    for _ in range(5):
        texts += [text + letter for text in texts if len(text) == len(texts[-1]) for letter in ALPHABET]
    empty = 0
    for _ in range(300):
        wanted, unwanted = _random_pattern(chance), _random_pattern(chance)
        try:
            find, avoid = compile_search(wanted), compile_search(unwanted)
            found = text_with([wanted], [unwanted], Effort(20_000))
        except (NotReadable, TooMuchWork, ValueError):
            continue
        if found is None:
            empty += 1
            assert not [text for text in texts if find(text) is not None and avoid(text) is None], (wanted, unwanted)
        else:
            assert not found or (find(found) is not None and avoid(found) is None), (wanted, unwanted, found)
    assert empty > 20


def test_hostile_conditions_take_bounded_work() -> None:
    patterns = [f"^(a|b)*{'ab'[number % 2]}(a|b){{{9 + number % 5}}}[a-f]{number % 7}$" for number in range(60)]
    nested = {"any": [{"all": [{"title": {"matches": each}}, {"not": {"title": {"matches": other}}}]}
                      for each, other in pairwise(patterns)]}  # fmt: skip
    territories = [{"id": f"t{number}", "when": nested} for number in range(3)]
    sections = Sections.model_validate({"territories": territories, "wakes": {"parked": nested}})
    assert cpu_seconds(lambda: [*rules_can_fire(sections)]) < 6
