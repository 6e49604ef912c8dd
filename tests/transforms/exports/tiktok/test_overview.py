from datetime import date

import pytest

from tests.transforms.deliveries.made_up import ARRIVED, broken, read, read_one, rows, source

HEADER = '"Date","Video Views","Profile Views","Likes","Comments","Shares"'
ZIP = "tiktok/anna/Overview_2026-04-01_1775606400_anna.b.zip"


def overview(*labels: str) -> str:
    lines = [f'"{label}","{number}","1","2","0","-1"' for number, label in enumerate(labels)]
    return "\ufeff" + "\n".join([HEADER, *lines])


def test_the_zips_name_tells_the_year_and_the_handle():
    reading = read_one(ZIP, overview("April 1", "April 2"), member="Overview.csv")
    assert rows(reading, "account_day", "account_ref", "day", "views", "shares_net") == [
        ("anna.b", date(2026, 4, 1), 0, -1),
        ("anna.b", date(2026, 4, 2), 1, -1),
    ]
    assert reading.record.observed_on == date(2026, 4, 8)
    assert reading.record.observed_on_source == "name"
    assert any("anna.b" in note for note in reading.record.notes)


@pytest.mark.parametrize(
    "label", ["April 2", "2 April", "2 de abril", "2 Απριλίου", "2 апреля", "4月2日", "2 tháng Tư"]
)
def test_day_labels_of_many_languages_are_read(label):
    reading = read_one(ZIP, overview(label), member="Overview.csv")
    assert rows(reading, "account_day", "day") == [(date(2026, 4, 2),)]


def test_undefined_is_not_reported():
    text = f'{HEADER}\n"April 2","undefined","1","2","0","0"'
    assert rows(read_one(ZIP, text, member="Overview.csv"), "account_day", "views") == [(None,)]


def test_labels_over_new_year_fall_into_two_years():
    reading = read_one("tiktok/anna/Overview.csv", overview("December 31", "January 1"))
    assert rows(reading, "account_day", "day") == [(date(2025, 12, 31),), (date(2026, 1, 1),)]


def test_a_first_label_after_the_last_is_a_year_older():
    labels = [date.fromordinal(date(2025, 2, 28).toordinal() + step) for step in range(365)]
    text = overview(*(f"{label:%B} {label.day}" for label in labels))
    name = "tiktok/anna/Overview_2025-02-28_1772236800_anna.zip"
    days = [day for (day,) in rows(read_one(name, text, member="o.csv"), "account_day", "day")]
    assert days == labels


def test_a_leap_day_tells_the_year():
    reading = read_one("tiktok/anna/Overview.csv", overview("February 28", "February 29"))
    assert rows(reading, "account_day", "day") == [(date(2024, 2, 28),), (date(2024, 2, 29),)]


def test_a_year_that_only_arrival_tells_is_an_estimate_and_noted():
    record = read_one("tiktok/anna/Overview.csv", overview("July 1")).record
    assert (record.period_start, record.observed_on) == (date(2025, 7, 1), ARRIVED)
    assert (record.observed_on_source, record.observed_on_is_exact) == ("arrival", False)
    assert any("tells the year" in note for note in record.notes)


def test_a_siblings_day_of_export_tells_the_year():
    content = (
        '"Time","Video title","Video link","Post time","Total likes","Total comments",'
        '"Total shares","Total views"\n'
        '"March 17","A","https://www.tiktok.com/@anna/video/7480000000000000000","March 1",'
        '"1","2","3","4"'
    )
    readings = read(
        source("tiktok/anna/Overview.csv", overview("March 14", "March 15")),
        source("tiktok/anna/Content.csv", content),
    )
    lent = readings[1].record
    assert (lent.export, lent.observed_on_source) == ("tiktok_overview", "sibling")
    assert (lent.observed_on, lent.period_end) == (date(2025, 3, 17), date(2025, 3, 15))


def test_shuffled_rows_mean_the_same_days():
    labels = ["March 29", "March 30", "March 31", "April 1", "April 2"]
    shuffled = [labels[place] for place in (3, 0, 4, 2, 1)]
    days = {
        day for (day,) in rows(read_one(ZIP, overview(*shuffled), member="o"), "account_day", "day")
    }
    assert days == {date(2026, 3, 29), date(2026, 3, 30), date(2026, 3, 31), date(2026, 4, 1),
                    date(2026, 4, 2)}  # fmt: skip


def test_a_label_that_is_no_day_is_quarantined():
    reading = read_one(ZIP, overview("April 1", "Smarch 2"), member="Overview.csv")
    assert reading.record.loaded == 1
    assert [entry[1::2] for entry in broken(reading)] == [("Date", "Smarch 2")]


def test_a_header_without_rows_is_empty():
    record = read_one(ZIP, "\ufeff" + HEADER, member="Overview.csv").record
    assert (record.export, record.status, record.rows_in) == ("tiktok_overview", "empty", 0)


def test_days_of_2021_with_a_year_are_read():
    reading = read_one("tiktok/anna/Overview.csv", overview("2021-03-01"))
    assert rows(reading, "account_day", "day") == [(date(2021, 3, 1),)]


def test_a_name_that_begins_with_another_word_tells_handle_and_year_all_the_same():
    name = "tiktok/anna/TIKTOK Overview_2026-04-01_1775606400_anna.b.csv"
    reading = read_one(name, overview("1 April", "2 April"))
    assert rows(reading, "account_day", "account_ref", "day") == [
        ("anna.b", date(2026, 4, 1)),
        ("anna.b", date(2026, 4, 2)),
    ]
    assert reading.record.observed_on == date(2026, 4, 8)


def test_days_with_a_year_owe_nothing_to_the_day_of_the_file():
    written = read_one("tiktok/anna/Overview.csv", overview("13/6/2022", "14/6/2022"))
    assert rows(written, "account_day", "day") == [(date(2022, 6, 13),), (date(2022, 6, 14),)]
    assert not any("tells the year" in note for note in written.record.notes)
    bare = read_one("tiktok/anna/Overview.csv", overview("June 13", "June 14"))
    assert any("tells the year" in note for note in bare.record.notes)


def test_a_figure_the_platform_added_does_not_refuse_the_export():
    text = f'{HEADER},"Saves"\n"July 1","9","1","2","0","1","4"'
    reading = read_one("tiktok/anna/Overview.csv", text)
    assert rows(reading, "account_day", "views", "shares_net") == [(9, 1)]
    assert reading.record.unknown_headers == ("Saves",)


def test_more_unknown_headers_than_figures_are_another_export():
    added = [f"Figure {number}" for number in range(6)]
    header = ",".join([HEADER, *(f'"{name}"' for name in added)])
    text = "\n".join([header, '"July 1","9","1","2","0","1","4","5","6","7","8","9"'])
    record = read_one("tiktok/anna/Overview.csv", text).record
    assert record.status == "unrecognised"
    assert "only 5 of its figures known" in str(record.reason)
