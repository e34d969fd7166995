"""A look finds the same moment as trying every moment at which anything changes by time alone."""

from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest

from baton.agreement.terms.agreement import Agreement, AgreementInForce
from baton.domain.conditions.opening_windows import opening_shifts, opening_windows
from baton.domain.leads.stage_and_status import WITH_MARKETING
from baton.domain.qualification.assessment import holds_at, moments_to_come
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.standing import Standing
from tests.unit.domain.scenario import Scenario
from tests.unit.given import AGREEMENT
from tests.unit.trial.random_leads import arrivals_of

DAY = 86_400
AT_LEAST = {"match": {"kind": {"is": "page_visited"}}, "at_least": 2, "within": 2 * DAY}
AT_MOST = {"match": {"kind": {"is": "page_visited"}}, "at_most": 1, "within": 3 * DAY}
BOTH = {**AT_LEAST, "at_most": 3}
SUM = {"match": {}, "sum": {"of": "seconds", "at_least": 1}, "within": DAY}
ANY = {"match": {"kind": {"is": "page_visited"}}, "within": DAY}


@pytest.mark.parametrize(
    ("test", "opens", "opens_under_not"),
    [(AT_LEAST, 0, 1), (AT_MOST, 1, 0), (BOTH, 1, 1), (SUM, 1, 1), (ANY, 0, 1), ({**AT_MOST, "within": None}, 0, 0)],
    ids=["at least", "at most", "both", "a sum", "any", "no window"],
)
def test_a_window_opens_a_condition_where_fewer_signals_help(test: Any, opens: int, opens_under_not: int) -> None:
    asked = {"signals": {name: value for name, value in test.items() if value is not None}}
    counters = Scorecard(_in_force({**AGREEMENT.rules, "mql": asked, "sql": None})).counters
    assert len(list(opening_windows({"all": [asked]}, counters))) == opens
    assert len(list(opening_windows({"any": [{"not": asked}]}, counters))) == opens_under_not
    assert len(list(opening_windows({"not": {"not": asked}}, counters))) == opens


def test_the_end_of_a_shift_opens_a_condition_only_under_a_not() -> None:
    shifted = {"shifted": {"within": DAY}}
    assert list(opening_shifts({"all": [shifted]})) == []
    assert list(opening_shifts({"all": [{"not": shifted}]})) == [DAY * 1000]


def _in_force(rules: Any) -> AgreementInForce:
    agreement: Agreement = AGREEMENT.model_copy(update={"rules": rules})
    return AgreementInForce(version=1, in_force_since="2026-11-01T00:00:00.000Z", agreement=agreement)


def _random_condition(chance: Random, depth: int = 2) -> dict[str, Any]:
    if depth and chance.random() < 0.6:
        parts = [_random_condition(chance, depth - 1) for _ in range(2)]
        return chance.choice([{"all": parts}, {"any": parts}, {"not": parts[0]}])
    tests = [AT_LEAST, AT_MOST, BOTH, ANY]
    others = [{"shifted": {"within": 5 * DAY}}, {"funnel": {"is": "tofu"}}, {"silent_for": {"at_least": 3 * DAY}}]
    return chance.choice(
        [*({"signals": {**each, "within": chance.choice([1, 3, 9]) * DAY}} for each in tests), *others]
    )


def _every_moment(standing: Standing) -> list[int]:
    """All moments at which any count, any stage of the funnel or any length of time changes."""
    tally, lengths = standing.tally, [each * DAY * 1000 for each in (1, 2, 3, 5, 9, 90)]
    times = [at for ats in tally.times.values() for at in ats] + [*tally.stages.values(), tally.acted_at]
    times += [tally.shifted_at] if tally.shifted_at else []
    moments = {at + length for at in times for length in lengths} | {tally.acted_at + 3 * DAY * 1000}
    return sorted(each for each in moments if each > standing.at)


def test_moments_to_come_have_the_first_one_at_which_anything_holds() -> None:
    found = 0
    for number in range(150):
        chance = Random(number)
        rules: Any = {**AGREEMENT.rules, "mql": _random_condition(chance), "sql": _random_condition(chance)}
        if number % 3 == 0:
            never = {"id": "n", "label": "n", "when": _random_condition(chance), "then": "stay", "team": None}
            rules["never"] = [never]
        card = Scorecard(_in_force(rules))
        lead = Scenario(card.agreement)
        for at, message in arrivals_of(number, signals=6):
            lead.now = at
            lead.sends(message.signal.kind, content_stage=message.signal.content_stage)
        if lead.known.status not in WITH_MARKETING:
            continue
        standing = Standing(lead.known, card, lead.standing.tally, round(lead.now.timestamp() * 1000))
        first = _first(standing, _every_moment(standing))
        assert _first(standing, moments_to_come(lead.known, standing, None)) == first, number
        found += first is not None
    assert found > 5


def _first(standing: Standing, moments: list[int]) -> datetime | None:
    holding = (at for at in moments if holds_at(standing.lead, standing.moved(at), None))
    return next((datetime.fromtimestamp(at / 1000, tz=UTC) for at in holding), None)
