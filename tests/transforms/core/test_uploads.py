import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

UPLOADED = datetime(2026, 5, 1, 12, 0, 59, tzinfo=UTC)
MINUTE = UPLOADED.replace(second=0)

ONE_CAPTION = """
from datetime import UTC, datetime, timedelta
from pathlib import Path
import polars as pl
from schemas import contract
from schemas.history import HISTORY
from transforms.core.uploads import with_uploads_told

times = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=place) for place in range(5000)]
names = [f"anna@{int(at.timestamp())}" for at in times] + [str(place) for place in range(5000)]
told = {"platform": "instagram", "account_ref": "anna", "caption": "Good morning"}
schema = contract.polars_schema(HISTORY["post"])
posts = pl.DataFrame({"post_id": names, "published_at": times * 2}, schema_overrides={
    "published_at": schema["published_at"]}).with_columns(pl.lit(said).alias(name)
    for name, said in told.items())
posts = posts.with_columns(pl.lit(None, kind).alias(name)
    for name, kind in schema.items() if name not in posts.columns)
ref = pl.DataFrame({"platform": "instagram", "account_ref": "anna", "account_id": "anna"})
history = {"post": posts.lazy(), "post_lifetime": posts.select("platform", "post_id").lazy()}
print(with_uploads_told(history, ref.lazy())["post"].collect()["post_id"].str.contains("@").sum())
status = Path("/proc/self/status").read_text().splitlines()
print(int(dict(line.split(":", 1) for line in status)["VmHWM"].split()[0]) // 1024)
"""


def upload(at=UPLOADED, account="anna", observed_on=date(2026, 6, 1), **given):
    """Give the rows of a post of the download, and of its figures."""
    key = {
        "platform": "instagram",
        "post_id": f"{account}@{int(at.timestamp())}",
        "observed_on": observed_on,
    }
    attributes = {"account_ref": account, "published_at": at, "caption": "Hello  you"} | given
    likes = attributes.pop("likes", 7)
    return key | attributes, key | {"likes": likes}


def listed(post_id, at=MINUTE, account="anna", observed_on=date(2026, 6, 9), **given):
    """Give the rows of a post of the content export."""
    key = {"platform": "instagram", "post_id": post_id, "observed_on": observed_on}
    attributes = {"account_ref": account, "published_at": at, "caption": "Hello you"} | given
    return key | attributes, key | {"likes": 9}


@pytest.fixture
def core(layer):
    def run(*posts):
        return layer(
            post=[attributes for attributes, _ in posts],
            post_lifetime=[counters for _, counters in posts],
        )

    return run


def ids(made):
    return made["post"]["post_id"].sort().to_list()


def test_an_upload_is_the_post_of_its_minute_with_its_caption(core):
    made = core(upload(), listed("17"))
    assert ids(made) == ["17"]
    seen = made["post_observation"].sort("observed_on").select("post_id", "observed_on", "likes")
    assert seen.rows() == [("17", date(2026, 6, 1), 7), ("17", date(2026, 6, 9), 9)]


@pytest.mark.parametrize("caption", [None, "", "Hello you and all of you"])
def test_a_caption_that_is_missing_or_cut_is_no_other(core, caption):
    assert ids(core(upload(caption=caption), listed("17"))) == ["17"]


def test_without_a_content_export_an_upload_is_a_post_of_its_own(core):
    made = core(upload())
    (post,) = made["post"].rows(named=True)
    assert post["account_id"] == "anna"
    assert post["published_at"] == UPLOADED
    assert made["post_lifetime"]["likes"].to_list() == [7]


def test_downloads_of_two_days_are_two_observations_of_one_post(core):
    made = core(upload(), upload(observed_on=date(2026, 7, 1), likes=8))
    assert made["post"].height == 1
    assert made["post_observation"]["likes"].sort().to_list() == [7, 8]


@pytest.mark.parametrize(
    "other",
    [
        {"at": MINUTE + timedelta(days=4)},
        {"at": MINUTE + timedelta(hours=1), "caption": "Something else"},
        {"account": "bert"},
        {"format": "story"},
    ],
)
def test_another_post_leaves_it_alone(core, other):
    assert len(ids(core(upload(), listed("17", **other)))) == 2


@pytest.mark.parametrize(
    "others",
    [
        [listed("17"), listed("18")],
        [listed("17", caption="Something else")],
        [listed("17", at=MINUTE + timedelta(hours=6))],
        [listed("17"), upload(at=UPLOADED + timedelta(minutes=1))],
    ],
)
def test_what_may_be_a_post_that_is_known_is_not_counted_twice(core, others):
    made = core(upload(), *others)
    assert not any("@" in post_id for post_id in ids(made))
    assert not any("@" in post_id for post_id in made["post_lifetime"]["post_id"])


DAY = UPLOADED.replace(hour=0, minute=0, second=0)


@pytest.mark.parametrize("caption", [None, "Hello you"])
@pytest.mark.parametrize("at", [DAY, DAY + timedelta(days=1)])
def test_a_post_of_which_only_the_day_is_known_may_be_an_upload_about_it(core, at, caption):
    made = core(upload(), listed("17", at=at, published_at_source="file_day", caption=caption))
    assert ids(made) == ["17"]
    assert made["post_lifetime"]["likes"].to_list() == [9]


def test_an_upload_at_midnight_is_not_the_post_of_its_day_for_certain(core):
    made = core(upload(at=DAY), listed("17", at=DAY, published_at_source="file_day"))
    assert made["post_observation"]["likes"].to_list() == [9]


def test_a_day_that_another_list_says_leaves_the_minute_as_it_is(core):
    by_day = listed("17", at=DAY, published_at_source="file_day", observed_on=date(2026, 6, 10))
    made = core(upload(), by_day, listed("17"))
    assert made["post_observation"]["likes"].sort().to_list() == [7, 9, 9]


def test_a_post_of_that_day_with_another_caption_is_another(core):
    post = listed("17", at=DAY, published_at_source="file_day", caption="Something else")
    assert len(ids(core(upload(), post))) == 2


def test_a_folder_with_an_at_sign_in_its_name_names_uploads_too(core):
    assert ids(core(upload(account="anna@home"), listed("17", account="anna@home"))) == ["17"]


@pytest.mark.skipif(sys.platform != "linux", reason="reads memory where Linux tells it")
def test_a_caption_that_all_posts_have_does_not_make_pairs_of_them_all():
    code = [sys.executable, "-c", ONE_CAPTION]
    root = Path(__file__).parents[3]
    done = subprocess.run(code, capture_output=True, text=True, check=True, cwd=root)
    counted_twice, megabytes = map(int, done.stdout.split())
    assert counted_twice == 0
    assert megabytes < 800


def test_a_story_of_the_same_second_finds_the_story_and_the_post_its_post(core):
    attributes, counters = upload(format="story", likes=3)
    name = {"post_id": f"anna@story/{int(UPLOADED.timestamp())}"}
    story = attributes | name, counters | name
    made = core(upload(), story, listed("17"), listed("18", format="story"))
    assert ids(made) == ["17", "18"]
    first = made["post_observation"].sort("post_id", "observed_on").select("post_id", "likes")
    assert first.rows() == [("17", 7), ("17", 9), ("18", 3), ("18", 9)]
    assert len(ids(core(upload(), story))) == 2


def test_two_names_of_one_account_name_one_upload(core):
    other, counters = upload(account="4711", account_handle="anna", observed_on=date(2026, 7, 1))
    assert ids(core(upload(), (other, counters))) == ["4711@1777636859"]


def test_an_upload_that_two_names_of_an_account_have_finds_its_post_under_both(core):
    other = upload(account="4711", account_handle="anna", observed_on=date(2026, 7, 1))
    made = core(upload(), other, listed("17", account="4711", account_handle="anna"))
    assert ids(made) == ["17"]
    assert made["post_observation"].height == 3


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.integers(0, 8 * 60 * 60), max_size=6, unique=True),
    st.lists(st.integers(0, 8 * 60), max_size=4),
    st.randoms(use_true_random=False),
)
def test_no_post_is_counted_twice_and_none_of_the_listed_is_lost(core, seconds, minutes, random):
    uploads = [upload(at=UPLOADED + timedelta(seconds=second), caption=None) for second in seconds]
    posts = [
        listed(str(place), at=MINUTE + timedelta(minutes=minute), caption=None)
        for place, minute in enumerate(minutes)
    ]
    rows = uploads + posts
    made = ids(core(*rows))
    random.shuffle(rows)
    assert ids(core(*rows)) == made
    assert {post_id for post_id in made if "@" not in post_id} == {
        str(place) for place in range(len(minutes))
    }
    assert len(made) <= len(uploads) + len(posts)
    times = [UPLOADED + timedelta(seconds=second) for second in seconds]
    lone = [
        at
        for at in times
        if all(abs(at - post["published_at"]) > timedelta(minutes=5) for post, _ in posts)
    ]
    assert len(made) == len(posts) + len(lone)
