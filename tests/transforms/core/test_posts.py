from datetime import UTC, date, datetime

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from schemas import core
from schemas.contract import polars_schema
from schemas.history import HISTORY
from transforms.core import accounts, posts
from transforms.core.layer import core_layer

POST = {"platform": "youtube", "post_id": "p"}
MAY = [None, *(date(2026, 5, day) for day in range(1, 32))]


def at(day):
    return datetime(2026, 5, day, 12, tzinfo=UTC)


def test_a_posts_attributes_come_from_the_best_rows_that_report_them(layer):
    post = layer(
        post=[
            POST | {"account_ref": "ch", "format": "video", "caption": "old", "catalogue": "top"},
            POST
            | {
                "observed_on": date(2026, 6, 5),
                "caption": "new",
                "published_at": at(3),
                "published_at_source": "file_day",
                "catalogue": "capped",
            },
        ]
    )["post"].row(0, named=True)
    assert (post["account_id"], post["creator_id"]) == ("ch", "youtube:ch")
    assert (post["format"], post["caption"], post["published_at"]) == ("video", "new", at(3))
    assert post["catalogue"] == "capped"
    assert (post["first_observed_on"], post["last_observed_on"]) == (
        date(2026, 6, 1),
        date(2026, 6, 5),
    )


def test_a_collab_post_belongs_to_its_owner_and_to_whoever_exported_it(layer):
    own = {"platform": "instagram", "exported_by": "anna"}
    made = layer(
        post=[
            own | {"post_id": "mine", "account_ref": "111", "account_handle": "anna"},
            own | {"post_id": "theirs", "account_ref": "222", "account_handle": "bo"},
            own | {"post_id": "nobodys"},
        ]
    )
    assert made["post_account"].sort("post_id", "role").rows() == [
        ("instagram", "mine", "111", "owner"),
        ("instagram", "theirs", "111", "collab"),
        ("instagram", "theirs", "222", "owner"),
    ]
    assert made["post"].filter(post_id="nobodys")["account_id"].to_list() == [None]


def test_lifetime_is_the_last_day_and_its_exports_complete_each_other(layer):
    lifetime = layer(
        post_lifetime=[
            POST | {"views": 5, "saves": 1},
            POST | {"observed_on": date(2026, 6, 5), "views": 9},
            POST | {"observed_on": date(2026, 6, 5), "likes": 2, "sha256": "b" * 64},
        ]
    )["post_lifetime"]
    assert lifetime.select("observed_on", "views", "likes", "saves").rows() == [
        (date(2026, 6, 5), 9, 2, None)
    ]


def period(start, end, **figures):
    return POST | {"period_start": MAY[start], "period_end": MAY[end]} | figures


PUBLISHED = POST | {"published_at": at(3), "published_at_source": "file_day"}


def observed(made, *figures):
    return made["post_observation"].sort("observed_on").select("observed_on", *figures).rows()


def test_a_period_in_which_the_post_was_published_is_a_lifetime_counter_at_its_end(layer):
    made = layer(post=[PUBLISHED], post_period=[period(1, 7, views=10, reach=6)])
    assert observed(made, "views", "reach") == [(MAY[7], 10, 6)]


def test_gapless_periods_add_up_but_people_do_not(layer):
    made = layer(
        post=[PUBLISHED],
        post_period=[
            period(1, 7, views=10, reach=6),
            period(8, 14, views=5, reach=4),
            period(15, 21, views=2, likes=1),
        ],
    )
    assert observed(made, "views", "reach", "likes") == [
        (MAY[7], 10, 6, None),
        (MAY[14], 15, None, None),
        (MAY[21], 17, None, None),
    ]


def test_a_period_after_a_gap_or_over_an_overlap_or_untold_enters_nothing(layer):
    made = layer(
        post=[PUBLISHED, PUBLISHED | {"post_id": "q", "published_at": None}],
        post_period=[
            period(1, 7, views=10),
            period(9, 14, views=5),
            period(5, 12, views=5),
            POST | {"views": 3},
            POST | {"views": 3, "post_id": "q", "period_start": MAY[1], "period_end": MAY[9]},
        ],
    )
    assert observed(made, "views") == [(MAY[7], 10)]
    assert made["post_period"].filter(pl.col("period_start").is_null())["views"].to_list() == [3]


def test_of_two_ways_to_a_day_the_one_with_fewer_periods_counts(layer):
    made = layer(
        post=[PUBLISHED],
        post_period=[
            period(1, 7, views=10),
            period(8, 14, views=5),
            period(1, 14, views=16),
            period(2, 14, views=17),
            period(15, 16, views=1),
        ],
    )
    assert observed(made, "views") == [(MAY[7], 10), (MAY[14], 17), (MAY[16], 18)]


def test_a_lifetime_row_goes_before_a_period_that_ends_that_day(layer):
    made = layer(
        post=[PUBLISHED],
        post_period=[period(1, 7, views=10, likes=3)],
        post_lifetime=[POST | {"observed_on": MAY[7], "views": 11}],
    )
    assert observed(made, "views", "likes") == [(MAY[7], 11, 3)]


def test_what_was_taken_back_in_a_later_period_comes_off_and_never_leaves_fewer_than_none(layer):
    made = layer(
        post=[PUBLISHED],
        post_period=[
            period(1, 7, views=10, likes=5, comments=1),
            period(8, 14, views=1, likes=-2, comments=-3),
        ],
    )
    assert observed(made, "views", "likes", "comments") == [
        (MAY[7], 10, 5, 1),
        (MAY[14], 11, 3, None),
    ]
    assert made["post_period"].sort("period_start")["likes"].to_list() == [5, -2]


def test_money_adds_up_in_one_currency_only(layer):
    made = layer(
        post=[PUBLISHED],
        post_period=[
            period(1, 7, estimated_revenue=1.5, currency="USD"),
            period(8, 9, estimated_revenue=1.0, currency="USD"),
            period(10, 12, estimated_revenue=1.0, currency="EUR"),
        ],
    )
    assert observed(made, "estimated_revenue") == [(MAY[7], 1.5), (MAY[9], 2.5), (MAY[12], None)]


@settings(max_examples=30, deadline=None)
@given(
    st.dictionaries(st.tuples(st.integers(1, 9), st.integers(0, 4)), st.integers(0, 50), max_size=9)
)
def test_periods_add_up_as_a_search_from_publication_on_says(history, drawn):
    spans = {(start, start + length): views for (start, length), views in drawn.items()}
    reached = {}
    for (start, end), views in sorted(spans.items()):
        if start <= 3 <= end:
            reached[end] = views
    frontier = dict(reached)
    while frontier:
        new = {}
        for (start, end), views in sorted(spans.items()):
            if start > 3 and start - 1 in frontier and end not in reached and end not in new:
                new[end] = frontier[start - 1] + views
        reached |= new
        frontier = new
    period_rows = history("post_period", *(period(*span, views=v) for span, v in spans.items()))
    post = pl.LazyFrame([PUBLISHED | {"account_id": "a"}])
    made = posts.post_observation(
        history("post_lifetime"), posts.post_period(period_rows), post
    ).collect()
    assert dict(made.select("observed_on", "views").iter_rows()) == {
        MAY[end]: views for end, views in reached.items()
    }


def test_top_posts_are_those_no_catalogue_lists(layer):
    made = layer(
        post=[
            {"platform": "tiktok", "post_id": "1", "catalogue": "top"},
            {"platform": "tiktok", "post_id": "2", "catalogue": "top"},
            {"platform": "tiktok", "post_id": "2", "sha256": "b" * 64},
        ],
        post_lifetime=[
            {"platform": "tiktok", "post_id": "1", "views": 9},
            {"platform": "tiktok", "post_id": "2", "views": 9},
        ],
    )
    assert made["top_post"]["post_id"].to_list() == ["1"]


def test_the_same_period_or_day_exported_twice_is_one_row(layer):
    later = {"observed_on": date(2026, 6, 9)}
    made = layer(
        post_period=[period(1, 7, views=10, likes=1), period(1, 7, views=11) | later],
        post_day=[POST | {"day": MAY[4], "views": 1}, POST | {"day": MAY[4], "likes": 2} | later],
    )
    assert made["post_period"].select("views", "likes").rows() == [(11, 1)]
    assert made["post_day"].select("views", "likes").rows() == [(1, 2)]


@settings(max_examples=12, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["p", "q"]),
            st.integers(1, 20),
            st.none() | st.integers(0, 99),
            st.sampled_from(["ch", "other", None]),
        ),
        min_size=1,
        max_size=8,
    ),
    st.randoms(use_true_random=False),
)
def test_no_table_depends_on_the_order_of_rows_or_on_copies(history, roster, drawn, random):
    def tables(order):
        rows = [
            {
                "platform": "youtube",
                "post_id": drawn[i][0],
                "observed_on": MAY[drawn[i][1]],
                "row_number": i + 2,
            }
            for i in order
        ]
        owners = [{"account_ref": drawn[i][3], "exported_by": "ch"} for i in order]
        views = [{"views": drawn[i][2]} for i in order]
        spans = [{"period_start": MAY[1], "period_end": MAY[drawn[i][1]]} for i in order]
        source = {
            "post": [row | owner for row, owner in zip(rows, owners, strict=True)],
            "post_lifetime": [row | view for row, view in zip(rows, views, strict=True)],
            "post_period": [
                row | view | span for row, view, span in zip(rows, views, spans, strict=True)
            ],
        }
        return core_layer(
            {name: history(name, *source.get(name, [])) for name in HISTORY},
            accounts.roster_on(roster()),
        )

    order = list(range(len(drawn)))
    before, after = tables(order), tables([*random.sample(order, len(order)), order[0]])
    for name in before:
        sort = [*polars_schema(core.CORE[name])] if name in core.CORE else [pl.all()]
        assert_frame_equal(
            before[name].collect().sort(sort),
            after[name].collect().sort(sort),
            check_row_order=True,
        )
