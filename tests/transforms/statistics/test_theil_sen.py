import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import theilslopes

from transforms.statistics import points as points_module
from transforms.statistics.points import Points, single_segment
from transforms.statistics.theil_sen import theil_sen

tied_values = st.lists(
    st.integers(-5, 5) | st.floats(-1e3, 1e3, allow_nan=False).map(lambda v: round(v, 3)),
    min_size=2,
    max_size=60,
)


def grouped(series: list[tuple[np.ndarray, np.ndarray]]) -> Points:
    """Put (time, value) series side by side, each sorted."""
    parts = [np.lexsort((value, time)) for time, value in series]
    return single_segment(
        np.concatenate([[0], np.cumsum([len(time) for time, _ in series])]),
        np.concatenate([time[order] for (time, _), order in zip(series, parts, strict=True)]),
        np.concatenate([value[order] for (_, value), order in zip(series, parts, strict=True)]),
    )


def random_series(seed: int, sizes: list[int], steps: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Draw series with ties in time and value."""
    rng = np.random.default_rng(seed)
    return [
        (rng.integers(0, 90, n) + rng.integers(0, steps, n) / steps, rng.integers(0, 12, n) / 4)
        for n in sizes
    ]


@pytest.mark.filterwarnings("ignore:All `x` coordinates are identical")
@given(st.lists(tied_values, min_size=1, max_size=6), st.integers(1, 30))
@settings(max_examples=60, deadline=None)
def test_every_group_agrees_with_scipy(values, days):
    series = [((np.arange(len(v)) % days).astype(float), np.array(v, dtype=float)) for v in values]
    ours = theil_sen(grouped(series))
    for group, (time, value) in enumerate(series):
        theirs = theilslopes(value, time)
        found = [ours.slope[group], ours.low[group], ours.high[group]]
        expected = [theirs.slope, theirs.low_slope, theirs.high_slope]
        np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)


@pytest.mark.filterwarnings("ignore:All `x` coordinates are identical")
def test_groups_of_2_to_60_points_batched_together_agree_with_scipy():
    series = random_series(7, list(range(2, 61)) * 3, steps=24)
    ours = theil_sen(grouped(series))
    theirs = [theilslopes(value, time) for time, value in series]
    np.testing.assert_allclose(ours.slope, [t.slope for t in theirs], rtol=0, atol=1e-12)
    np.testing.assert_allclose(ours.low, [t.low_slope for t in theirs], rtol=0, atol=1e-12)
    np.testing.assert_allclose(ours.high, [t.high_slope for t in theirs], rtol=0, atol=1e-12)


def test_the_size_of_a_batch_changes_nothing(monkeypatch):
    points = grouped(random_series(3, [2, 5, 17, 40, 41, 42, 43, 60] * 4, steps=1000))
    whole = theil_sen(points)
    monkeypatch.setattr(points_module, "PAIRS_PER_BATCH", 1)
    single = theil_sen(points)
    np.testing.assert_array_equal(whole.slope, single.slope)
    np.testing.assert_array_equal(whole.low, single.low)
    np.testing.assert_array_equal(whole.score, single.score)


def test_only_pairs_within_a_segment_are_compared():
    time = np.array([0.0, 1.0, 2.0, 3.0, 4.0, 5.0])
    value = np.array([0.0, 1.0, 2.0, 100.0, 101.0, 102.0])
    offsets = np.array([0, 6])
    broken = theil_sen(Points(offsets, time, value, np.array([0, 0, 0, 1, 1, 1])))
    assert broken.slope[0] == pytest.approx(1.0)
    assert broken.pairs[0] == 6
    assert broken.score[0] == 6
    assert theil_sen(single_segment(offsets, time, value)).slope[0] > 10


def test_the_interval_over_segments_takes_the_summed_variance():
    rng = np.random.default_rng(11)
    time, value = np.tile(np.arange(12.0), 2), rng.normal(size=24)
    segment = np.repeat([0, 1], 12)
    found = theil_sen(Points(np.array([0, 24]), time, value, segment))
    pairs = np.sort(
        [
            (value[j] - value[i]) / (time[j] - time[i])
            for i in range(24)
            for j in range(i + 1, 24)
            if segment[i] == segment[j]
        ]
    )
    reach = 1.959963984540054 * np.sqrt(2 * 12 * 11 * 29 / 18)
    assert found.low[0] == pairs[round((len(pairs) - reach) / 2) - 1]
    assert found.high[0] == pairs[round((len(pairs) + reach) / 2)]


def test_groups_without_two_times_have_no_slope():
    offsets = np.array([0, 0, 1, 3])
    found = theil_sen(single_segment(offsets, np.array([1.0, 2.0, 2.0]), np.array([1.0, 5.0, 6.0])))
    assert np.isnan(found.slope).all()
    assert np.isnan(found.low).all()
    assert found.pairs.tolist() == [0, 0, 0]


def test_a_larger_variance_widens_the_interval():
    points = grouped(random_series(5, [40], steps=1000))
    plain = theil_sen(points)
    wide = theil_sen(points, variance=np.array([40 * 39 * 85 / 18 * 3.0]))
    assert wide.low[0] < plain.low[0] < plain.high[0] < wide.high[0]
    assert wide.slope[0] == plain.slope[0]


def test_unsorted_or_unfinished_points_are_refused():
    offsets = np.array([0, 2])
    with pytest.raises(ValueError, match="not sorted"):
        single_segment(offsets, np.array([2.0, 1.0]), np.zeros(2))
    with pytest.raises(ValueError, match="finite"):
        single_segment(offsets, np.array([1.0, 2.0]), np.array([0.0, np.nan]))
    with pytest.raises(ValueError, match="offsets"):
        single_segment(np.array([0, 3]), np.array([1.0, 2.0]), np.zeros(2))
