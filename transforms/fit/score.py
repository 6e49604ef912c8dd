"""The score of a fit: a weighted geometric mean over what is known."""

from dataclasses import dataclass

import numpy as np

from transforms.fit.component import Floats

Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]

MIN_COVERAGE = 0.5
"""Share of a brief's weight that must be known for a score."""

_ROUNDING = 1e-9


@dataclass(frozen=True, kw_only=True, eq=False)
class Scores:
    """Scores of the creators of one brief, and what each component did to them.

    Attributes
    ----------
    score
        0..1; NaN where less than MIN_COVERAGE of the weight is known.
    coverage
        0..1.
    contribution
        Component by creator: score less the score of the other components; NaN where the
        component is not known, stands alone, or there is no score.
    """

    score: Floats
    coverage: Floats
    contribution: Matrix


def score(values: Matrix, known: Matrix, weights: Floats) -> Scores:
    """Score creators by their components.

    Parameters
    ----------
    values
        Component by creator, 0..1; NaN where not known.
    known
        Share of what the component needs that was known, 0..1.
    weights
        Of each component in the brief, on any scale.

    Notes
    -----
    `exp(sum(w ln v) / sum(w))` with `w = weight * known`: a component known by half speaks with
    half its weight, so that what the score rests on is what the coverage counts,
    `sum(w) / sum(weight)`. A zero of any weight makes the score zero.
    """
    shares = weights / (weights.sum() or 1.0)
    is_known = ~np.isnan(values)
    weight = shares[:, None] * np.where(is_known, known, 0.0)
    logs, is_zero = _logs(values, weight)
    total, summed, zeros = weight.sum(axis=0), (weight * logs).sum(axis=0), is_zero.sum(axis=0)
    scored = total >= MIN_COVERAGE - _ROUNDING
    mean = np.where(scored, _mean(summed, total, zeros), np.nan)
    others = _mean(summed - weight * logs, total - weight, zeros - is_zero)
    others[:, (weight > 0).sum(axis=0) < 2] = np.nan
    return Scores(
        score=mean,
        coverage=np.clip(total, 0.0, 1.0),
        contribution=np.where(is_known, mean - others, np.nan),
    )


def _logs(values: Matrix, weight: Matrix) -> tuple[Matrix, np.ndarray]:
    counts = weight > 0
    logs = np.zeros_like(values)
    np.log(values, out=logs, where=counts & (values > 0))
    return logs, counts & (values == 0)


def _mean(summed: np.ndarray, weight: np.ndarray, zeros: np.ndarray) -> np.ndarray:
    mean = np.full(summed.shape, np.nan)
    np.divide(summed, weight, out=mean, where=weight > _ROUNDING)
    return np.where(zeros > 0, 0.0, np.minimum(np.exp(mean), 1.0))
