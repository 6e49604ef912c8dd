from datetime import UTC, date, datetime

import pytest

from tests.transforms.deliveries.made_up import broken, read, rows, source
from tests.transforms.exports.meta.information import ROOT, insights, post_insights

SECOND = 1_672_930_800
AT = datetime.fromtimestamp(SECOND, UTC)


def of(root: str, *entries: dict):
    (reading,) = read(source(ROOT + root + ".json", post_insights(root, *entries)))
    return reading


def post(second=SECOND, at="Creation Timestamp", **given):
    return {"at": at, "second": second, "figures": {"Likes": "1"}} | given


def test_a_post_is_named_by_its_account_and_second_of_upload():
    figures = {
        "Impressions": "1,204", "Accounts reached": "980", "Likes": "80", "Comments": "3",
        "Shares": "1", "Saves": "4", "Follows": "2", "Profile visits": "5",
    }  # fmt: skip
    reading = of("posts", post(figures=figures, title="Hej \u00f0\u009f\u0098\u008d"))
    key = (f"anna@{SECOND}", date(2026, 5, 8))
    assert rows(
        reading, "post", "post_id", "observed_on", "account_ref", "published_at",
        "published_at_source", "format", "caption", "catalogue",
    ) == [(*key, "anna", AT, "file_datetime", None, "Hej \U0001f60d", "complete")]  # fmt: skip
    assert rows(
        reading, "post_lifetime", "post_id", "observed_on", "views", "impressions", "reach",
        "likes", "comments", "shares", "saves", "follows",
    ) == [(*key, None, 1204, 980, 80, 3, 1, 4, 2)]  # fmt: skip


def test_the_figures_of_a_reel_are_those_on_instagram():
    figures = {
        "Accounts reached": "40210", "Instagram Plays": "55000", "Plays": "55100",
        "Likes": "3105", "Instagram Likes": "3100", "Facebook Likes": "5",
    }  # fmt: skip
    reading = of("reels", post(at="Upload Timestamp", figures=figures))
    assert rows(reading, "post", "format") == [("reel",)]
    assert rows(reading, "post_lifetime", "views", "likes", "reach") == [(55_000, 3100, 40_210)]


def test_views_took_the_place_of_plays():
    reading = of("reels", post(figures={"Views": "70", "Accounts reached": "50"}))
    assert rows(reading, "post_lifetime", "views", "reach") == [(70, 50)]


@pytest.mark.parametrize(("root", "form"), [("stories", "story"), ("live", "live")])
def test_stories_and_live_videos(root, form):
    reading = of(root, post(figures={"Accounts reached": "59", "Replies": "2"}))
    assert reading.record.export == f"instagram_information_{root}"
    assert rows(reading, "post", "format") == [(form,)]
    assert rows(reading, "post_lifetime", "reach") == [(59,)]


def test_german_labels_and_a_label_that_only_some_posts_have():
    figures = {"Erreichte Konten": "12.345", "\u201eGef\u00e4llt mir\u201c-Angaben": "980"}
    reading = of(
        "posts",
        post(at="Zeitstempel der Erstellung", figures=figures),
        post(SECOND + 9, at="Zeitstempel der Erstellung", figures={"Erreichte Konten": "--"}),
    )
    assert reading.record.language == "de"
    assert rows(reading, "post_lifetime", "reach", "likes") == [(12_345, 980), (None, None)]


def test_the_second_of_the_medium_serves_where_its_label_is_unknown():
    reading = of("posts", post(at="Tidsstempel"))
    assert rows(reading, "post", "post_id", "published_at") == [(f"anna@{SECOND}", AT)]


def test_a_rounded_figure_is_quarantined_and_the_other_posts_are_loaded():
    reading = of("posts", post(), post(SECOND + 1, figures={"Likes": "10.6K"}))
    assert (reading.record.loaded, reading.record.quarantined) == (1, 1)
    assert broken(reading)[0][1:] == ("Likes", "is not a whole number of at least 0", "10.6K")


def test_two_posts_of_one_second_are_quarantined_and_one_that_stands_twice_is_one():
    reading = of("posts", post(), post(figures={"Likes": "2"}), post(SECOND + 1), post(SECOND + 1))
    assert reading.record.quarantined == 2
    assert set(rows(reading, "post_lifetime", "post_id", "likes")) == {(f"anna@{SECOND + 1}", 1)}
    assert "nothing tells two of them apart" in broken(reading)[0][2]


def test_without_a_second_a_post_is_quarantined():
    reading = of("posts", post(), post(None))
    assert (reading.record.loaded, reading.record.quarantined) == (1, 1)


def test_trial_reels_are_noted():
    reading = of("reels", post(trial="TRIAL"), post(SECOND + 1))
    assert reading.record.loaded == 2
    assert "trial reels among them: 1" in reading.record.notes


def test_a_root_without_an_entry_is_refused():
    (reading,) = read(source(ROOT + "posts.json", insights("posts")))
    assert (reading.record.status, reading.tables) == ("refused", {})
    assert "holds no entry" in reading.record.reason


def test_a_root_none_of_whose_figures_is_known_is_refused_with_its_labels():
    reading = of("posts", post(figures={"Ukendt": "1"}))
    assert (reading.record.status, reading.tables) == ("refused", {})
    assert "'Ukendt'" in reading.record.reason


def test_a_figure_that_stands_twice_with_two_values_is_refused():
    reading = of("posts", post(SECOND + 1), post(figures={"Likes": "1", "likes": "2"}))
    assert (reading.record.status, reading.tables) == ("refused", {})
    assert "'Likes' stands twice, with '1' and '2'" in reading.record.reason


def test_a_figure_that_stands_twice_with_one_value_is_that_value():
    reading = of("posts", post(figures={"Likes": "1", "likes": "1"}))
    assert rows(reading, "post_lifetime", "likes") == [(1,)]


def test_a_post_and_a_story_of_one_second_are_two():
    files = [
        source(f"{ROOT}{root}.json", post_insights(root, post())) for root in ("posts", "stories")
    ]
    named = [rows(reading, "post_lifetime", "post_id") for reading in read(*files)]
    assert named == [[(f"anna@{SECOND}",)], [(f"anna@story/{SECOND}",)]]
