from datetime import date

from tests.transforms.deliveries.made_up import read_one, rows
from tests.transforms.exports.x.test_tweets import COUNTS, NOTHING_BOUGHT, ORGANIC

HEADER = ["Date", "Tweets published", *ORGANIC, *(f"promoted {name}" for name in ORGANIC)]
NAME = "daily_tweet_activity_metrics_Anna_20210801_20210901_en.csv"


def test_a_day_is_read_with_what_its_tweets_earned_and_the_name_tells_whose():
    cells = ["2021-08-01", "3", *COUNTS, *NOTHING_BOUGHT]
    lines = [",".join(f'"{cell}"' for cell in line) for line in (HEADER, cells)]
    reading = read_one(NAME, "\n".join(lines))
    assert (reading.record.export, reading.record.account_ref) == ("x_tweet_days", "anna")
    figures = (
        "day", "impressions", "likes", "comments", "reposts", "link_clicks", "gross_follows",
        "profile_views", "views",
    )  # fmt: skip
    assert rows(reading, "account_day", *figures) == [
        (date(2021, 8, 1), 1207, 5, 4, 3, 7, None, None, None)
    ]
