import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from transforms.statistics.false_discovery import benjamini_hochberg


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40), st.integers(1, 4))
def test_each_family_agrees_with_scipy(p_values, families):
    p, family = np.array(p_values), np.arange(len(p_values)) % families
    ours = benjamini_hochberg(p, family)
    for each in np.unique(family):
        expected = false_discovery_control(p[family == each])
        np.testing.assert_allclose(ours[family == each], expected, rtol=1e-12)


def test_what_was_not_tested_counts_for_nothing():
    p = np.array([0.01, np.nan, 0.04])
    ours = benjamini_hochberg(p, np.zeros(3, np.int64))
    np.testing.assert_allclose(ours, [0.02, np.nan, 0.04])


def test_no_tests_at_all_are_no_error():
    assert np.isnan(benjamini_hochberg(np.array([np.nan]), np.array([0]))).all()
    assert len(benjamini_hochberg(np.zeros(0), np.zeros(0, np.int64))) == 0
