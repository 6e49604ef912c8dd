from datetime import UTC, datetime, timedelta

import pytest

from tests.transforms.engagement.made_up import AS_OF, Panel, ago, one, post, seen

COUNTERS = {"likes": 8, "comments": 1, "shares": 1, "saves": 0, "reach": 100, "views": 150}
MATURE = 400


def panel(posts, observations, **columns):
    return Panel(posts, observations, **columns).points()


def rate_of(points, post_id):
    return one(points, point_id=post_id, measure="engagement_rate", series="post")


def views_of(points, post_id):
    return one(points, point_id=post_id, measure="views", series="post")


def with_peers(*posts, **columns):
    """Put posts beside 30 ordinary ones, so that the account has its basis and parts."""
    usual = [post(f"usual{n}", ago(20 + n)) for n in range(30)]
    usual_seen = [
        seen(f"usual{n}", ago(20 + n) + timedelta(days=MATURE), **COUNTERS) for n in range(30)
    ]
    own = [each for each, _ in posts]
    own_seen = [row for _, rows in posts for row in rows]
    return panel(usual + own, usual_seen + own_seen, **columns)


def test_a_post_is_a_point_of_both_measures():
    points = panel([post("a", ago(30))], [seen("a", ago(0), **COUNTERS)])
    rate = rate_of(points, "a")
    assert rate["value"] == pytest.approx(0.10)
    assert rate["er_basis"] == "reach"
    assert rate["engagements_parts"] == "likes+comments+shares+saves"
    assert rate["definition_id"] == "instagram-reach-1"
    assert views_of(points, "a")["value"] == pytest.approx(150, rel=1e-2)


def test_a_post_matures_a_target_age_after_its_day():
    points = panel([post("a", ago(30))], [seen("a", ago(0), **COUNTERS)])
    assert rate_of(points, "a")["starts_on"] == ago(23)
    video = post("b", ago(30), platform="youtube")
    points = panel([video], [seen("b", ago(0), platform="youtube", **COUNTERS)])
    assert rate_of(points, "b")["starts_on"] == ago(2)


def test_age_counts_from_publication_to_noon_of_the_day_of_observation():
    early = post("a", ago(30), published_at=datetime(2024, 6, 1, 0, 0, tzinfo=UTC))
    points = panel([early], [seen("a", early["published_at"].date(), **COUNTERS)])
    assert views_of(points, "a")["matured_share"] == pytest.approx(1 - 0.5 ** (0.5 / 0.7917))


def test_an_observation_before_the_moment_of_publication_has_age_zero():
    late = post("a", ago(30), published_at=datetime(2024, 5, 31, 20, 0, tzinfo=UTC))
    points = panel([late], [seen("a", late["published_at"].date(), **COUNTERS)])
    assert views_of(points, "a")["excluded"] == "young"
    assert views_of(points, "a")["matured_share"] == 0


def test_an_observation_after_the_day_serves_it():
    points = panel([post("a", ago(30))], [seen("a", AS_OF + timedelta(days=99), **COUNTERS)])
    assert rate_of(points, "a")["excluded"] is None


def test_zero_engagements_count_as_half_a_one():
    none = COUNTERS | {"likes": 0, "comments": 0, "shares": 0}
    points = panel([post("a", ago(30))], [seen("a", ago(0), **none)])
    assert rate_of(points, "a")["value"] == pytest.approx(0.5 / 100, rel=1e-2)
    assert rate_of(points, "a")["quantity"] == 0


def test_zero_views_count_as_half_a_one():
    points = panel([post("a", ago(30))], [seen("a", ago(0), **(COUNTERS | {"views": 0}))])
    assert views_of(points, "a")["value"] == 0.5
    assert views_of(points, "a")["quantity"] == 0


def test_facebook_counts_reactions_in_place_of_likes():
    counters = {"reactions": 20, "likes": 5, "comments": 2, "reach": 100}
    points = panel(
        [post("a", ago(30), platform="facebook")],
        [seen("a", ago(0), platform="facebook", **counters)],
    )
    assert rate_of(points, "a")["value"] == pytest.approx(0.22)
    assert rate_of(points, "a")["engagements_parts"] == "reactions+comments"


@pytest.mark.parametrize("catalogue", ["capped", "top"])
def test_a_post_known_only_from_a_partial_list_is_excluded(catalogue):
    points = panel([post("a", ago(30), catalogue=catalogue)], [seen("a", ago(0), **COUNTERS)])
    assert rate_of(points, "a")["excluded"] == "catalogue"
    assert rate_of(points, "a")["value"] is None


@pytest.mark.parametrize(
    ("counters", "days_after", "reason"),
    [
        (COUNTERS, 0, "young"),
        (COUNTERS | {"shares": None}, MATURE, "parts"),
        (COUNTERS | {"reach": None}, MATURE, "basis"),
        (COUNTERS | {"reach": 0}, MATURE, "zero_basis"),
        (dict.fromkeys(COUNTERS), MATURE, "unobserved"),
    ],
)
def test_a_post_without_a_usable_rate_is_excluded_with_the_reason(counters, days_after, reason):
    odd = post("odd", ago(30)), [seen("odd", ago(30) + timedelta(days=days_after), **counters)]
    made = rate_of(with_peers(odd), "odd")
    assert made["excluded"] == reason
    assert made["value"] is None


def test_a_post_nobody_looked_at_is_excluded():
    assert rate_of(with_peers((post("odd", ago(30)), [])), "odd")["excluded"] == "unobserved"


def test_views_that_are_not_reported_exclude_only_the_views():
    odd = post("odd", ago(30)), [seen("odd", AS_OF, **(COUNTERS | {"views": None}))]
    points = with_peers(odd)
    assert views_of(points, "odd")["excluded"] == "basis"
    assert rate_of(points, "odd")["excluded"] is None


def test_the_rate_takes_the_fullest_observation_and_views_the_nearest():
    video = post("a", ago(60), platform="youtube")
    rows = [
        seen("a", ago(32), platform="youtube", views=1000),
        seen("a", ago(0), platform="youtube", views=2000, likes=100, comments=0, shares=0),
    ]
    points = panel([video], rows)
    assert rate_of(points, "a")["value"] == pytest.approx(0.05)
    assert views_of(points, "a")["value"] == pytest.approx(1000)


def test_followers_far_from_the_day_of_publication_are_no_basis():
    counters = COUNTERS | {"reach": None}
    posts = [post(f"p{n}", ago(20 + n)) for n in range(10)]
    rows = [seen(f"p{n}", AS_OF + timedelta(days=MATURE), **counters) for n in range(10)]
    level = {"platform": "instagram", "account_id": "signe", "followers": 1000}
    levels = [
        level
        | {
            "day": ago(20 + n),
            "followers_method": "observed",
            "staleness_days": 31 if n == 3 else 30,
        }
        for n in range(10)
    ]
    points = panel(posts, rows, levels=levels)
    assert rate_of(points, "p2")["er_basis"] == "followers"
    assert rate_of(points, "p2")["value"] == pytest.approx(0.01, rel=1e-2)
    assert rate_of(points, "p3")["excluded"] == "basis"


def test_engagements_over_followers_are_scaled_to_the_target_age():
    counters = COUNTERS | {"reach": None}
    level = {"platform": "instagram", "account_id": "signe", "followers": 1000, "day": ago(20)}
    row = level | {"followers_method": "observed", "staleness_days": 0}
    points = panel([post("a", ago(20))], [seen("a", ago(18), **counters)], levels=[row])
    scale = (1 - 0.5 ** (7 / 0.7917)) / (1 - 0.5 ** (2 / 0.7917))
    assert rate_of(points, "a")["value"] == pytest.approx(0.01 * scale)
    assert rate_of(points, "a")["matured_share"] < 0.95


def test_posts_older_than_the_longest_window_or_without_owner_or_day_are_left():
    posts = [
        post("old", ago(365 + 7)),
        post("edge", ago(365 + 6)),
        post("future", AS_OF + timedelta(days=1)),
        post("nobody", ago(30), account_id=None),
        post("undated", ago(30), published_at=None),
    ]
    points = panel(posts, [seen(each["post_id"], AS_OF, **COUNTERS) for each in posts])
    assert set(points["point_id"]) == {"edge"}


def test_values_stand_exactly_where_nothing_is_excluded():
    odd = post("odd", ago(30)), [seen("odd", ago(30), **COUNTERS)]
    points = with_peers(odd, (post("b", ago(31)), []))
    assert (points["value"].is_null() == points["excluded"].is_not_null()).all()
    assert points["excluded"].is_not_null().any()
    assert points.select("point_id", "measure", "series").is_unique().all()
