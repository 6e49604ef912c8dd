import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import iqr, median_abs_deviation

from transforms.statistics.spread import (
    interquartile_range,
    median_absolute_deviation,
    quantile,
)

groups_of_values = st.lists(
    st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30), min_size=1, max_size=8
)


@given(groups_of_values, st.sampled_from([0.0, 0.25, 0.5, 0.9, 1.0]))
def test_each_group_agrees_with_numpy_and_scipy(groups, share):
    values = np.concatenate([np.array(g) for g in groups])
    offsets = np.concatenate([[0], np.cumsum([len(g) for g in groups])])
    near = {"rtol": 1e-9, "atol": 1e-9}
    np.testing.assert_allclose(
        quantile(values, offsets, share), [np.quantile(g, share) for g in groups], **near
    )
    np.testing.assert_allclose(
        interquartile_range(values, offsets), [iqr(g) for g in groups], **near
    )
    np.testing.assert_allclose(
        median_absolute_deviation(values, offsets),
        [median_abs_deviation(g) for g in groups],
        **near,
    )


def test_an_empty_group_has_no_quantile():
    found = quantile(np.array([1.0, 3.0]), np.array([0, 0, 2]), 0.5)
    np.testing.assert_array_equal(found, [np.nan, 2.0])
