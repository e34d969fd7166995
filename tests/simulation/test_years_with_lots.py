"""In simulated years in which some leads are drawn by lot for sales, the same rules hold as in all others."""

from collections.abc import Iterator
from functools import cache

import pytest

from baton.agreement.terms.agreement import Agreement
from baton.domain.events.handoff_events import HandoffOffered
from baton.domain.qualification.audit import AUDIT
from tests.simulation import agreements
from tests.simulation.year import Year
from tests.simulation.year_check import YearCheck

SHARE = 20
SEEDS = (1, 2)


@pytest.fixture
def _lots_are_drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    usual = agreements._agreement

    @cache
    def with_lots(version: int) -> Agreement:
        agreed = usual(version)
        rules = {**agreed.rules, "audit": {"share": SHARE, "after": 3 * 86_400, "seed": 1}}
        handoffs = {**agreed.handoffs, AUDIT: agreed.handoffs["score"].model_copy(update={"unless": None})}
        return agreed.model_copy(update={"rules": rules, "handoffs": handoffs})

    monkeypatch.setattr(agreements, "_agreement", with_lots)
    agreements.in_force.cache_clear()
    agreements.card.cache_clear()
    yield
    monkeypatch.undo()
    agreements.in_force.cache_clear()
    agreements.card.cache_clear()


@pytest.mark.usefixtures("_lots_are_drawn")
@pytest.mark.parametrize("seed", SEEDS)
def test_a_year_with_lots_breaks_no_rule(seed: int) -> None:
    year = Year(seed)
    watch = YearCheck(year)
    year.live()
    watch.close()
    offers = [each.event for events in year.commands.histories.values() for each in events]
    drawn = [each for each in offers if isinstance(each, HandoffOffered) and each.trigger == AUDIT]
    assert drawn
    assert all(each.probability == SHARE / 100 and each.owner and not each.moves_line for each in drawn)
    others = [each for each in offers if isinstance(each, HandoffOffered) and each.trigger != AUDIT]
    assert all(each.probability is None for each in others)
