"""The scoring report: each rule against the handoffs that do not cite it, with intervals, and "too few"."""

from collections.abc import Sequence
from random import Random

import pytest

from baton.domain.reports.rows import report_groups
from baton.domain.reports.rows.report_groups import OTHERS, Figures, Report
from baton.domain.reports.rows.report_rows import HandoffRow
from baton.domain.reports.scoring_report import scoring_report
from baton.domain.statistics.won_shares import Counted, lift_interval, wilson
from baton.domain.trial.figures.rule_figures import rule_figures
from baton.domain.trial.trial_rows import Became
from baton.outreach.reports.report_page import report_page
from tests.unit.outreach.link_page_examples import ParsedPage
from tests.unit.reports.given import LATER, WEEK, handoff
from tests.unit.trial.test_trial_sums import CARD, SUMMING
from tests.unit.trial.test_trial_sums import row as tried_row

AGAINST = CARD.agreement.counted_as_lost
RULES = [rule["id"] for kind in ("fit", "engagement") for rule in CARD.rules[kind]]
STATES = ["won", "won", "lost", "returned", "open", "offered", "accepted"]
REASONS = ["bad_fit", "not_qualified", "bad_timing", "unreachable", None, "a reason that is agreed no more"]


def handoffs(number: int, state: str, *rules: str, reason: str | None = None) -> list[HandoffRow]:
    return [handoff(number=n, state=state, rules=rules, return_reason=reason) for n in range(number)]


def report(rows: Sequence[HandoffRow]) -> Report:
    return scoring_report(rows, WEEK, LATER, AGAINST)


def random_rows(seed: int, number: int = 400) -> list[HandoffRow]:
    chance = Random(seed)
    return [
        handoff(
            number=n,
            state=(state := chance.choice(STATES)),
            return_reason=chance.choice(REASONS) if state == "returned" else None,
            rules=tuple(chance.sample(RULES, chance.randrange(5))),
            score=chance.randrange(101),
            trigger=chance.choice(["score", "sql", "consultation"]),
        )
        for n in range(number)
    ]


def recounted(rows: Sequence[HandoffRow]) -> tuple[int, int]:
    won = sum(row.state == "won" for row in rows)
    lost = sum(row.state == "lost" for row in rows)
    back = sum(row.state == "returned" and row.return_reason in AGAINST for row in rows)
    return won, won + lost + back


def counts(figures: Figures) -> tuple[int, int]:
    return figures["won"], figures["of"]


@pytest.mark.parametrize("seed", range(8))
def test_a_rule_is_compared_with_every_handoff_of_the_period_that_does_not_cite_it(seed: int) -> None:
    rows = random_rows(seed)
    lines = report(rows).group("rule").lines
    assert {line.name for line in lines} == {rule for row in rows for rule in row.rules}
    for line in lines:
        assert counts(line.figures["counted"]) == recounted([row for row in rows if line.name in row.rules])
        assert counts(line.figures["without"]) == recounted([row for row in rows if line.name not in row.rules])


@pytest.mark.parametrize("seed", range(8))
def test_figures_of_a_group_are_those_of_its_own_handoffs(seed: int) -> None:
    rows = random_rows(seed)
    found = report(rows)
    assert counts(found.line("total", "all")["counted"]) == recounted(rows)
    for line in found.group("trigger").lines:
        assert counts(line.figures["counted"]) == recounted([row for row in rows if row.trigger == line.name])
    banded = [line.figures["counted"] for line in found.group("band").lines]
    assert (sum(each["won"] for each in banded), sum(each["of"] for each in banded)) == recounted(rows)


@pytest.mark.parametrize("seed", range(8))
def test_a_rule_is_judged_as_a_trial_judges_it(seed: int) -> None:
    rows = random_rows(seed)
    tried = [tried_row(n, became=Became(row.state, row.return_reason), rules=row.rules) for n, row in enumerate(rows)]
    of_trial = {each.rule: each for each in rule_figures(SUMMING.of(tried), CARD)}
    for line in report(rows).group("rule").lines:
        theirs, figures = of_trial[line.name], line.figures
        assert counts(figures["counted"]) == theirs.comparison.having
        assert counts(figures["without"]) == theirs.comparison.lacking
        assert figures["too_few"] == theirs.too_few
        for ours, figure in ((figures["lift"]["times"], theirs.comparison.lift), (figures["q"], theirs.q)):
            assert ours == (None if figure is None else pytest.approx(figure, abs=1e-4))


def test_a_rule_has_the_interval_of_each_figure() -> None:
    rows = [
        *handoffs(30, "won", "visit"),
        *handoffs(30, "lost", "visit"),
        *handoffs(20, "won"),
        *handoffs(60, "returned", reason="bad_fit"),
        *handoffs(7, "accepted", "visit"),
    ]
    figures = report(rows).line("rule", "visit")
    low, high = wilson(Counted(30, 60)) or (0, 0)
    assert figures["offered"] == 67
    assert figures["counted"] == {"won": 30, "of": 60, "share": 0.5, "low": round(low, 4), "high": round(high, 4)}
    assert figures["without"] == {"won": 20, "of": 80, "share": 0.25, "low": 0.1681, "high": 0.3548}
    assert figures["difference"] == {"share": 0.25, "low": 0.0886, "high": 0.3975}
    low, high = lift_interval(Counted(30, 60), Counted(20, 80)) or (0, 0)
    assert figures["lift"] == {"times": 2, "low": round(low, 4), "high": round(high, 4)}
    assert (figures["q"], figures["too_few"]) == (0.00225, False)


@pytest.mark.parametrize(
    ("won", "lost", "without_won", "without_lost", "too_few"),
    [
        pytest.param(10, 10, 10, 10, False, id="ten of each"),
        pytest.param(9, 40, 40, 40, True, id="nine won with the rule"),
        pytest.param(40, 9, 40, 40, True, id="nine others with it"),
        pytest.param(40, 40, 9, 40, True, id="nine won without it"),
        pytest.param(40, 40, 40, 9, True, id="nine others without it"),
        pytest.param(40, 40, 0, 0, True, id="cited by all"),
    ],
)
def test_a_rule_with_too_few_handoffs_of_a_kind_is_not_judged(
    won: int, lost: int, without_won: int, without_lost: int, *, too_few: bool
) -> None:
    rows = [*handoffs(won, "won", "visit"), *handoffs(lost, "lost", "visit")]
    rows += [*handoffs(without_won, "won"), *handoffs(without_lost, "lost")]
    figures = report(rows).line("rule", "visit")
    assert figures["too_few"] is too_few
    judged = [figures["q"], figures["lift"]["times"], figures["difference"]["share"], figures["lift"]["low"]]
    assert [each is None for each in judged] == [too_few] * 4
    assert figures["counted"]["of"] == won + lost, "what was counted is told all the same"


def test_a_rule_with_too_few_handoffs_spoils_no_other_rules_q() -> None:
    rows = [*handoffs(30, "won", "visit"), *handoffs(30, "lost", "visit"), *handoffs(20, "won"), *handoffs(60, "lost")]
    alone = report(rows).line("rule", "visit")["q"]
    few = [row._replace(rules=(*row.rules, "webinar")) if n < 9 else row for n, row in enumerate(rows)]
    assert report(few).line("rule", "visit")["q"] == alone
    tested = [row._replace(rules=(*row.rules, "webinar")) if n % 2 else row for n, row in enumerate(rows)]
    assert report(tested).line("rule", "visit")["q"] > alone


def test_a_return_speaks_against_the_rules_only_if_that_is_agreed() -> None:
    rows = [*handoffs(3, "returned", "visit", reason="bad_fit"), *handoffs(5, "returned", "visit", reason="bad_timing")]
    assert report(rows).line("rule", "visit")["counted"]["of"] == 3
    assert scoring_report(rows, WEEK, LATER, {"bad_timing"}).line("rule", "visit")["counted"]["of"] == 5
    assert report(rows).line("rule", "visit")["returned"] == 8


def test_rules_that_are_added_up_are_compared_with_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_groups, "MAX_LINES", 1)
    found = report([*handoffs(2, "won", "visit"), *handoffs(1, "won", "webinar"), *handoffs(1, "lost", "ebook")])
    assert "without" in found.line("rule", "visit")
    assert "without" not in found.line("rule", OTHERS)
    assert found.line("rule", OTHERS)["counted"]["of"] == 2


def test_the_page_tells_what_a_rule_says_in_words() -> None:
    rows = [
        *handoffs(30, "won", "visit"),
        *handoffs(30, "lost", "visit"),
        *handoffs(3, "won", "webinar"),
        *handoffs(17, "won"),
        *handoffs(60, "lost"),
    ]
    page = report_page([report(rows)])
    assert (
        ">visit</th><td>50% of 60 (38% to 62%)</td><td>25% of 80 (17% to 35%)</td>"
        "<td>2.0 times (1.3 to 3.2)</td><td>hardly, q is 0.002</td>" in page
    )
    assert (
        ">webinar</th><td>100% of 3 (44% to 100%)</td><td>34% of 137 (27% to 43%)</td>"
        "<td>–</td><td>too few leads</td>" in page
    )
    text = ParsedPage(page).text
    assert "Won with a rule and without it" in text
    assert "of leads that it never got, nothing here tells" in text


def test_the_page_of_no_handoffs_explains_nothing() -> None:
    assert "brackets" not in report_page([report([])])
