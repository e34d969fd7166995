"""Fits the log odds of a win as a sum over conditions (logistic regression) under a normal prior of precision 1."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
PRECISION = 1.0
"""The prior's precision: a condition seen on few leads keeps close to the prior's mean."""
_MOST_STEPS, _SMALLEST_STEP, _CLOSE = 60, 1e-6, 1e-8
_BASE_PRECISION = 1e-6


class Outcomes(NamedTuple):
    """What became of the leads: 1 for won and 0 for others, and for how many leads each stands."""

    won: Numbers
    weight: Numbers

    def part(self, rows: npt.NDArray[np.intp]) -> "Outcomes":
        """Returns the outcomes of some leads."""
        return Outcomes(self.won[rows], self.weight[rows])

    def effective(self) -> "Outcomes":
        """Returns the outcomes with weights that add up to the number of leads that they are worth (Kish 1965).

        Twenty leads for which one stands are not twenty witnesses, and the prior must weigh as it does beside single
        leads.
        """
        return self._replace(weight=self.weight * (self.weight.sum() / (self.weight @ self.weight)))

    def tempered(self) -> "Outcomes":
        """Returns the outcomes with the square roots of their weights, to choose rules by.

        Full weights let a few leads decide; none would let the score decide that chose the others. Points are learned
        under full weights.
        """
        return self._replace(weight=np.sqrt(self.weight)).effective()


class Fit(NamedTuple):
    """A fitted model: the base and each condition's log odds, and its penalised log-likelihood.

    `information` is the matrix of second derivatives, base first, the prior included.
    """

    base: float
    log_odds: Numbers
    value: float
    information: Numbers
    chances: Numbers


def fit(
    held: Numbers,
    outcomes: Outcomes,
    towards: Numbers | None = None,
    precision: float = PRECISION,
    beside: Numbers | float = 0.0,
) -> Fit:
    """Returns the fit with the highest penalised log-likelihood, by Newton's method with halved steps.

    Plain Newton diverges on conditions that few leads meet; a step that lowers the value is halved until it does not.

    Args:
        held: leads × conditions; how far each lead meets each, such as 0 and 1.
        outcomes: of the same leads.
        towards: the prior's mean of each condition's log odds; 0 if not given.
        precision: of the prior.
        beside: log odds of each lead that are given, and not fitted.
    """
    design = np.column_stack([np.ones(len(held)), held])
    mean = np.concatenate([[0.0], np.zeros(held.shape[1]) if towards is None else towards])
    penalty = np.full(len(mean), precision)
    penalty[0] = _BASE_PRECISION
    at = mean.copy()
    at[0] = _base(outcomes)
    value = _value(design @ at + beside, outcomes, at - mean, penalty)
    for _ in range(_MOST_STEPS):
        chances = chances_of(design @ at + beside)
        gradient = design.T @ (outcomes.weight * (outcomes.won - chances)) - penalty * (at - mean)
        step = np.linalg.solve(_information(design, outcomes, chances, penalty), gradient)
        size = 1.0
        while size > _SMALLEST_STEP:
            tried = _value(design @ (at + size * step) + beside, outcomes, at + size * step - mean, penalty)
            if tried >= value:
                break
            size /= 2
        else:
            break
        gained, at, value = tried - value, at + size * step, tried
        if gained < _CLOSE * (1 + abs(value)):
            break
    chances = chances_of(design @ at + beside)
    return Fit(float(at[0]), at[1:], value, _information(design, outcomes, chances, penalty), chances)


def errors(held: Numbers, outcomes: Outcomes, fitted: Fit) -> Numbers:
    """Returns the standard error of each condition's log odds.

    Weighted outcomes are fewer than their weights say, so that errors are then by the sandwich of Huber and White.
    """
    inverse = np.linalg.inv(fitted.information)
    if np.ptp(outcomes.weight) > 0:
        design = np.column_stack([np.ones(len(held)), held])
        scores = design * (outcomes.weight * (outcomes.won - fitted.chances))[:, None]
        inverse = inverse @ (scores.T @ scores) @ inverse
    found: Numbers = np.sqrt(np.maximum(np.diag(inverse)[1:], 0.0))
    return found


def chances_of(log_odds: Numbers) -> Numbers:
    """Returns the chance of a win for log odds, without overflow."""
    found: Numbers = 1 / (1 + np.exp(-np.clip(log_odds, -35, 35)))
    return found


def log_likelihood(log_odds: Numbers, outcomes: Outcomes) -> float:
    """Returns the logarithm of the likelihood of the outcomes under each lead's log odds."""
    return float(outcomes.weight @ (outcomes.won * log_odds - np.logaddexp(0, log_odds)))


def _base(outcomes: Outcomes) -> float:
    share = float(outcomes.weight @ outcomes.won / outcomes.weight.sum())
    share = min(max(share, 1e-6), 1 - 1e-6)
    return float(np.log(share / (1 - share)))


def _value(log_odds: Numbers, outcomes: Outcomes, away: Numbers, penalty: Numbers) -> float:
    return log_likelihood(log_odds, outcomes) - float(penalty @ away**2) / 2


def _information(design: Numbers, outcomes: Outcomes, chances: Numbers, penalty: Numbers) -> Numbers:
    spread = outcomes.weight * chances * (1 - chances)
    found: Numbers = design.T @ (design * spread[:, None]) + np.diag(penalty)
    return found
