import csv
import io
from datetime import date

import pytest

from tests.sample import tiktok_audience
from tests.sample.__main__ import SEED
from tests.sample.inbox import simulations

JUNE_EXPORT = date(2025, 7, 1)
SIMULATED = {
    handle: truth
    for (platform, handle), truth in simulations(SEED).items()
    if platform == "tiktok" and truth.account.audience_export != "none"
}


def _rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_territories_are_ten_and_others_with_three_decimals_that_sum_to_one():
    content = tiktok_audience.followers(SIMULATED["steady.signe"], JUNE_EXPORT)
    header, *rows = _rows(content["FollowerTopTerritories.csv"])

    assert header == ["Top territories", "Distribution"]
    assert rows[-1][0] == "Others"
    assert "XK" in [row[0] for row in rows]
    assert len(rows) == 11
    assert sum(float(share) for _, share in rows) == pytest.approx(1)
    assert all(len(share) <= len("0.123") for _, share in rows)


def test_genders_have_two_decimals_and_a_plain_zero_for_none():
    rows = _rows(
        tiktok_audience.followers(SIMULATED["rising.rosa"], JUNE_EXPORT)["FollowerGender.csv"]
    )

    assert rows == [["Gender", "Distribution"], ["Female", "0.8"], ["Male", "0.2"], ["Other", "0"]]


def test_the_hours_of_seven_days_are_listed_and_those_to_come_are_zero():
    rows = _rows(
        tiktok_audience.followers(SIMULATED["crossing.cleo"], JUNE_EXPORT)["FollowerActivity.csv"]
    )[1:]

    assert len(rows) == 7 * 24
    assert [row[1] for row in rows[:24]] == [str(hour) for hour in range(24)]
    assert (rows[0][0], rows[-1][0]) == ("25 June", "1 July")
    assert {row[2] for row in rows[-15:]} == {"0"}
    assert all(int(row[2]) > 0 for row in rows[:-15])


def test_an_account_with_too_few_followers_gets_headers_only():
    content = tiktok_audience.followers(SIMULATED["toofew.tilde"], JUNE_EXPORT)

    assert SIMULATED["toofew.tilde"].levels[-1] < 100
    assert all(len(_rows(table)) == 1 for table in content.values())


def test_viewers_add_up_and_the_day_of_the_export_has_none_yet():
    truth = SIMULATED["rising.rosa"]
    header, *rows, today = _rows(tiktok_audience.viewers(truth, date(2025, 6, 1), JUNE_EXPORT))

    assert header == ["Date", "Total Viewers", "New Viewers", "Returning Viewers"]
    assert len(rows) == 30
    assert all(int(total) == int(new) + int(back) for _, total, new, back in rows)
    assert today == ["1 tháng Bảy", "undefined", "0", "0"]
