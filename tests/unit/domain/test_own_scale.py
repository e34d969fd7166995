"""Scores in the company's own scale: thresholds, bands, ledger, mails, reports say `140 of 200`."""

from typing import Any

import pytest

from baton.agreement.__main__ import main
from baton.aws.leads.lead_views import score_view
from baton.domain.events.handoff_events import HandoffOffered
from baton.domain.events.recorded import Event
from baton.domain.handoffs.offering import offer
from baton.domain.leads.handoff import Handoff, is_limit, limits_out_of
from baton.domain.leads.person_facts import Profile
from baton.domain.qualification.score_ledger import explained_ledger
from baton.domain.qualification.triggers import due_handover
from baton.domain.reports.rows.report_rows import read_handoff
from baton.domain.reports.rows.row_figures import handoff_figures
from baton.domain.reports.scoring_report import band
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.standing import Standing
from baton.domain.signing.differences import difference_lines
from baton.outreach.mails.score_sections import score
from tests.unit.agreement.drafts import faults_of, read_draft, shipped_document_with
from tests.unit.given import NOW, SAM, after_events, rep, team
from tests.unit.standing import card, did, standing

RULES: dict[str, Any] = {
    "fit": [{"id": "chief", "points": 90, "when": {"title": {"matches": "chief"}}}],
    "engagement": [{"id": "trial", "points": 50, "signal": {"kind": "trial_started"}}],
    "personas": [],
    "content": [],
    "mql": {"score": {"at_least": 60}},
}
OWN: dict[str, Any] = {"full_score": 200, "scale": "points", "fit_bands": {"A": 80, "B": 0}}


def agreed(threshold: int = 140, **score_terms: Any) -> Scorecard:
    changes = {**RULES, "threshold": threshold, "score": {**OWN, **score_terms}}
    return card(read_draft(shipped_document_with(*changes.items()), signed=True))


def lead(*, trials: int = 1, rules: Scorecard) -> Standing:
    profile = Profile(title="Chief of staff")
    return standing(*(did("trial_started", day, profile=profile) for day in range(trials)), rules=rules)


def test_points_are_counted_as_they_are_agreed() -> None:
    then = lead(rules=agreed())
    assert (then.total, then.fit, then.engagement, then.threshold) == (14_000, 9000, 5000, 140)
    assert (then.moment["score"], then.moment["fit_band"]) == (140, "a")
    assert then.card.recycled_leads_earn == 5000


def test_a_full_score_is_the_top_and_the_ledger_adds_up() -> None:
    then = lead(trials=4, rules=agreed())
    assert then.total == 20_000
    assert sum(line.points for line in then.ledger()) == then.total
    cut = next(entry for entry in explained_ledger(then) if entry.kind == "limit")
    assert (cut.rule, cut.points, cut.note) == ("out of 200", -9000, "a score is never above 200")


def test_without_a_word_scores_stay_out_of_a_hundred() -> None:
    then = lead(rules=agreed(threshold=70, scale="hundred"))
    assert (then.total, then.card.top, then.threshold) == (7000, 100, 70)
    assert "scale" not in then.card.rules
    assert then.moment["fit_band"] == "a"


def test_both_scales_hand_over_the_same_leads() -> None:
    own, hundred = agreed(140), agreed(70, scale="hundred")
    for trials in range(4):
        reached = [due_handover(each.lead, each, None, NOW) is not None for each in both(trials, own, hundred)]
        assert reached[0] == reached[1]


def both(trials: int, *cards: Scorecard) -> list[Standing]:
    return [lead(trials=trials or 1, rules=each) for each in cards]


def handed_over(rules: Scorecard) -> tuple[Handoff, Event]:
    then = lead(rules=rules)
    found = due_handover(then.lead, then, None, NOW)
    assert found is not None
    offered = offer(then.lead, found, 1, team(rep(SAM)), NOW)
    after = after_events(then.lead, offered)
    assert after.handoff is not None
    return after.handoff, offered[0]


def test_a_handoff_keeps_the_full_score_of_its_day() -> None:
    handoff, offered = handed_over(agreed())
    assert (handoff.score, handoff.full_score) == (140, 200)
    assert handoff.reasons[0] == "the score of 140 has reached the threshold of 140"
    assert read_handoff(handoff_figures(handoff)).full_score == 200
    stored = offered.model_dump(mode="json")
    stored.pop("full_score")
    assert HandoffOffered.model_validate(stored).full_score == 100
    assert "full_score" not in handoff_figures(handoff.model_copy(update={"full_score": 100}))


def test_a_mail_says_out_of_what_the_score_is() -> None:
    rules = agreed()
    handoff, _ = handed_over(rules)
    by_hand = handoff.model_copy(update={"trigger": "manual"})
    then = lead(rules=rules).lead
    assert score(then, handoff, rules, NOW)[0] == "SCORE: 140 of 200"
    assert score(then, by_hand, rules, NOW)[0] == "SCORE: 140 of 200 (sales gets it from 140)"
    assert score(then, by_hand, agreed(70, scale="hundred"), NOW)[0] == "SCORE: 140 of 200"


def test_the_api_says_out_of_what_the_score_is() -> None:
    assert score_view(lead(rules=agreed()))["out_of"] == 200


@pytest.mark.parametrize(
    ("points", "full_score", "said"),
    [
        (72.5, 100, "70-79"),
        (100, 100, "100"),
        (0, 100, "0-9"),
        (140, 200, "140-159 of 200"),
        (159.9, 200, "140-159 of 200"),
        (200, 200, "200 of 200"),
        (7, 8, "7-7 of 8"),
    ],
)
def test_reports_have_bands_of_a_tenth(points: float, full_score: int, said: str) -> None:
    assert band(points, full_score) == said


def test_the_cuts_of_limits_are_no_rules() -> None:
    assert all(map(is_limit, (*limits_out_of(100), *limits_out_of(200))))
    assert not is_limit("visit")


FAULTS: dict[str, tuple[dict[str, Any], str, str]] = {
    "a threshold above the top": ({"threshold": 201, "score": OWN}, "threshold", "201 is too high; write 200 or less"),
    "one of several": (
        {"thresholds": [{"id": "x", "when": {"stage": "customer"}, "threshold": 300}], "score": OWN},
        "thresholds.x.threshold",
        "300 is too high; write 200 or less",
    ),
    "without the word": (
        {"threshold": 140, "score": {"full_score": 200}},
        "threshold",
        "140 is too high; write 100 or less; to count in points of the rules, write `scale: points`",
    ),
    "a score asked above it": ({"score": OWN, "mql": {"score": {"at_least": 250}}}, "mql.score", "are out of 200"),
    "one that limits cut off": (
        {"threshold": 200, "score": {**OWN, "fit": {"at_most": 50}, "engagement": {"at_most": 100}}},
        "threshold",
        "no lead ever has more than 150 out of 200",
    ),
    "another scale": ({"score": {"scale": "stars"}}, "score.scale", "write 'hundred' or 'points'"),
}


@pytest.mark.parametrize(("changes", "place", "why"), FAULTS.values(), ids=FAULTS.keys())
def test_a_score_that_nobody_reaches_is_a_fault(changes: dict[str, Any], place: str, why: str) -> None:
    assert why in faults_of(shipped_document_with(*changes.items()))[place]


def test_another_scale_is_a_difference() -> None:
    old, new = agreed(70, scale="hundred").agreement, agreed(140).agreement
    assert set(difference_lines(old, new)) == {"threshold 70 → 140", "scale hundred → points"}


def test_the_command_says_out_of_what(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    import yaml  # noqa: PLC0415

    file = tmp_path / "own.yaml"
    document = shipped_document_with(*RULES.items(), ("threshold", 140), ("score", OWN))
    file.write_text(yaml.safe_dump(document, sort_keys=False))
    main(["check", str(file)])
    assert "from 140 points out of 200" in capsys.readouterr().out
