from datetime import timedelta

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from tests.transforms.engagement.made_up import AS_OF, SETTINGS, Panel, ago, day, one, post, seen

COUNTERS = {"comments": 10, "shares": 10, "saves": 0, "reach": 10_000, "views": 15_000}
RATE = {"measure": "engagement_rate", "series": "post"}


def series(
    n: int, growth_per_day: float = 0.0, noise: float = 0.1, every: int = 2, **columns
) -> tuple[list[dict], list[dict]]:
    """Make posts every few days whose likes follow a path, each seen long after."""
    rng = np.random.default_rng(n)
    name = columns.get("account_id", "signe")
    posts, rows = [], []
    for number in range(n):
        on = ago(8 + every * number)
        likes = 500 * np.exp(growth_per_day * -every * number + noise * rng.normal())
        posts.append(post(f"{name}{number}", on, **columns))
        seen_on = AS_OF + timedelta(days=60)
        platform = columns.get("platform", "instagram")
        counters = COUNTERS | {"likes": round(likes)}
        rows.append(seen(f"{name}{number}", seen_on, platform=platform) | counters)
    return posts, rows


def trend(*parts, **columns) -> pl.DataFrame:
    return Panel(
        [each for posts, _ in parts for each in posts],
        [each for _, rows in parts for each in rows],
        **columns,
    ).trend()


def test_every_account_and_series_has_both_measures_in_all_windows():
    made = Panel(*series(3), days=[day(ago(n), views=10) for n in range(20)]).trend()
    assert made.height == 2 * 2 * 4
    assert made.select("platform", "account_id", "series").unique().height == 2


def test_windows_count_from_the_day_a_post_matured():
    posts = [post("in", ago(28 + 7 - 1)), post("out", ago(28 + 7))]
    rows = [seen(each["post_id"], AS_OF, likes=1, **COUNTERS) for each in posts]
    made = trend((posts, rows))
    assert one(made, window_days=28, **RATE)["n_points"] == 1
    assert one(made, window_days=90, **RATE)["n_points"] == 2


def test_a_halving_is_falling_and_a_doubling_rising():
    made = trend(
        series(40, np.log(0.5) / 80, account_id="freja"),
        series(41, np.log(2) / 80, account_id="rafael"),
    )
    falling = one(made, window_days=90, account_id="freja", **RATE)
    rising = one(made, window_days=90, account_id="rafael", **RATE)
    assert (falling["class"], rising["class"]) == ("falling", "rising")
    assert falling["slope_share_per_30d"] == pytest.approx(0.5 ** (30 / 80) - 1, abs=0.04)
    assert falling["slope_share_per_30d_hi"] < 0 < rising["slope_share_per_30d_lo"]
    assert falling["class_reason"].startswith("-")
    assert rising["tau"] > 0 > falling["tau"]


def test_a_level_that_moves_little_for_certain_is_stable():
    made = one(trend(series(40, np.log(1.05) / 30, noise=0.02)), window_days=90, **RATE)
    assert made["p_value"] < 0.05
    assert made["class"] == "stable"
    assert made["class_reason"].startswith("between")


def test_noise_that_hides_a_change_is_insufficient_evidence():
    made = one(trend(series(12, noise=0.9, every=6)), window_days=90, **RATE)
    assert made["class"] == "insufficient_evidence"
    assert made["slope_share_per_30d"] is not None
    assert "lies anywhere" in made["class_reason"]


@pytest.mark.parametrize(("n", "is_tested"), [(7, False), (8, True)])
def test_fewer_than_eight_points_are_insufficient_evidence(n, is_tested):
    made = one(trend(series(n, -0.05, noise=0.01, every=9)), window_days=90, **RATE)
    assert (made["slope_share_per_30d"] is not None) == is_tested
    assert made["class"] == ("falling" if is_tested else "insufficient_evidence")
    if not is_tested:
        assert made["class_reason"] == "7 posts in the window, 8 are needed"
        assert made["p_value"] is None


def test_many_posts_within_days_are_insufficient_evidence():
    posts, rows = series(9, every=1)
    made = one(trend((posts, rows)), window_days=90, **RATE)
    assert made["class"] == "insufficient_evidence"
    assert made["class_reason"] == "the 9 posts span 8 days, 14 are needed"


def test_only_young_posts_are_said_to_be_too_young():
    video = {"platform": "youtube"}
    posts = [post(f"p{n}", ago(n), **video) for n in range(12)]
    rows = [seen(each["post_id"], AS_OF, views=100, **video) for each in posts]
    made = one(trend((posts, rows)), window_days=90, measure="views", series="post")
    assert made["class"] == "insufficient_evidence"
    assert made["n_immature"] == 12
    assert made["n_candidates"] == 0
    assert made["class_reason"] == (
        "0 posts in the window, 8 are needed; 12 are too young to compare"
    )


def test_a_capped_list_is_no_catalogue():
    made = one(trend(series(20, catalogue="capped")), window_days=90, **RATE)
    assert made["class"] == "insufficient_evidence"
    assert (made["n_points"], made["n_excluded_catalogue"]) == (0, 20)
    assert made["class_reason"].startswith("the export lists only some of the posts")


def test_a_rate_without_engagements_is_not_reported_and_views_still_have_a_trend():
    posts = [post(f"p{n}", ago(29 + 2 * n), platform="youtube") for n in range(40)]
    rows = [
        seen(each["post_id"], AS_OF, platform="youtube", views=1000 + n)
        for n, each in enumerate(posts)
    ]
    made = trend((posts, rows))
    rate = one(made, window_days=90, **RATE)
    assert rate["class"] == "not_reported"
    assert rate["class_reason"] == "the exports report no likes, comments, shares or saves"
    assert one(made, window_days=90, measure="views", series="post")["class"] == "stable"


def test_a_rate_without_a_basis_is_not_reported():
    posts, rows = series(20)
    made = one(trend((posts, [row | {"reach": None} for row in rows])), window_days=90, **RATE)
    assert made["class"] == "not_reported"
    assert made["er_basis"] is None


def test_views_that_no_export_reports_are_not_reported():
    posts, rows = series(20)
    made = trend((posts, [row | {"views": None} for row in rows]))
    views = one(made, window_days=90, measure="views", series="post")
    assert (views["class"], views["class_reason"]) == (
        "not_reported",
        "the exports do not report views",
    )
    assert one(made, window_days=90, **RATE)["class"] != "not_reported"


def test_accounts_that_only_others_name_have_no_row():
    made = Panel(*series(20), untracked=("signe",)).trend()
    assert made.height == 0


def test_a_step_at_a_break_is_no_trend():
    posts, rows = series(80, noise=0.2, account_id="bo", platform="youtube", every=3)
    changed = AS_OF - timedelta(days=120)
    stepped = [
        row | {"views": 13_500 if each["published_at"].date() >= changed else 10_000}
        for each, row in zip(posts, rows, strict=True)
    ]
    definitions = Panel().definitions
    cut = definitions.filter(definition_id="youtube-shorts-views-2").with_columns(
        valid_from=pl.lit(changed)
    )
    uncut = definitions.filter(pl.col("definition_id") != "youtube-shorts-views-2")
    key = {"window_days": 365, **RATE}
    divided = one(trend((posts, stepped), definitions=pl.concat([uncut, cut])), **key)
    whole = one(trend((posts, stepped), definitions=uncut), **key)
    assert whole["class"] == "falling" or whole["p_value"] < 0.05
    assert divided["p_value"] > 0.05
    assert (divided["n_segments"], whole["n_segments"]) == (2, 1)
    assert divided["definition_id"] == "youtube-shorts-views-2"
    assert divided["test_method"].endswith("_segmented")


def test_shuffled_rows_give_the_same_tables():
    parts = [
        series(30, 0.01, account_id="a"),
        series(25, -0.01, account_id="b", every=3),
        series(20, account_id="c", platform="youtube"),
    ]
    posts = [each for some, _ in parts for each in some]
    rows = [each for _, some in parts for each in some]
    days = [day(ago(n), views=1000 + n, likes_net=n) for n in range(200)]
    whole = Panel(posts, rows, days)
    rng = np.random.default_rng(1)
    shuffled = Panel(
        *([each[i] for i in rng.permutation(len(each))] for each in (posts, rows, days))
    )
    assert_frame_equal(whole.trend(), shuffled.trend(), check_exact=False, rel_tol=1e-9)
    assert_frame_equal(whole.creator_trend(), shuffled.creator_trend(), rel_tol=1e-9)


def test_other_accounts_change_nothing_but_the_comparison():
    lone = trend(series(30, account_id="a"))
    among = trend(*(series(30 + n, account_id=name) for n, name in enumerate("abcdef")))
    own = ["class", "slope_share_per_30d", "p_value", "level_pooled", "log_spread", "n_points"]
    assert_frame_equal(lone.select(own), among.filter(account_id="a").select(own))
    assert one(among, account_id="a", window_days=90, **RATE)["n_peers"] == 6
    assert one(lone, window_days=90, **RATE)["relative_slope_share_per_30d"] is None


def test_a_fall_of_the_whole_platform_is_not_the_creators():
    made = trend(
        *(series(40 + n, -0.012, noise=0.05, account_id=name) for n, name in enumerate("abcdef"))
    )
    first = one(made, account_id="a", window_days=90, **RATE)
    assert first["class"] == "falling"
    assert abs(first["relative_slope_share_per_30d"]) < 0.05


def test_q_is_at_least_p_and_counts_the_family_only():
    made = trend(*(series(20 + n, account_id=name) for n, name in enumerate("abcd")))
    tested = made.filter(pl.col("p_value").is_not_null())
    assert tested.height > 8
    assert (tested["q_value"] >= tested["p_value"]).all()
    assert tested.filter(window_days=90, measure="engagement_rate")[
        "q_value"
    ].max() == pytest.approx(
        tested.filter(window_days=90, measure="engagement_rate")["p_value"].max()
    )


def test_a_creator_is_tested_over_accounts_that_are_never_compared():
    parts = [
        series(20, -0.01, noise=0.15, account_id="small"),
        series(21, -0.01, noise=0.15, account_id="large", platform="youtube", every=3),
    ]
    high = [row | {"likes": row["likes"] * 40, "views": 400_000} for row in parts[1][1]]
    panel = Panel(
        [*parts[0][0], *parts[1][0]],
        [*parts[0][1], *high],
        creators={"small": "freja", "large": "freja"},
    )
    made = one(panel.creator_trend(), window_days=90, **RATE)
    accounts = panel.trend().filter(window_days=90, measure="engagement_rate")
    assert made["creator_id"] == "freja"
    assert made["platforms"] == "instagram+youtube"
    assert (made["n_accounts"], made["n_segments"]) == (2, 2)
    assert made["n_points"] == accounts["n_points"].sum()
    assert made["class"] == "falling"
    assert made["p_value"] < accounts["p_value"].min()


def test_a_creator_of_one_account_has_the_trend_of_the_account():
    panel = Panel(*series(30, -0.01))
    names = ["class", "slope_share_per_30d", "p_value", "n_points", "class_reason"]
    assert_frame_equal(panel.creator_trend().select(names), panel.trend().select(names))


def test_what_was_excluded_adds_up():
    posts, rows = series(30)
    rows[3] = rows[3] | {"reach": 0}
    rows[4] = rows[4] | {"shares": None}
    rows[5] = rows[5] | {"reach": None}
    del rows[6]
    made = one(trend((posts, rows)), window_days=90, **RATE)
    assert made["n_candidates"] == 30
    assert made["n_points"] == 26
    assert [
        made[f"n_excluded_{why}"] for why in ("zero_basis", "parts", "basis", "unobserved")
    ] == [1] * 4


def test_adjusted_and_zero_points_are_counted():
    posts, rows = series(30)
    rows[3] = rows[3] | {"likes": 0, "comments": 0, "shares": 0}
    rows[4] = rows[4] | {"observed_on": posts[4]["published_at"].date() + timedelta(days=2)}
    made = one(trend((posts, rows)), window_days=90, **RATE)
    assert (made["n_zero"], made["n_adjusted"], made["n_points"]) == (1, 1, 30)


def test_settings_decide_what_is_enough():
    from dataclasses import replace

    posts, rows = series(7, -0.05, noise=0.01, every=9)
    made = Panel(posts, rows).trend(settings=replace(SETTINGS, min_points=7))
    assert one(made, window_days=90, **RATE)["class"] == "falling"


def test_an_empty_panel_gives_an_empty_table():
    assert Panel().trend().height == 0
    assert Panel().creator_trend().height == 0
