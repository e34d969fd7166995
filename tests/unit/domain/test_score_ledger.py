"""The score ledger: every point of a score with its rule and its signal."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.agreement.terms.rules import Rules
from baton.domain.events.signal_events import LeadCaptured, SignalRecorded
from baton.domain.leads.person_facts import Profile
from baton.domain.qualification.score_ledger import ExplainedEntry, explained_ledger
from baton.domain.scoring.engagement_rules import MAX_UNCAPPED
from tests.unit.domain.random_rules import card_of, rules, signals
from tests.unit.given import LEAD_ID, NOW, after_events
from tests.unit.standing import PACKAGED, agreed, did, history_of, read, standing, standing_after

CAPTURED = LeadCaptured(email="anna@example.com", source="test", agreement_version=1)
laters = st.sampled_from([0, 1, 5, 30, 24 * 8, 24 * 400]).map(lambda hours: NOW + timedelta(hours=hours))
WITHOUT_LIMIT = ("engagement: {at_least: -100, at_most: 100}", "engagement: {at_least: -100, at_most: 1000}")


def entries_of(rule: str, told: Sequence[ExplainedEntry]) -> list[ExplainedEntry]:
    return [entry for entry in told if entry.rule == rule]


@given(rules=rules(), done=signals(), at=laters)
def test_the_ledger_entries_add_up_to_the_score_and_name_signals_of_the_history(
    rules: Rules, done: list[SignalRecorded], at: Any
) -> None:
    card = card_of(rules)
    change = history_of(then=[CAPTURED, *done])
    then = standing_after(change, card, at)
    told = explained_ledger(then)
    assert sum(entry.points for entry in told) == then.total
    history = {recorded.event_id: recorded.event for recorded in change.events}
    for entry in told:
        assert entry.signal is None or entry.signal in history
        if entry.kind == "fit":
            assert entry.signal
        if entry.kind == "engagement":
            assert isinstance(history.get(entry.signal or "", done[0]), SignalRecorded)
            assert entry.signal or entry.note
        if entry.points != entry.awarded or not entry.awarded:
            assert entry.note or (entry.kind == "fit" and not entry.awarded)


@pytest.mark.parametrize(
    ("days_ago", "points", "note"),
    [
        (0, 5000, None),
        (15, 3536, "29% of it has faded"),
        (30, 2500, "half of it has faded"),
        (60, 1250, "75% of it has faded"),
        (900, 0, "all of it has faded"),
    ],
)
def test_an_entry_with_faded_points_tells_the_faded_share(days_ago: int, points: int, note: str | None) -> None:
    (entry,) = explained_ledger(standing(read("guide", days_ago)))
    assert (entry.points, entry.awarded, entry.note) == (points, 5000, note)


def test_an_entry_names_its_signal_with_kind_and_content_title() -> None:
    change = history_of(did("page_visited", 2), read("guide", 1))
    first, second = explained_ledger(standing_after(change))
    assert (first.rule, first.signal, first.what) == (
        "whitepaper",
        f"{LEAD_ID}-00000003",
        "content downloaded: The guide to a good handover",
    )
    assert (second.rule, second.signal, second.what) == ("visit", f"{LEAD_ID}-00000002", "page visited")
    assert first.at == NOW - timedelta(days=1)


def test_entries_of_two_signals_at_the_same_moment_name_no_content() -> None:
    assert [entry.what for entry in explained_ledger(standing(read("guide"), read("price-list")))] == [None, None]


def test_a_capped_entry_names_its_cap() -> None:
    told = explained_ledger(standing(*[did("page_visited", days / 2) for days in range(5)]))
    nothing = [entry for entry in entries_of("visit", told) if not entry.awarded]
    assert [entry.note for entry in nothing] == ["capped: at most 30 points in 7d"] * 2
    again = entries_of("whitepaper", explained_ledger(standing(read("guide", 1), read("guide"))))
    assert again[0].note == "capped: at most once for the same content"


def test_a_partly_capped_entry_tells_the_points_given() -> None:
    rules = agreed(("{points: 30, per: 7d}", "{points: 15, per: 7d}"))
    told = entries_of("visit", explained_ledger(standing(did("page_visited", 1), did("page_visited"), rules=rules)))
    assert (told[0].awarded, told[0].note) == (500, "capped: at most 15 points in 7d, 5 of 10 given")


def test_an_expired_entry_tells_the_date_of_its_expiry() -> None:
    rules = agreed(("signal: {kind: content_downloaded},", "signal: {kind: content_downloaded}, expires_after: 7d,"))
    (entry,) = explained_ledger(standing(read("guide", 10), rules=rules))
    assert (entry.points, entry.awarded, entry.note) == (0, 5000, "expired on 21 November 2026")


def test_earlier_awards_of_a_long_history_are_one_entry_that_tells_their_number() -> None:
    rules = agreed(("signal: {kind: email_clicked}, at_most: {points: 15, per: 30d}", "signal: {kind: email_clicked}"))
    told = explained_ledger(standing(*[did("email_clicked", days) for days in range(MAX_UNCAPPED + 34)], rules=rules))
    (summed,) = [entry for entry in entries_of("e-mail-clicked", told) if entry.signal is None]
    assert summed.note
    assert summed.note.startswith("sum of 34 earlier awards; ")


def test_a_fit_entry_is_dated_at_the_signal_that_told_the_fact() -> None:
    told = explained_ledger(standing(did("page_visited", 3), did("survey", 1, profile=Profile(title="VP Sales"))))
    (fit,) = entries_of("vice-president", told)
    assert (fit.kind, fit.points, fit.signal) == ("fit", 10_000, f"{LEAD_ID}-00000003")
    assert fit.at == NOW - timedelta(days=1)


def test_a_fit_entry_of_the_email_domain_is_dated_at_the_capture_of_the_lead() -> None:
    rules = agreed(("{company_domain: [rival.example]}", "{email_domain: example.com}"))
    (fit,) = entries_of("competitor", explained_ledger(standing(did("survey", 2), rules=rules)))
    assert (fit.signal, fit.at) == (f"{LEAD_ID}-00000001", NOW - timedelta(days=2))


@pytest.mark.parametrize(
    ("done", "points", "note"),
    [
        ([read(each) for each in ("guide", "price-list", "case-study")], -5000, "engagement counts at most 100 points"),
        ([did("survey", profile=Profile(title="VP")), read("guide")], -5000, "a score is never above 100"),
        ([did("unsubscribed")], 5000, "a score is never below 0"),
    ],
    ids=["of engagement", "above 100", "below 0"],
)
def test_the_last_entry_tells_the_points_cut_by_a_limit(done: list[Any], points: int, note: str) -> None:
    last = explained_ledger(standing(*done))[-1]
    assert (last.kind, last.points, last.note, last.signal) == ("limit", points, note, None)


def test_an_entry_with_points_for_a_persona_names_the_persona() -> None:
    rules = agreed(("{id: visit, points: 10,", "{id: visit, points: 10, by_persona: {it-leader: 25},"))
    done = did("page_visited", profile=Profile(title="Head of IT"))
    (visit,) = entries_of("visit", explained_ledger(standing(done, rules=rules)))
    assert (visit.points, visit.note) == (2500, "points for the persona it-leader")


def test_a_lead_without_signals_has_an_empty_ledger() -> None:
    assert explained_ledger(standing_after(history_of(then=[CAPTURED]), PACKAGED)) == []
    assert after_events(None, [CAPTURED])
