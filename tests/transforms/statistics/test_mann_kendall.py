import numpy as np
import pymannkendall
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau

from transforms.statistics.mann_kendall import MEDIAN_NOISE, mann_kendall
from transforms.statistics.points import Points, single_segment


def evenly(series: list[np.ndarray]) -> Points:
    """Put series of equally spaced values side by side."""
    return single_segment(
        np.concatenate([[0], np.cumsum([len(s) for s in series])]),
        np.concatenate([np.arange(1.0, len(s) + 1) for s in series]),
        np.concatenate(series).astype(float),
    )


def autoregressive(rng: np.random.Generator, n: int, phi: float) -> np.ndarray:
    value = rng.normal(size=n)
    for i in range(1, n):
        value[i] += phi * value[i - 1]
    return value


def plainly(series: np.ndarray) -> tuple[float, float, float]:
    found = pymannkendall.original_test(series)
    return found.s, found.var_s, found.p


@given(st.lists(st.lists(st.integers(-4, 4), min_size=2, max_size=60), min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_score_with_ties_agrees_with_pymannkendall(values):
    series = [np.array(v, dtype=float) for v in values]
    ours = mann_kendall(evenly(series))
    for group, each in enumerate(series):
        s, variance, p = plainly(each) if len(set(each)) > 1 else (0, 0, 1.0)
        assert ours.slopes.score[group] == s
        if ours.method[group] == "mann_kendall":
            assert ours.variance[group] == pytest.approx(variance, abs=1e-9)
            assert ours.p[group] == pytest.approx(p, abs=1e-12)
        else:
            assert ours.variance[group] >= variance
            assert ours.p[group] >= p - 1e-12


def test_series_of_2_to_60_points_agree_with_pymannkendall():
    rng = np.random.default_rng(2)
    series = [rng.integers(0, 30, n).astype(float) for n in range(2, 61)]
    ours = mann_kendall(evenly(series))
    is_plain = ours.method == "mann_kendall"
    assert is_plain.sum() > 50
    for group in np.flatnonzero(is_plain):
        found = pymannkendall.original_test(series[group])
        assert ours.p[group] == pytest.approx(found.p, abs=1e-12)
        assert ours.tau[group] == pytest.approx(found.Tau)


def test_autocorrelated_series_agree_with_hamed_and_rao():
    rng = np.random.default_rng(4)
    series = [autoregressive(rng, n, 0.7) for n in range(20, 61)]
    ours = mann_kendall(evenly(series))
    is_corrected = ours.method == "mann_kendall_hamed_rao"
    assert is_corrected.sum() > 25
    for group in np.flatnonzero(is_corrected):
        found = pymannkendall.hamed_rao_modification_test(series[group])
        assert ours.variance[group] == pytest.approx(found.var_s, rel=1e-10)
        assert ours.p[group] == pytest.approx(found.p, abs=1e-12)


def test_the_correction_never_shrinks_the_variance():
    rng = np.random.default_rng(5)
    series = [
        autoregressive(rng, 30, phi) for phi in (-0.8, -0.4, 0.0, 0.4, 0.8) for _ in range(40)
    ]
    ours = mann_kendall(evenly(series))
    assert (ours.variance >= 30 * 29 * 65 / 18 - 1e-9).all()
    theirs = [pymannkendall.hamed_rao_modification_test(s).var_s for s in series]
    assert min(theirs) < 30 * 29 * 65 / 18


def test_the_correction_widens_the_interval_of_the_slope():
    rng = np.random.default_rng(6)
    points = evenly([autoregressive(rng, 60, 0.8) for _ in range(5)])
    from transforms.statistics.theil_sen import theil_sen

    plain, ours = theil_sen(points), mann_kendall(points)
    is_corrected = ours.method == "mann_kendall_hamed_rao"
    assert is_corrected.any()
    assert (ours.slopes.low < plain.low)[is_corrected].all()
    assert (ours.slopes.high > plain.high)[is_corrected].all()


def test_scores_and_variances_are_summed_over_segments():
    rng = np.random.default_rng(8)
    first, second = rng.normal(size=15), 50 + rng.normal(size=11)
    segment = np.repeat([3, 9], [15, 11])
    value = np.concatenate([first, second])
    ours = mann_kendall(Points(np.array([0, 26]), np.arange(26.0), value, segment))
    parts = [pymannkendall.original_test(each) for each in (first, second)]
    assert ours.slopes.score[0] == sum(part.s for part in parts)
    assert ours.variance[0] == pytest.approx(sum(part.var_s for part in parts))
    assert ours.method[0] == "mann_kendall_segmented"


def test_a_step_at_a_segment_is_no_trend():
    rng = np.random.default_rng(9)
    value = np.concatenate([rng.normal(size=20), 3 + rng.normal(size=20)])
    offsets, time = np.array([0, 40]), np.arange(40.0)
    whole = mann_kendall(single_segment(offsets, time, value))
    divided = mann_kendall(Points(offsets, time, value, np.repeat([0, 1], 20)))
    assert whole.p[0] < 0.001
    assert divided.p[0] > 0.05


def test_ties_in_time_have_the_variance_of_kendall():
    rng = np.random.default_rng(10)
    time, value = (
        np.sort(rng.integers(0, 9, 30)).astype(float),
        rng.integers(0, 6, 30).astype(float),
    )
    order = np.lexsort((value, time))
    ours = mann_kendall(single_segment(np.array([0, 30]), time[order], value[order]))
    p_without_continuity = kendalltau(time, value, method="asymptotic").pvalue
    from math import erfc, sqrt

    z = abs(ours.slopes.score[0]) / sqrt(ours.variance[0])
    assert ours.method[0] == "mann_kendall"
    assert erfc(z / sqrt(2)) == pytest.approx(p_without_continuity, rel=1e-9)


def test_equal_values_and_single_points_are_no_evidence():
    points = single_segment(np.array([0, 1, 6]), np.arange(6.0), np.array([1.0, 2, 2, 2, 2, 2]))
    ours = mann_kendall(points)
    assert np.isnan(ours.p[0])
    assert ours.p[1] == 1.0
    assert ours.slopes.slope[1] == 0.0


def test_medians_taken_out_beforehand_raise_the_variance_and_widen_the_interval():
    rng = np.random.default_rng(13)
    points = evenly([rng.normal(size=28), rng.normal(size=28)])
    plain, freed = mann_kendall(points), mann_kendall(points, np.array([6, 0]))
    assert freed.variance[0] == pytest.approx(plain.variance[0] * 28 / 22 * MEDIAN_NOISE)
    assert freed.variance[1] == plain.variance[1]
    assert freed.p[0] > plain.p[0]
    assert freed.slopes.low[0] < plain.slopes.low[0]
    assert freed.slopes.low[1] == plain.slopes.low[1]


def test_noise_is_called_a_trend_about_one_time_in_twenty():
    rng = np.random.default_rng(12)
    ours = mann_kendall(evenly(list(rng.normal(size=(4000, 30)))))
    assert 0.035 < (ours.p < 0.05).mean() < 0.06
    assert (ours.method != "mann_kendall").mean() < 0.03
