"""The bench reproduces the arithmetic of Odoo's lead scoring."""

from math import log

import numpy as np
import pytest

from bench.proposal.data_sets import DataSet
from bench.proposal.odoo_frequencies import frequencies

FACTS = [{"source": "fair", "visits": 2.0}, {"source": "fair"}, {"source": "web"}, {"source": "web"}, {"source": "new"}]
DATA = DataSet("four leads that learn, one that judges", FACTS, np.array([1.0, 0.0, 1.0, 0.0, 0.0]))
LEARN, JUDGE = np.arange(4), np.array([0, 4])


def test_the_odds_are_those_of_all_leads_times_each_values_share_of_won_over_lost() -> None:
    """Of the values of `source` each was won 1.1 times and lost 1.1 times, of `visits` 1.1 and .1 times."""
    scores = frequencies(DATA, LEARN, JUDGE, numbers=True)
    assert scores[0] == pytest.approx(log(1) + log((1.1 / 2.2) / (1.1 / 2.2)) + log((1.1 / 1.1) / (0.1 / 0.1)))


def test_a_value_that_was_never_seen_says_nothing() -> None:
    assert frequencies(DATA, LEARN, JUDGE, numbers=False)[1] == pytest.approx(log(2 / 2))


def test_a_value_that_was_mostly_won_raises_the_odds() -> None:
    won = DATA._replace(won=np.array([1.0, 1.0, 0.0, 0.0, 0.0]))
    assert frequencies(won, LEARN, JUDGE, numbers=False)[0] == pytest.approx(log((2.1 / 2.2) / (0.1 / 2.2)))
