import csv
import io
from datetime import UTC, date, datetime

import pytest

from tests.transforms.deliveries.made_up import read_one, rows

ORGANIC = (
    "impressions", "engagements", "engagement rate", "retweets", "replies", "likes",
    "user profile clicks", "url clicks", "hashtag clicks", "detail expands", "permalink clicks",
    "app opens", "app installs", "follows", "email tweet", "dial phone", "media views",
    "media engagements",
)  # fmt: skip
HEADER = ["Tweet id", "Tweet permalink", "Tweet text", "time", *ORGANIC]
HEADER += [f"promoted {name}" for name in ORGANIC]
ID = "970638794191540224"
COUNTS = [
    "1207.0", "18.0", "0.0149", "3.0", "4.0", "5.0", "6.0", "7.0", "0.0", "2.0", "0.0", "0", "0",
    "2", "0", "0", "51", "51",
]  # fmt: skip
NOTHING_BOUGHT = ["-"] * len(ORGANIC)
TEXT = 'First line\n\n"second", bread &amp; butter'
NAME = "tweet_activity_metrics_Anna_20180301_20180401_en.csv"


def tweets(*texts: str, promoted: list[str] = NOTHING_BOUGHT, path: str = NAME):
    written = io.StringIO()
    table = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\n")
    table.writerow(HEADER)
    for number, text in enumerate(texts):
        post_id = str(int(ID) + number)
        url = f"https://twitter.com/Anna/status/{post_id}"
        table.writerow([post_id, url, text, "2018-03-05 12:34 +0000", *COUNTS, *promoted])
    return read_one(path, written.getvalue())


def test_a_tweet_is_read_with_its_lines_its_moment_and_what_was_earned():
    reading = tweets(TEXT)
    assert (reading.record.export, reading.record.account_ref) == ("x_tweets", "anna")
    assert rows(reading, "post", "post_id", "caption", "published_at") == [
        (ID, TEXT.replace("&amp;", "&"), datetime(2018, 3, 5, 12, 34, 56, 789_000, tzinfo=UTC))
    ]
    figures = (
        "impressions", "reposts", "comments", "likes", "link_clicks", "follows", "shares", "saves",
        "views",
    )  # fmt: skip
    assert rows(reading, "post_lifetime", *figures) == [(1207, 3, 4, 5, 7, 2, None, None, None)]
    assert reading.record.notes == ()


JAPANESE = (
    "ツイートID,ツイートの固定リンク,ツイート本文,時間,インプレッション,エンゲージメント,"
    "エンゲージメント率,リツイート,返信,いいね,URLクリック数,フォローしている"
)
PORTUGUESE = (
    "id do Tweet,link permanente do Tweet,texto do Tweet,horário,impressões,engajamentos,"
    "taxa de engajamento,retweets,respostas,favoritos,cliques no URL,seguiram"
)


@pytest.mark.parametrize("header", [JAPANESE, PORTUGUESE])
def test_other_languages_tell_the_same(header):
    line = f"{ID},https://twitter.com/Anna/status/{ID},Hi,2018-03-05 12:34 +0000,9,8,0.9,1,2,3,4,5"
    reading = read_one("tweets.csv", f"{header}\n{line}")
    assert (reading.record.export, reading.record.account_ref) == ("x_tweets", "anna")
    figures = ("impressions", "reposts", "comments", "likes", "link_clicks", "follows")
    assert rows(reading, "post_lifetime", *figures) == [(9, 1, 2, 3, 4, 5)]


def test_a_file_ends_on_the_day_before_the_one_it_names():
    assert tweets(TEXT).record.observed_on == date(2018, 3, 31)


def test_a_file_without_a_tweet_still_tells_whose_it_is():
    record = tweets().record
    assert (record.export, record.status, record.account_ref) == ("x_tweets", "empty", "anna")


def test_what_was_bought_is_said_and_not_added():
    reading = tweets(TEXT, TEXT, promoted=["500", *NOTHING_BOUGHT[1:]])
    assert rows(reading, "post_lifetime", "impressions") == [(1207,), (1207,)]
    assert any("1000 promoted impressions" in note for note in reading.record.notes)


def test_likes_were_called_favorites_before():
    written = (
        "Tweet id,Tweet permalink,Tweet text,time,impressions,retweets,favorites\n"
        f"{ID},https://twitter.com/Anna/status/{ID},a,2015-03-05 12:34 +0000,9.0,1.0,4.0\n"
    )
    reading = read_one(NAME, written)
    assert rows(reading, "post_lifetime", "likes", "reposts") == [(4, 1)]
