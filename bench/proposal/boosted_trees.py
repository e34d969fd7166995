"""Orders leads by boosted trees, with no limit on what they may combine."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier

from bench.proposal.data_sets import DataSet, Facts, Rows

Scores = npt.NDArray[np.float64]
_MOST_CATEGORIES = 250
_SETTINGS = ({"learning_rate": 0.1, "max_iter": 100}, {"learning_rate": 0.03, "max_iter": 300, "min_samples_leaf": 40})


def boosted(data: DataSet, learn: Rows, judge: Rows) -> list[Scores]:
    """Returns the scores of boosted trees, for each of some settings.

    Unseen values and missing ones are categories of their own: the library takes an unseen one for a missing one.
    """
    columns, categorical = _as_numbers(data.facts, learn)
    found = list[Scores]()
    for settings in _SETTINGS:
        trees = HistGradientBoostingClassifier(
            categorical_features=categorical or None, random_state=0, early_stopping=False, **settings
        )
        trees.fit(columns[learn], data.won[learn])
        found.append(np.asarray(trees.predict_proba(columns[judge])[:, 1]))
    return found


def _as_numbers(facts: Sequence[Facts], learn: Rows) -> tuple[Scores, list[int]]:
    names = sorted({name for each in facts for name in each})
    columns, categorical = np.full((len(facts), len(names)), np.nan), list[int]()
    for place, name in enumerate(names):
        values = [each.get(name) for each in facts]
        if any(isinstance(value, str) for value in values):
            categorical.append(place)
            often = Counter(values[row] for row in learn if values[row] is not None).most_common(_MOST_CATEGORIES)
            codes = {value: code for code, (value, _) in enumerate(often)}
            unseen, missing = len(codes), len(codes) + 1
            columns[:, place] = [missing if value is None else codes.get(value, unseen) for value in values]
        else:
            columns[:, place] = [np.nan if value is None else value for value in values]
    return columns, categorical
