"""Learns tables of points from a data set's facts, by the candidates and the choice of proposals."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from baton.agreement.reading.agreement_reader import packaged_text, read_agreement
from baton.domain.conditions.compiled_conditions import Moment
from baton.domain.leads.signal_counts import SignalCounts
from baton.learning.candidate_rules import Asked, new_rules
from baton.learning.fitting.forward_choice import MOST_RULES, Gate, choose
from baton.learning.fitting.log_odds_fit import Outcomes
from baton.learning.fitting.table_fit import Quality, new_points, quality
from baton.learning.known_leads import KnownLead, card_in_points
from bench.proposal.data_sets import DataSet, Facts, Rows

Scores = npt.NDArray[np.float64]
BEGUN = datetime(2025, 1, 1, tzinfo=UTC)
NOTHING = SignalCounts(1)


class Candidates(NamedTuple):
    """The rules that some leads offer, and how far all leads meet them."""

    names: Sequence[str]
    held: Scores


def known(data: DataSet, rows: Rows) -> list[KnownLead]:
    """Returns leads as a proposal knows them; each fact is an attribute, and the leads are spread over a year."""
    count = len(data.facts)
    return [
        KnownLead(
            f"lead-{row:06}",
            BEGUN + timedelta(days=365 * int(row) / count),
            Moment({f"attributes.{name}": value for name, value in data.facts[row].items()}, NOTHING, 0),
            {},
            0.0,
            Counter(),
            bool(data.won[row]),
            1.0,
        )
        for row in rows
    ]


def candidates(data: DataSet, learn: Rows) -> Candidates:
    """Returns the candidates of the leads that are learned from; all facts may be asked for, as boosting has them."""
    leads = known(data, learn)
    allowed = frozenset(name for lead in leads for name in lead.moment)
    card = card_in_points(read_agreement(packaged_text()))
    rules = new_rules(leads, card, Asked(allowed)).rules
    held = [[_meets(rule.clause["when"]["attributes"], facts) for facts in data.facts] for rule in rules]
    return Candidates([rule.id for rule in rules], np.array(held, dtype=float).T.reshape(len(data.facts), len(rules)))


def _meets(asked: dict[str, Any], facts: Facts) -> bool:
    [(name, test)] = asked.items()
    value = facts.get(name)
    if isinstance(test, dict):
        return isinstance(value, float) and bool(test.get("at_least", value) <= value <= test.get("at_most", value))
    return bool(value == test)


def learned(found: Candidates, outcomes: Outcomes, learn: Rows, gate: Gate) -> tuple[list[int], Scores]:
    """Returns the chosen rules and the sums of all leads under the points that were learned."""
    held = found.held[learn]
    chosen = choose(held, outcomes, gate, MOST_RULES)
    if not chosen:
        return [], np.zeros(len(found.held))
    return chosen, found.held[:, chosen] @ new_points(held[:, chosen], outcomes).points


def judged(scores: Scores, data: DataSet, judge: Rows) -> Quality:
    """Returns how well scores of the leads that judge order them."""
    return quality(scores, Outcomes(data.won[judge], np.ones(len(judge))))
