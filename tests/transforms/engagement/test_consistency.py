import numpy as np
import polars as pl
import pytest

from transforms.engagement.consistency import consistency, regularity


def points(values: list[float], series: str = "post") -> pl.DataFrame:
    return pl.DataFrame(
        {
            "group": [3] * len(values),
            "series": [series] * len(values),
            "log_value": np.log(values),
            "quantity": values,
        }
    )


def test_log_spread_is_the_scaled_median_absolute_deviation():
    made = consistency(points([np.exp(v) for v in (0.0, 1.0, 2.0, 4.0, 9.0)]))
    assert made["log_spread"][0] == pytest.approx(1.4826 * 2.0)
    assert made["group"].to_list() == [3]


def test_one_point_has_no_spread():
    assert consistency(points([5.0]))["log_spread"][0] is None


def test_the_top_tenth_is_rounded_up():
    assert consistency(points([1.0] * 9 + [11.0]))["top_tenth_share"][0] == pytest.approx(0.55)
    assert consistency(points([1.0] * 9 + [5.5, 5.5]))["top_tenth_share"][0] == pytest.approx(0.55)
    assert consistency(points([4.0, 1.0]))["top_tenth_share"][0] == pytest.approx(0.8)


def test_weeks_have_no_top_tenth():
    assert consistency(points([4.0, 1.0], "account_week"))["top_tenth_share"][0] is None


def posted(days: list[float], excluded: list[str | None] | None = None) -> float | None:
    frame = pl.DataFrame(
        {
            "group": [0] * len(days),
            "series": ["post"] * len(days),
            "time_days": days,
            "excluded": excluded or [None] * len(days),
        },
        schema_overrides={"excluded": pl.String},
    )
    made = regularity(frame)
    return made["posting_gap_spread"][0] if made.height else None


def test_clockwork_has_no_gap_spread_and_bursts_have_much():
    assert posted([0.0, 2, 4, 6, 8]) == 0
    assert posted([0.0, 1, 2, 3, 30, 60]) == pytest.approx(26 / 1)


def test_the_order_of_posts_does_not_matter():
    assert posted([8.0, 0, 5, 2, 1]) == posted([0.0, 1, 2, 5, 8])


def test_three_posts_are_too_few_for_regularity():
    assert posted([0.0, 2, 4]) is None


def test_posts_without_a_rate_count_as_posts_but_a_partial_list_does_not():
    assert posted([0.0, 2, 4, 6], ["young", "basis", None, None]) == 0
    assert posted([0.0, 2, 4, 6], ["catalogue"] * 4) is None


def test_posts_of_one_moment_have_no_regularity():
    assert posted([1.0, 1, 1, 1, 1]) is None
