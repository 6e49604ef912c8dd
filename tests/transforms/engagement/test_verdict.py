import polars as pl
import pytest

from schemas.engagement import EXCLUSIONS
from transforms.engagement.settings import TrendSettings
from transforms.engagement.verdict import with_verdict

SETTINGS = TrendSettings()
GROUP = {
    "measure": "engagement_rate",
    "series": "post",
    "er_basis": "reach",
    "engagements_parts": "likes",
    "n_points": 20,
    "n_candidates": 20,
    "n_immature": 0,
    "span_days": 60.0,
    "slope_share_per_30d": None,
    "slope_share_per_30d_lo": None,
    "slope_share_per_30d_hi": None,
    "p_value": None,
} | {f"n_excluded_{reason}": 0 for reason in EXCLUSIONS}
FLOATS = ["slope_share_per_30d", "slope_share_per_30d_lo", "slope_share_per_30d_hi", "p_value"]


def verdict(**columns) -> tuple[str, str]:
    frame = pl.DataFrame(
        [GROUP | columns],
        schema_overrides=dict.fromkeys(FLOATS, pl.Float64) | {"er_basis": pl.String},
    )
    return with_verdict(frame, SETTINGS).select("class", "class_reason").row(0)


def of_slope(slope: float, low: float, high: float, p: float) -> tuple[str, str]:
    return verdict(**dict(zip(FLOATS, (slope, low, high, p), strict=True)))


@pytest.mark.parametrize(
    ("slope", "low", "high", "p", "expected"),
    [
        (0.0, -0.10, 0.10, 0.9, "stable"),
        (0.05, 0.03, 0.08, 0.001, "stable"),
        (0.05, 0.03, 0.11, 0.001, "rising"),
        (-0.05, -0.11, -0.01, 0.049, "falling"),
        (-0.05, -0.11, 0.01, 0.05, "insufficient_evidence"),
        (0.0, -0.2, 0.2, 0.01, "insufficient_evidence"),
        (0.3, -0.2, 0.9, 0.3, "insufficient_evidence"),
    ],
)
def test_the_interval_decides_before_the_test(slope, low, high, p, expected):
    assert of_slope(slope, low, high, p)[0] == expected


def test_reasons_are_sentences_a_marketer_reads():
    assert of_slope(0.25, 0.11, 0.4, 0.01)[1] == "+25 % per 30 days (between +11 % and +40 %)"
    assert of_slope(0.0, -0.04, 0.06, 0.9)[1] == "between -4 % and +6 % per 30 days"
    assert of_slope(0.0, -0.3, 0.6, 0.9)[1] == (
        "the change lies anywhere between -30 % and +60 % per 30 days"
    )


def test_what_is_left_out_is_told_with_too_few_points():
    assert verdict(n_points=5, n_candidates=17, n_immature=3)[1] == (
        "5 posts in the window, 8 are needed; 12 more cannot be used; 3 are too young to compare"
    )
    assert verdict(n_points=1, n_candidates=1)[1] == "1 post in the window, 8 are needed"
    assert verdict(n_points=5, n_candidates=5, series="account_week")[1] == (
        "5 weeks in the window, 8 are needed"
    )


def test_definitions_can_leave_nothing_to_compare():
    assert verdict()[1] == "changes of definition leave no two points to compare"


def test_an_empty_window_of_an_account_without_a_rate_is_few_points():
    found = verdict(n_points=0, n_candidates=0, er_basis=None, engagements_parts=None)
    assert found[0] == "insufficient_evidence"


def test_what_is_missing_is_told():
    none = {"n_points": 0, "n_candidates": 9}
    assert verdict(**none, n_excluded_parts=9, engagements_parts=None) == (
        "not_reported",
        "the exports report no likes, comments, shares or saves",
    )
    assert verdict(**none, n_excluded_basis=9, er_basis=None) == (
        "not_reported",
        "what the rate would be over is reported too seldom to choose it",
    )
    assert verdict(**none, n_excluded_basis=9, measure="views")[0] == "not_reported"
    assert verdict(**none, n_excluded_young=9)[0] == "insufficient_evidence"
