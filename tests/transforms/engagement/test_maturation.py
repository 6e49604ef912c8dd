import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.engagement.maturation import counters_at_target_age, matured_share

HALF_LIFE, TARGET = 6.0, 28
SCHEMA = {"age_days": pl.Float64, "views": pl.Int64, "likes": pl.Int64}


def share(age: float) -> float:
    return 1 - 0.5 ** (age / HALF_LIFE)


def at_target(*seen: tuple[float, int | None, int | None]) -> dict[str, float | None]:
    """Estimate views and likes of one post from (age, views, likes)."""
    observed = pl.LazyFrame(list(seen), schema=SCHEMA, orient="row").with_columns(
        platform=pl.lit("youtube"),
        post_id=pl.lit("a"),
        post=pl.lit(0),
        target_age_days=pl.lit(TARGET),
        half_life_days=pl.lit(HALF_LIFE),
    )
    usable = {"any": pl.any_horizontal(pl.col("views", "likes").is_not_null())}
    made = counters_at_target_age(observed, {"any": ("views", "likes")}, usable).collect()
    return made.row(0, named=True) if made.height else {}


def test_half_is_earned_at_the_half_life():
    frame = pl.DataFrame({"age": [0.0, 6.0, 12.0]}).select(
        matured_share(pl.col("age"), pl.lit(6.0))
    )
    assert frame.to_series().to_list() == pytest.approx([0.0, 0.5, 0.75])


def test_a_single_observation_is_scaled_by_the_curve():
    found = at_target((10.0, 1000, 10))
    assert found["any_views"] == pytest.approx(1000 * share(28) / share(10))
    assert found["any_matured"] == pytest.approx(share(10))


def test_a_late_observation_is_scaled_down():
    assert at_target((400.0, 1000, 10))["any_views"] == pytest.approx(1000 * share(28))


@pytest.mark.parametrize("ages", [(2.0, 60.0), (27.0, 29.0), (0.0, 300.0), (28.0, 31.0)])
def test_observations_around_the_target_age_give_the_value_of_a_post_on_the_curve(ages):
    found = at_target(*((age, round(1e9 * share(age)), 1) for age in ages))
    assert found["any_views"] == pytest.approx(1e9 * share(28), rel=1e-6)
    assert found["any_matured"] == 1.0


@given(
    st.floats(0, 28),
    st.floats(28.01, 500),
    st.integers(0, 10**7),
    st.integers(0, 10**7),
)
@settings(max_examples=60, deadline=None)
def test_interpolation_stays_between_the_observations(before, after, first, rise):
    found = at_target((before, first, 1), (after, first + rise, 1))
    assert first - 1e-6 <= found["any_views"] <= first + rise + 1e-6


def test_only_the_nearest_on_each_side_count():
    nearest = at_target((20.0, 900, 9), (40.0, 1000, 10))
    more = at_target((2.0, 5, 1), (20.0, 900, 9), (40.0, 1000, 10), (90.0, 5000, 50))
    assert more == nearest


def test_a_counter_that_one_side_lacks_is_scaled_from_the_other():
    found = at_target((20.0, None, 90), (40.0, 1000, 100))
    assert found["any_views"] == pytest.approx(1000 * share(28) / share(40))
    assert 90 < found["any_likes"] < 100


def test_an_observation_at_age_zero_tells_nothing():
    assert at_target((0.0, 0, 0))["any_views"] is None
    assert at_target((0.0, 0, 0))["any_matured"] == 0.0


def test_the_scale_cancels_in_a_rate():
    found = at_target((9.0, 1000, 50))
    assert found["any_likes"] / found["any_views"] == pytest.approx(0.05)


def test_a_post_without_a_usable_observation_has_no_row():
    assert at_target((10.0, None, None)) == {}


def test_both_ages_far_beyond_a_short_half_life_interpolate_over_days():
    observed = pl.LazyFrame(
        [(5.0, 100, 1), (9.0, 104, 1)], schema=SCHEMA, orient="row"
    ).with_columns(
        platform=pl.lit("x"),
        post_id=pl.lit("a"),
        post=pl.lit(0),
        target_age_days=pl.lit(7),
        half_life_days=pl.lit(0.01),
    )
    usable = {"any": pl.col("views").is_not_null()}
    found = counters_at_target_age(observed, {"any": ("views",)}, usable).collect()
    assert found["any_views"][0] == pytest.approx(102.0)
