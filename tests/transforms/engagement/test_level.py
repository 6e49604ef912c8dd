import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.engagement.level import levels, with_shrunk_level
from transforms.engagement.settings import TrendSettings

SETTINGS = TrendSettings()


def points(values: list[float], measure: str = "engagement_rate", **columns) -> pl.DataFrame:
    basis = columns.pop("basis", [100.0] * len(values))
    return pl.DataFrame(
        {
            "group": [0] * len(values),
            "measure": [measure] * len(values),
            "value": values,
            "log_value": np.log(values),
            "quantity": [v * b for v, b in zip(values, basis, strict=True)],
            "public_quantity": [v * b / 2 for v, b in zip(values, basis, strict=True)],
            "basis_quantity": basis,
            "format": columns.pop("format", [None] * len(values)),
        },
        schema_overrides={"format": pl.String},
    )


def test_the_pooled_level_is_a_ratio_of_sums_and_the_median_is_of_posts():
    made = levels(points([0.1, 0.2, 0.6], basis=[1000.0, 100.0, 100.0])).row(0, named=True)
    assert made["level_pooled"] == pytest.approx((100 + 20 + 60) / 1200)
    assert made["level_public"] == pytest.approx(made["level_pooled"] / 2)
    assert made["level_median"] == 0.2
    assert (made["level_q25"], made["level_q75"]) == (pytest.approx(0.15), pytest.approx(0.4))


def test_the_pooled_level_of_views_is_their_mean():
    frame = points([10.0, 20.0], "views").with_columns(
        quantity=pl.col("value"),
        basis_quantity=pl.lit(None, pl.Float64),
        public_quantity=pl.lit(None, pl.Float64),
    )
    made = levels(frame).row(0, named=True)
    assert made["level_pooled"] == 15
    assert made["level_public"] is None


def test_the_dominant_format_is_the_most_common_and_the_first_of_equals():
    made = levels(points([1.0] * 5, format=["reel", "image", "reel", "image", None]))
    assert made["dominant_format"][0] == "image"


def accounts(logs: list[list[float]], **columns) -> pl.DataFrame:
    """Make one group per account from its log values."""
    return pl.DataFrame(
        {
            "group": range(len(logs)),
            "measure": "engagement_rate",
            "series": "post",
            "window_days": 90,
            "er_basis": columns.get("basis", ["reach"] * len(logs)),
            "platform": "instagram",
            "tier": columns.get("tier", ["micro"] * len(logs)),
            "dominant_format": columns.get("format", ["reel"] * len(logs)),
            "n_points": [len(each) for each in logs],
            "log_mean": [float(np.mean(each)) if each else None for each in logs],
            "log_variance": [
                float(np.var(each, ddof=1)) if len(each) > 1 else None for each in logs
            ],
        },
        schema_overrides={"log_mean": pl.Float64, "log_variance": pl.Float64},
    )


def by_hand(logs: list[list[float]]) -> list[float]:
    """Shrink by the textbook formulas, one account at a time."""
    n = np.array([len(each) for each in logs], dtype=float)
    x = np.array([np.mean(each) for each in logs])
    within = sum(((np.array(each) - np.mean(each)) ** 2).sum() for each in logs)
    s2 = within / (n.sum() - len(n))
    mean = (n * x).sum() / n.sum()
    between = (n * (x - mean) ** 2).sum() / (len(n) - 1)
    size = (n.sum() - (n**2).sum() / n.sum()) / (len(n) - 1)
    tau2 = max(0.0, (between - s2) / size)
    g = (x / (tau2 + s2 / n)).sum() / (1 / (tau2 + s2 / n)).sum()
    return list(np.exp(g + tau2 / (tau2 + s2 / n) * (x - g)))


log_values = st.lists(st.floats(-5, 0), min_size=2, max_size=8)


@given(st.lists(log_values, min_size=5, max_size=12))
@settings(max_examples=50, deadline=None)
def test_the_shrunk_level_is_the_textbook_one(logs):
    if sum(np.var(each) for each in logs) < 1e-6:
        return
    made = with_shrunk_level(accounts(logs), SETTINGS)
    assert made["level_shrunk"].to_list() == pytest.approx(by_hand(logs), rel=1e-6)
    assert set(made["shrink_pool"]) == {"platform_tier_format"}


@given(st.lists(log_values, min_size=5, max_size=12))
@settings(max_examples=50, deadline=None)
def test_shrinking_keeps_within_the_accounts_own_range(logs):
    made = with_shrunk_level(accounts(logs), SETTINGS)
    means = np.exp(made["log_mean"].to_numpy())
    assert made["level_shrunk"].is_between(means.min() - 1e-9, means.max() + 1e-9).all()
    assert made["shrink_weight"].is_between(0, 1).all()


def test_few_points_are_drawn_more_than_many():
    rng = np.random.default_rng(1)
    logs = [list(-3 + mu + 0.5 * rng.normal(size=20)) for mu in (-0.5, -0.2, 0.0, 0.2, 0.5)]
    made = with_shrunk_level(accounts([*logs, logs[4][:2]]), SETTINGS)
    assert made["shrink_weight"][5] < made["shrink_weight"][4]


def test_the_pool_widens_until_it_has_five_accounts():
    logs = [[-3.0, -2.5], [-2.0, -2.2], [-3.1, -3.3], [-2.9, -2.4], [-2.7, -2.6]]
    formats = with_shrunk_level(accounts(logs, format=["reel"] * 4 + ["image"]), SETTINGS)
    tiers = with_shrunk_level(accounts(logs, tier=["micro"] * 4 + ["mega"]), SETTINGS)
    few = with_shrunk_level(accounts(logs[:4]), SETTINGS)
    assert set(formats["shrink_pool"]) == {"platform_tier"}
    assert set(tiers["shrink_pool"]) == {"platform"}
    assert set(few["shrink_pool"]) == {"none"}
    assert set(few["shrink_weight"]) == {1.0}
    assert few["level_shrunk"].to_list() == pytest.approx(np.exp(few["log_mean"]).to_list())


def test_rates_over_different_things_are_never_pooled():
    logs = [[-3.0, -2.5], [-2.0, -2.2], [-3.1, -3.3], [-2.9, -2.4], [-2.7, -2.6]]
    made = with_shrunk_level(accounts(logs, basis=["reach"] * 4 + ["followers"]), SETTINGS)
    assert set(made["shrink_pool"]) == {"none"}


def test_an_account_without_points_has_no_level_and_no_say():
    logs = [[-3.0, -2.5], [-2.0, -2.2], [-3.1, -3.3], [-2.9, -2.4], [-2.7, -2.6]]
    made = with_shrunk_level(accounts([*logs, []]), SETTINGS)
    assert made["level_shrunk"].to_list()[:5] == pytest.approx(by_hand(logs))
    assert made["level_shrunk"][5] is None
    assert made["shrink_pool"][5] is None


def test_equal_accounts_stay_what_they_are():
    made = with_shrunk_level(accounts([[-3.0, -3.0]] * 6), SETTINGS)
    assert made["level_shrunk"].to_list() == pytest.approx([np.exp(-3.0)] * 6)
