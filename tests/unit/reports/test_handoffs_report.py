"""The handoffs report and the scoring report: outcomes of handoffs by trigger, rule, source, rep and score band."""

import pytest

from baton.domain.reports.handoffs_report import handoffs_report
from baton.domain.reports.rows import report_groups as reports
from baton.domain.reports.rows.report_groups import OTHERS
from baton.domain.reports.rows.report_rows import HandoffRow
from baton.domain.reports.scoring_report import band, scoring_report
from tests.unit.reports.given import KIM, LATER, SAM, WEEK, handoff, stint

GIVEN_BACK = {"state": "returned", "return_reason": "bad_timing"}
ROWS = [
    handoff(
        stint(SAM, 0, accepted_at=1, contacted_at=2), number=1, state="won", amount=1200.5, stars=5, rules=("visit",)
    ),
    handoff(
        stint(SAM, 0, accepted_at=1), number=2, state="returned", return_reason="bad_timing", rules=("visit", "ebook")
    ),
    handoff(stint(SAM, 0, until=9), stint(KIM, 9), number=3, persona="cto", score=72.9),
    handoff(stint(KIM, 0, contacted_at=5), number=4, state="lost", stars=2, trigger="score", score=100),
    handoff(number=5, **GIVEN_BACK, source="crm"),
    handoff(stint(None, 0), number=6, state="offered"),
]


def test_the_total_has_the_outcomes_of_all_handoffs() -> None:
    assert handoffs_report(ROWS, WEEK, LATER).line("total", "all") == {
        "offered": 6,
        "open": 2,
        "accepted": 3,
        "acceptance": 0.5,
        "contacted": 2,
        "passed_on": 1,
        "returned": 2,
        "returned_for": {"bad_timing": 2},
        "rated": 2,
        "mean_stars": 3.5,
        "stars": {"1": 0, "2": 1, "3": 0, "4": 0, "5": 1},
        "won": 1,
        "lost": 1,
        "win_rate": 0.5,
        "amount": 1200.5,
        "amounts": {"(none)": 1200.5},
    }


@pytest.mark.parametrize(
    ("deals", "amount", "amounts"),
    [
        pytest.param([(500.0, "EUR"), (0.25, "EUR")], 500.25, {"EUR": 500.25}, id="one currency"),
        pytest.param([(500.0, "kr"), (700.0, "EUR"), (1.0, "kr")], None, {"EUR": 700, "kr": 501}, id="two currencies"),
        pytest.param([(500.0, None), (700.0, "EUR")], None, {"(none)": 500, "EUR": 700}, id="an older deal"),
        pytest.param([(500.0, None), (700.0, None)], 1200, {"(none)": 1200}, id="older deals only"),
        pytest.param([(None, None)], 0, {}, id="no amount"),
    ],
)
def test_amounts_of_different_currencies_are_never_added_up(
    deals: list[tuple[float | None, str | None]], amount: float | None, amounts: dict[str, float]
) -> None:
    rows = [
        handoff(number=number, state="won", amount=worth, currency=currency)
        for number, (worth, currency) in enumerate(deals, 1)
    ]
    total = handoffs_report(rows, WEEK, LATER).line("total", "all")
    assert (total["amount"], total["amounts"]) == (amount, amounts)


@pytest.mark.parametrize(
    ("group", "name", "offered"),
    [
        ("trigger", "consultation", 5),
        ("trigger", "score", 1),
        ("rule", "visit", 2),
        ("rule", "ebook", 1),
        ("persona", "cto", 1),
        ("persona", "(none)", 5),
        ("source", "crm", 1),
        ("campaign", "(none)", 6),
        ("channel", "inbound", 6),
        ("rep", SAM, 3),
        ("rep", KIM, 2),
        ("rep", "nobody", 2),
        ("team", "sales", 6),
    ],
)
def test_a_handoff_counts_in_each_group_under_its_name(group: str, name: str, offered: int) -> None:
    assert handoffs_report(ROWS, WEEK, LATER).line(group, name)["offered"] == offered


def test_lines_are_sorted_by_the_number_of_handoffs() -> None:
    lines = handoffs_report(ROWS, WEEK, LATER).group("rule").lines
    assert [line.name for line in lines] == ["visit", "ebook"]


def test_the_lines_of_a_group_are_cut_and_the_rest_is_summed_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "MAX_LINES", 2)
    rows = [handoff(number=number, campaign=name) for number, name in enumerate("aaabbcd")]
    lines = handoffs_report(rows, WEEK, LATER).group("campaign").lines
    assert [(line.name, line.figures["offered"]) for line in lines] == [("a", 3), ("b", 2), (OTHERS, 2)]


@pytest.mark.parametrize(
    ("score", "expected"),
    [(0, "0-9"), (9.99, "0-9"), (10, "10-19"), (72.93, "70-79"), (99.99, "90-99"), (100, "100"), (None, "(none)")],
)
def test_a_score_is_in_a_band_of_ten_points(score: float | None, expected: str) -> None:
    assert band(score) == expected


def test_the_scoring_report_has_the_outcomes_of_each_rule_and_score_band() -> None:
    told = scoring_report(ROWS, WEEK, LATER)
    assert told.line("rule", "visit")["returned_for"] == {"bad_timing": 1}
    assert [line.name for line in told.group("band").lines] == ["100", "70-79", "(none)"]
    assert told.line("band", "100")["lost"] == 1


def test_a_lead_accepted_by_two_owners_counts_as_accepted_once() -> None:
    again: HandoffRow = handoff(stint(SAM, 0, accepted_at=1, until=9), stint(KIM, 9, accepted_at=10))
    assert handoffs_report([again], WEEK, LATER).line("total", "all")["accepted"] == 1


def test_a_return_as_wrong_person_counts_its_reason_although_the_handoff_stays_open() -> None:
    passed = stint(SAM, 0, until=9)._replace(returned_for="wrong_person")
    total = handoffs_report([handoff(passed, stint(KIM, 9))], WEEK, LATER).line("total", "all")
    assert (total["returned"], total["open"], total["returned_for"]) == (0, 1, {"wrong_person": 1})


def test_each_rep_has_the_figures_of_the_own_share_and_the_last_rep_has_the_outcome() -> None:
    rows = [
        handoff(stint(SAM, 0, until=30), stint(KIM, 30, accepted_at=31), number=1, state="won", stars=5, amount=900.0),
        handoff(stint(SAM, 0, accepted_at=1, until=9)._replace(returned_for="wrong_person"), stint(KIM, 9), number=2),
        handoff(stint(SAM, 0, until=9)._replace(returned_for="wrong_person"), stint(None, 9), number=3),
    ]
    told = handoffs_report(rows, WEEK, LATER)
    shown = ("offered", "open", "accepted", "acceptance", "passed_on", "returned_for", "rated", "won", "amount")
    assert {line.name: tuple(line.figures[name] for name in shown) for line in told.group("rep").lines} == {
        SAM: (3, 0, 1, 0.3333, 3, {"wrong_person": 2}, 0, 0, 0),
        KIM: (2, 1, 1, 0.5, 0, {}, 1, 1, 900),
        "nobody": (1, 1, 0, 0, 0, {}, 0, 0, 0),
    }
