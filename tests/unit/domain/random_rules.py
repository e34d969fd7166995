"""Hypothesis strategies for scoring rules, conditions and signals."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from baton.agreement.terms.agreement import Agreement, AgreementInForce
from baton.agreement.terms.rules import Rules
from baton.domain.events.recorded import Event, Recorded, event_id_of
from baton.domain.events.signal_events import SignalRecorded
from baton.domain.scoring.scorecard import Scorecard
from tests.unit.given import AGREEMENT, LEAD_ID, NOW

KINDS, CONTENTS, CAMPAIGNS = (
    ["page_visited", "content_downloaded", "webinar_attended"],
    ["a", "b", "c"],
    ["spring", "fall"],
)
SECONDS = [30, "45.25", 0.1, 120, "a while", -5]
HOUR = 3600
windows = st.sampled_from([HOUR, 24 * HOUR, 7 * 24 * HOUR])

tests_of_kind = st.sampled_from(KINDS).map(lambda kind: {"is": kind}) | st.lists(
    st.sampled_from(KINDS), min_size=1, max_size=2, unique=True
).map(lambda kinds: {"one_of": kinds})


@st.composite
def matches(draw: st.DrawFn) -> dict[str, Any]:
    match: dict[str, Any] = {}
    if draw(st.booleans()):
        match["kind"] = draw(tests_of_kind)
    if draw(st.integers(0, 3)) == 0:
        match["content"] = draw(st.sampled_from([{"is": "a"}, {"one_of": ["b", "c"]}, {"known": True}]))
    if draw(st.integers(0, 3)) == 0:
        match["campaign"] = draw(st.sampled_from([{"is": "spring"}, {"known": False}]))
    if draw(st.integers(0, 4)) == 0:
        match["properties.seconds"] = draw(st.sampled_from([{"at_least": 30}, {"at_most": 60.5}, {"known": True}]))
    return match


@st.composite
def counts(draw: st.DrawFn) -> dict[str, Any]:
    test: dict[str, Any] = {"match": draw(matches())}
    bound = draw(st.sampled_from(["at_least", "at_most", "both", "neither"]))
    if bound in ("at_least", "both"):
        test["at_least"] = draw(st.integers(1, 3))
    if bound in ("at_most", "both"):
        test["at_most"] = draw(st.integers(3 if bound == "both" else 0, 4))
    if draw(st.booleans()):
        test["within"] = draw(windows)
    if draw(st.integers(0, 3)) == 0:
        test["distinct"] = draw(st.sampled_from(["kind", "content"]))
    elif draw(st.integers(0, 3)) == 0:
        test["sum"] = {"of": "seconds", **draw(st.sampled_from([{"at_least": 90}, {"at_most": 60.5}]))}
    return {"signals": test}


facts_tests = st.sampled_from(
    [{"country": {"is": "de"}}, {"employees": {"at_least": 100}}, {"industry": {"one_of": ["retail", "steel"]}}]
)
conditions = st.recursive(
    st.just({}) | counts() | facts_tests,
    lambda inner: st.lists(inner, min_size=1, max_size=2).flatmap(
        lambda parts: st.sampled_from([{"all": parts}, {"any": parts}, {"not": parts[0]}])
    ),
    max_leaves=3,
)


@st.composite
def caps(draw: st.DrawFn) -> dict[str, Any]:
    cap: dict[str, Any] = draw(
        st.sampled_from([{"times": 1}, {"times": 2}, {"points": 15}, {"points": 30, "times": 4}])
    ).copy()
    if draw(st.booleans()):
        cap["per"] = draw(windows)
    if draw(st.integers(0, 3)) == 0:
        cap["each"] = "content"
    return cap


@st.composite
def rules(draw: st.DrawFn) -> Rules:
    engagement = []
    for number in range(draw(st.integers(1, 5))):
        rule: dict[str, Any] = {
            "id": f"rule-{number}",
            "points": draw(st.sampled_from([10, 50, 7, -20, 3])),
            "by_persona": {},
            "signal": draw(matches()),
            "when": draw(conditions),
        }
        if draw(st.booleans()):
            rule["at_most"] = draw(caps())
        if draw(st.integers(0, 3)) == 0:
            rule["half_life"] = draw(windows | st.just("never"))
        if draw(st.integers(0, 3)) == 0:
            rule["expires_after"] = draw(windows)
        engagement.append(rule)
    fit = [
        {"id": f"fit-{number}", "points": draw(st.integers(-60, 60)), "by_persona": {}, "when": draw(facts_tests)}
        for number in range(draw(st.integers(0, 3)))
    ]
    changed = {
        "engagement": engagement,
        "fit": fit,
        "half_life": draw(st.none() | st.just(30 * 24 * HOUR) | st.just(HOUR)),
        "full_score": draw(st.sampled_from([100, 100, 500])),
        "engagement_limits": draw(st.sampled_from([[-100, 100], [0, 60]])),
        "personas": [],
    }
    return {**AGREEMENT.rules, **changed}  # type: ignore[typeddict-item]


@st.composite
def signals(draw: st.DrawFn, most: int = 15) -> list[SignalRecorded]:
    moments = draw(st.lists(st.integers(0, 60), min_size=1, max_size=most))
    return [
        SignalRecorded(
            kind=draw(st.sampled_from([*KINDS, "unheard_of"])),
            source="test",
            reference=f"ref{number:03d}",
            occurred_at=NOW - timedelta(hours=draw(st.sampled_from([1, 7])) * hours),
            content=draw(st.none() | st.sampled_from(CONTENTS)),
            campaign=draw(st.none() | st.sampled_from(CAMPAIGNS)),
            properties=draw(st.sampled_from([{}, {}, *({"seconds": value} for value in SECONDS)])),
        )
        for number, hours in enumerate(moments)
    ]


def card_of(rules: Rules, version: int = 1) -> Scorecard:
    agreement: Agreement = AGREEMENT.model_copy(update={"rules": rules})
    return Scorecard(AgreementInForce(version=version, in_force_since="2026-11-01T00:00:00.000Z", agreement=agreement))


def recorded(event: Event, number: int) -> Recorded:
    return Recorded(event_id=event_id_of(LEAD_ID, number), lead_id=LEAD_ID, at=NOW, by="test", event=event)
