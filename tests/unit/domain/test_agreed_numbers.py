"""Numbers in the properties of signals: tests of one, sums of many, in rules, conditions and words."""

import random
from datetime import timedelta
from typing import Any

import pytest

from baton.domain.basics.amounts import sent_number
from baton.domain.conditions.condition_wording import condition_in_words, missing_in_words
from baton.domain.conditions.signal_sums import MAX_SUMMED
from baton.domain.events.signal_events import SignalRecorded
from baton.domain.history.change import Change
from baton.domain.qualification.assessment import schedule_look
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.signal_counting import counts_after
from baton.domain.signals.signal_recording import Signal
from baton.domain.signing.differences import difference_lines
from tests.unit.agreement.drafts import faults_of, read_draft, shipped_document_with
from tests.unit.given import LEAD_ID, NOW
from tests.unit.standing import card, did, history_of, lead_after, standing, standing_after

WATCHED = {"kind": "video_watched"}


def agreed(**sections: Any) -> Scorecard:
    changes = {"fit": [], "engagement": [], "personas": [], "content": [], **sections}
    return card(read_draft(shipped_document_with(*changes.items()), signed=True))


def watched(seconds: Any, days_ago: float = 0, **more: Any) -> Signal:
    return did("video_watched", days_ago, properties={} if seconds is None else {"seconds": seconds}, **more)


def for_watching(test: Any) -> Scorecard:
    return agreed(
        engagement=[{"id": "watched", "points": 10, "signal": {**WATCHED, "properties.seconds": test}}], score={}
    )


TESTED: list[tuple[Any, Any, bool]] = [
    (120, {"at_least": 120}, True),
    (119.999, {"at_least": 120}, False),
    ("120", {"at_least": 120}, True),
    ("120.0", 120, True),
    (120.0, 120, True),
    ("1,200", {"at_least": 1000}, True),
    ("1.125", {"at_most": 1.125}, True),
    ("1e3", 1000, True),
    ("-5", {"at_most": 0}, True),
    (0, {"known": True}, True),
    (0, {"at_least": 0}, True),
    ("100-200", {"at_least": 100}, True),
    ("100-200", {"at_least": 150}, False),
    ("100-200", {"at_most": 199}, False),
    (True, {"at_least": 1}, False),
    ("a while", {"at_least": 1}, False),
    ("nan", {"at_least": 0}, False),
    ("inf", {"at_least": 0}, False),
    ("1e400", {"at_least": 0}, False),
    ("9" * 60, {"at_least": 0}, False),
    ("", {"at_least": 0}, False),
    (None, {"at_most": 5}, False),
    (60, [30, 60], True),
    (60, {"between": [30, 60]}, True),
    (61, {"between": [30, 60]}, False),
    ("sixty", ["sixty", "ninety"], True),
    (60, "60", True),
]


@pytest.mark.parametrize(("sent", "test", "passes"), TESTED)
def test_the_number_of_a_property_is_tested(sent: Any, test: Any, passes: bool) -> None:
    assert standing(watched(sent), rules=for_watching(test)).earned() == (1000 if passes else 0)


def test_only_properties_have_numbers() -> None:
    told = faults_of(
        shipped_document_with(
            ("engagement", [{"id": "x", "points": 1, "signal": {"kind": 5, "content": {"at_least": 2}, "form": "a"}}])
        )
    )
    assert set(told) == {"engagement.x.signal.kind", "engagement.x.signal.content"}
    assert 'write it in quotes: "5"' in told["engagement.x.signal.kind"]


def summed(**test: Any) -> dict[str, Any]:
    within = {"within": test.pop("within")} if "within" in test else {}
    return {"signals": {"match": WATCHED, "sum": {"of": "seconds", **test}, **within}}


SUMS: dict[str, tuple[dict[str, Any], list[Signal], bool]] = {
    "enough": (summed(at_least=600), [watched(300, 2), watched(300, 1)], True),
    "short": (summed(at_least=600), [watched(300, 2), watched(299.9, 1)], False),
    "of texts": (summed(at_least=600), [watched("300", 2), watched("300.0", 1)], True),
    "tenths are exact": (summed(at_least=0.3), [watched(0.1, 3), watched(0.1, 2), watched(0.1, 1)], True),
    "within": (summed(at_least=600, within="30d"), [watched(300, 40), watched(599, 1)], False),
    "within, enough": (summed(at_least=600, within="30d"), [watched(300, 29), watched(300, 1)], True),
    "no number adds nothing": (summed(at_least=1), [watched("long", 1), watched(None, 2), watched(True, 3)], False),
    "below 0 adds nothing": (summed(at_least=100), [watched(100, 2), watched(-50, 1)], True),
    "of other kinds": (summed(at_least=1), [did("page_visited", properties={"seconds": 99})], False),
    "at most": (summed(at_most=600), [watched(600, 1)], True),
    "more than at most": (summed(at_most=600), [watched(600, 2), watched(1, 1)], False),
    "more long ago": (summed(at_most=600, within="7d"), [watched(600, 9), watched(1, 1)], True),
    "between": (summed(at_least=10, at_most=20), [watched(15, 1)], True),
    "above between": (summed(at_least=10, at_most=20), [watched(15, 2), watched(15, 1)], False),
    "of nothing": (summed(at_most=0), [did("page_visited")], True),
    "denied": ({"not": summed(at_least=600)}, [watched(599, 1)], True),
    "by its full name": (
        {"signals": {"match": WATCHED, "sum": {"of": "properties.seconds", "at_least": 5}}},
        [watched(5)],
        True,
    ),
    "of a range the lower end": (summed(at_least=150), [watched("100-200", 1)], False),
    "beside a number of signals": (
        {"signals": {"match": WATCHED, "at_least": 2, "sum": {"of": "seconds", "at_least": 5}}},
        [watched(9)],
        False,
    ),
}


@pytest.mark.parametrize(("condition", "did_", "holds"), SUMS.values(), ids=SUMS.keys())
def test_a_sum_of_a_property_holds(condition: dict[str, Any], did_: list[Signal], holds: bool) -> None:
    rules = agreed(mql=condition)
    then = standing(*did_, rules=rules)
    assert rules.mql is not None
    assert rules.mql(then.moment) is holds
    lacks = missing_in_words(rules.rules["mql"] or {}, then.moment, rules.counters)
    assert bool(lacks) is not holds


WORDS: dict[str, tuple[dict[str, Any], str]] = {
    "a sum": (
        {"signals": {"match": {"kind": {"is": "video_watched"}}, "sum": {"of": "seconds", "at_least": 600}}},
        "the sum of seconds at least 600 of signals (kind video_watched)",
    ),
    "a sum within": (
        {"signals": {"match": {}, "sum": {"of": "seats", "at_least": 1, "at_most": 2000}, "within": 86_400}},
        "the sum of seats at least 1 and at most 2,000 of signals in the last 1d",
    ),
    "a sum of several": (
        {"signals": {"match": {}, "at_least": 2, "sum": {"of": "seats", "at_least": 10}}},
        "at least 2 signals, and the sum of seats at least 10 of signals",
    ),
    "a number": (
        {"signals": {"match": {"properties.seconds": {"at_least": 120}}, "at_least": 1}},
        "at least 1 signal (properties.seconds at least 120)",
    ),
}


@pytest.mark.parametrize(("condition", "said"), WORDS.values(), ids=WORDS.keys())
def test_numbers_of_signals_are_told_in_words(condition: dict[str, Any], said: str) -> None:
    assert condition_in_words(condition) == said


def test_what_a_sum_lacks_is_told() -> None:
    rules = agreed(mql=summed(at_least=600, within="30d"))
    lacks = [
        missing_in_words(rules.rules["mql"] or {}, standing(each, rules=rules).moment, rules.counters)
        for each in (watched(350), did("page_visited"))
    ]
    said = "the sum of seconds at least 600 of signals (kind video_watched) in the last 30d"
    assert lacks == [[f"{said} (it is 350)"], [f"{said} (it is 0, there is no signal)"]]


FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "no number": (summed(), "write `at_least: 600`"),
    "of nothing": (summed(at_least=0), "always holds"),
    "below nothing": (summed(at_most=-1), "can never hold"),
    "the wrong way round": (summed(at_least=3, at_most=2), "can never hold"),
    "a text": (summed(at_least="long"), "`long` is a text"),
}


@pytest.mark.parametrize(("condition", "why"), FAULTS.values(), ids=FAULTS.keys())
def test_a_sum_that_says_nothing_is_a_fault(condition: dict[str, Any], why: str) -> None:
    assert why in "; ".join(faults_of(shipped_document_with(("mql", condition))).values())


def test_a_changed_sum_is_a_difference() -> None:
    old, new = (read_draft(shipped_document_with(("mql", summed(at_least=each)))) for each in (600, 700))
    (line,) = difference_lines(old, new)
    assert "at least 600" in line
    assert "at least 700" in line


def test_a_sum_at_most_is_looked_at_when_enough_has_left_its_days() -> None:
    rules = agreed(mql=summed(at_most=10, within="7d"))
    change = history_of(watched(8, 3), watched(8, 1))
    then = standing_after(change, rules)
    assert rules.mql is not None
    assert not rules.mql(then.moment)
    (look,) = schedule_look(lead_after(change), then, None, NOW)
    assert look.due_at - NOW == timedelta(days=4)  # type: ignore[union-attr]


def test_sums_are_the_same_in_any_order_of_arrival_and_stay_small() -> None:
    chance = random.Random(13)
    rules = agreed(mql=summed(at_least=50, within="7d"), sql=summed(at_most=3), threshold=100)
    for _ in range(12):
        sent = [
            SignalRecorded(
                kind="video_watched",
                source="test",
                reference=f"{number:03d}",
                occurred_at=NOW - timedelta(minutes=chance.randrange(60 * 24 * 20)),
                properties={"seconds": chance.choice([0.1, 7, "12.5", -3, "long", 30])},
            )
            for number in range(chance.randrange(1, 40))
        ]
        found = []
        for _ in range(3):
            chance.shuffle(sent)
            found.append(sums_after(sent, rules))
        assert found[0] == found[1] == found[2]
    many = [watched(0.01, days / 24) for days in range(MAX_SUMMED * 2)]
    (kept,) = standing(*many, rules=agreed(mql=summed(at_least=600))).tally.sums.values()
    assert len(kept) == MAX_SUMMED


def sums_after(sent: list[SignalRecorded], rules: Scorecard) -> dict[str, Any]:
    known = history_of(did("page_visited", 30))
    lead, history = lead_after(known), list(known.events)
    for each in sent:
        change = Change.begin(lead, LEAD_ID).then([each], NOW, "test")
        change = change.with_counts(counts_after(change, rules, history.copy))
        history += change.events
        lead = lead_after(change)
    return {key: [tuple(each) for each in values] for key, values in (lead.tally or {})["sums"].items()}


@pytest.mark.parametrize(
    ("written", "number"),
    [("120", 120), (" 12.5 ", 12.5), ("1,200", 1200), ("+7", 7), (".5", 0.5), ("2:30", None), ("", None), (None, None)],
)
def test_numbers_are_read_as_tools_send_them(written: str | None, number: float | None) -> None:
    assert sent_number(written) == number
