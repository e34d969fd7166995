"""Orders leads as Odoo's predictive lead scoring does: naive Bayes by the frequencies of values."""

import numpy as np
import numpy.typing as npt

from bench.proposal.data_sets import DataSet, Rows

_TO_AVOID_ZERO = 0.1


def frequencies(data: DataSet, learn: Rows, judge: Rows, *, numbers: bool) -> npt.NDArray[np.float64]:
    """Returns the log odds that Odoo's predictive lead scoring gives (naive Bayes by frequencies).

    Each value of a field has a count of won and of lost leads, both from .1 on. A lead's odds are those of all leads,
    times, for each value that was seen, its share of the field's won counts over its share of the lost ones. `numbers`
    says whether fields of numbers are taken too, each number being a value.
    """
    counts: dict[str, dict[str, list[float]]] = {}
    for row in learn:
        for name, value in data.facts[row].items():
            if numbers or isinstance(value, str):
                found = counts.setdefault(name, {}).setdefault(str(value), [_TO_AVOID_ZERO, _TO_AVOID_ZERO])
                found[int(not data.won[row])] += 1
    totals = {name: np.sum(list(values.values()), axis=0) for name, values in counts.items()}
    share = data.won[learn].mean()
    scores = np.full(len(judge), np.log(share / (1 - share)))
    for place, row in enumerate(judge):
        for name, value in data.facts[row].items():
            if seen := counts.get(name, {}).get(str(value)):
                won, lost = np.array(seen) / totals[name]
                scores[place] += np.log(won / lost)
    return scores
