import math

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import percentileofscore

from tests.transforms.fit.made_up_components import accounts, component
from transforms.fit.accounts.targeted_reach import percentile, targeted_reach


def test_people_are_the_reach_times_the_share_with_its_bounds():
    panel = accounts({"expected_reach": 2_000}, {"expected_reach": 500})
    share = component(
        "target_share", [0.5, 0.4], raw_lo=np.array([0.4, 0.4]), raw_hi=np.array([0.75, 0.4])
    )
    made = targeted_reach(panel, share, np.arange(2))

    assert made.raw.tolist() == [1_000, 200]
    assert made.raw_lo.tolist() == [800, 200]
    assert made.raw_hi.tolist() == [1_500, 200]
    assert made.value.tolist() == [0.75, 0.25]
    assert made.evidence(np.array([0])).to_list() == [
        "about 1,000 of the target per post, by views"
    ]


def test_accounts_on_other_platforms_do_not_compete():
    panel = accounts({"expected_reach": 2_000}, {"expected_reach": 500}, {"expected_reach": 9_000})
    made = targeted_reach(panel, component("target_share", [0.5] * 3), np.array([0, 1]))

    assert made.value[:2].tolist() == [0.75, 0.25]
    assert math.isnan(made.value[2])


def test_without_reach_or_share_it_says_which_is_lacking():
    panel = accounts(
        {"expected_reach": None, "reach_unknown_because": "no mature post"}, {}, {"tier": None}
    )
    made = targeted_reach(
        panel, component("target_share", [0.5, None, 0.5], because="no audience"), np.arange(3)
    )

    assert made.unknown_because.to_list() == ["no mature post", "no audience", None]
    assert made.known.tolist() == [0, 0, 1]
    assert made.value[2] == 0.5


def test_a_percentile_counts_ties_half_and_leaves_out_what_is_not_known():
    np.testing.assert_array_equal(
        percentile(np.array([5.0, np.nan, 1.0, 5.0, 9.0])), [0.5, np.nan, 0.125, 0.5, 0.875]
    )
    assert percentile(np.array([3.0])).tolist() == [0.5]
    assert percentile(np.array([])).tolist() == []


@settings(deadline=None)
@given(st.lists(st.one_of(st.integers(0, 9), st.none()), max_size=30))
def test_percentiles_are_those_of_scipy(figures):
    values = pl.Series(figures, dtype=pl.Float64).fill_null(np.nan).to_numpy()
    told = values[~np.isnan(values)]

    np.testing.assert_allclose(
        percentile(values)[~np.isnan(values)],
        [percentileofscore(told, each, kind="mean") / 100 for each in told],
    )
