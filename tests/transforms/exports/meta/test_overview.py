from datetime import date, timedelta

import pytest

from tests.transforms.deliveries.made_up import broken, read, read_one, rows, source

START = date(2026, 5, 25)


def daily(title: str, *values: str | int, header: str = '"Date","Primary"', start=START) -> bytes:
    lines = ["sep=,", f'"{title}"', header]
    for number, value in enumerate(values):
        lines.append(f'"{start + timedelta(number)}T00:00:00","{value}"')
    return "\n".join([*lines, "", ""]).encode("utf-16")


@pytest.mark.parametrize(
    ("title", "column"),
    [
        ("Reach", "reach"),
        ("Instagram reach", "reach"),
        ("Alcance do Instagram", "reach"),
        ("Views", "views"),
        ("Instagram follows", "gross_follows"),
        ("Instagram profile visits", "profile_views"),
        ("Content interactions", "interactions"),
        ("Instagram link clicks", "link_clicks"),
        ("Viewers", "unique_viewers"),
        ("Rækkevidde", "reach"),
    ],
)
def test_the_title_says_which_figure_it_is(title, column):
    reading = read_one("instagram/anna/Visits (1).csv", daily(title, 3, 0))
    assert (reading.record.export, reading.record.status) == ("instagram_overview", "loaded")
    assert rows(reading, "account_day", "account_ref", "day", column) == [
        ("anna", START, 3),
        ("anna", START + timedelta(1), 0),
    ]
    others = {"reach", "views", "gross_follows", "profile_views", "interactions", "followers"}
    assert reading.tables["account_day"].select(others - {column}).null_count().row(0) == (
        (2,) * len(others - {column})
    )


def test_facebook_has_its_own_titles_and_the_same_columns():
    reading = read_one("facebook/anna/Visits.csv", daily("Facebook visits", 4))
    assert reading.record.export == "facebook_overview"
    assert rows(reading, "account_day", "platform", "profile_views") == [("facebook", 4)]


@pytest.mark.parametrize(
    ("title", "export", "column"),
    [
        ("Facebook Page reach", "facebook_overview", "reach"),
        ("Facebook Page visits", "facebook_overview", "profile_views"),
        ("Couverture de la Page Facebook", "facebook_overview", "reach"),
        ("Couverture Instagram", "instagram_overview", "reach"),
        ("Instagram profile visits", "instagram_overview", "profile_views"),
    ],
)
def test_the_header_can_call_the_figure_by_its_title(title, export, column):
    reading = read_one(f"{export[:-9]}/anna/Reach.csv", daily(title, 3, header=f'"Date","{title}"'))
    assert (reading.record.export, reading.record.status) == (export, "loaded")
    assert rows(reading, "account_day", "day", column) == [(START, 3)]


def test_two_networks_in_one_file_whose_headers_are_their_titles():
    own, other = "Facebook Page reach", "Instagram reach"
    content = daily(own, 3, header=f'"Date","{own}"').decode("utf-16")
    content += daily(other, 4, header=f'"Date","{other}"').decode("utf-16").removeprefix("sep=,\n")
    readings = read(source("facebook/anna/Reach.csv", content))
    assert [rows(reading, "account_day", "platform", "reach") for reading in readings] == [
        [("facebook", 3)],
        [("instagram", 4)],
    ]


def test_a_second_header_of_the_title_among_the_days_is_refused():
    title = "Instagram reach"
    content = daily(title, 3, header=f'"Date","{title}"').decode("utf-16").rstrip("\n")
    content += f'\n"Date","{title}"\n"2026-05-25T00:00:00","4"\n'
    reading = read_one("instagram/anna/Reach.csv", content)
    assert reading.record.status == "refused"
    assert "a second header stands among its days" in reading.record.reason


def test_the_language_is_that_of_the_title_and_its_header():
    reading = read_one("instagram/anna/Alcance.csv", daily("Alcance", 1, header='"Data","Primary"'))
    assert reading.record.language == "pt"


def test_a_day_is_the_date_as_written_whatever_the_hour():
    content = (
        'sep=,\n"Reach"\n"Date","Primary"\n"2025-03-09T01:00:00","5"\n"2025-03-10T00:00:00","6"\n'
    )
    reading = read_one("instagram/anna/Reach.csv", content)
    assert rows(reading, "account_day", "day", "reach") == [
        (date(2025, 3, 9), 5),
        (date(2025, 3, 10), 6),
    ]
    assert (reading.record.period_start, reading.record.period_end) == (
        date(2025, 3, 9),
        date(2025, 3, 10),
    )


def test_a_day_that_is_left_out_stays_out():
    content = 'sep=,\n"Instagram follows"\n"Date","Primary"\n"2026-05-25T00:00:00","1"\n'
    content += '"2026-05-28T00:00:00","2"\n'
    reading = read_one("instagram/anna/Follows.csv", content)
    assert [day.day for (day,) in rows(reading, "account_day", "day")] == [25, 28]


def test_what_excel_saved_again_is_read():
    content = "Instagram reach;\r\nDate;Primary\r\n25/05/2026 00:00;14551\r\n26/05/2026 00:00;9\r\n"
    reading = read_one("instagram/anna/Reach.csv", content)
    assert rows(reading, "account_day", "day", "reach") == [
        (START, 14551),
        (START + timedelta(1), 9),
    ]


def test_a_value_that_is_no_count_is_quarantined_with_its_record():
    reading = read_one("instagram/anna/Reach.csv", daily("Instagram reach", 3, "many"))
    assert (reading.record.rows_in, reading.record.loaded) == (2, 1)
    assert broken(reading) == [(5, "Primary", "is not a whole number of at least 0", "many")]
    assert '"Primary":"many"' in reading.quarantine["record"][0]


def test_two_networks_stacked_in_one_file_are_two_tables():
    content = (
        'sep=,\n"Facebook visits"\n"Date","Primary"\n"2026-05-25T00:00:00","1"\n\n'
        '"Instagram profile visits"\n"Date","Primary"\n"2026-05-25T00:00:00","2"\n'
    )
    first, second = read(source("instagram/anna/Visits.csv", content))
    assert [reading.record.platform for reading in (first, second)] == ["facebook", "instagram"]
    assert [reading.record.sheet for reading in (first, second)] == [
        "Facebook visits",
        "Instagram profile visits",
    ]
    assert any("the file is believed" in note for note in first.record.notes)


def test_a_table_without_its_two_columns_is_refused():
    reading = read_one("instagram/anna/Reach.csv", daily("Reach", 1, header='"Date","Secondary"'))
    assert (reading.record.status, reading.record.export) == ("refused", "instagram_overview")
    assert "'Primary' are expected, not ['Date', 'Secondary']" in reading.record.reason


def test_tables_whose_blank_line_is_gone_are_refused():
    content = (
        'sep=,\n"Reach"\n"Date","Primary"\n"2026-05-25T00:00:00","1"\n'
        '"Views"\n"Date","Primary"\n"2026-05-25T00:00:00","2"\n'
    )
    reading = read_one("instagram/anna/Reach.csv", content)
    assert reading.record.status == "refused"
    assert "second header" in reading.record.reason


def test_a_title_alone_is_empty():
    content = 'sep=,\n"Reach"\n"Date","Primary"\n"2026-05-25T00:00:00","1"\n\n"Views"\n'
    _, reading = read(source("instagram/anna/Reach.csv", content))
    assert (reading.record.export, reading.record.status) == ("instagram_overview", "empty")


def views(*values: int) -> list[int | None]:
    reading = read_one("instagram/anna/Views.csv", daily("Views", *values))
    assert reading.record.loaded == len(values)
    return [value for (value,) in rows(reading, "account_day", "views")]


def test_zeros_before_a_figure_was_measured_are_not_reported():
    reading = read_one("instagram/anna/Views.csv", daily("Views", *[0] * 28, *[5] * 28))
    assert rows(reading, "account_day", "views") == [(None,)] * 28 + [(5,)] * 28
    assert any("first 28 days, 2026-05-25 to 2026-06-21" in note for note in reading.record.notes)


@pytest.mark.parametrize(
    "values",
    [
        [0] * 27 + [5] * 60,
        [0] * 60 + [5] * 27,
        [0] * 30 + [5, 0, 0] * 20,
        [0] * 60,
        [5] * 30 + [0] * 30 + [5] * 30,
    ],
)
def test_zeros_of_a_quiet_or_young_account_stay_zeros(values):
    assert views(*values) == values


def test_zeros_of_a_figure_that_was_always_measured_stay_zeros():
    reading = read_one("instagram/anna/Reach.csv", daily("Reach", *[0] * 40, *[5] * 40))
    assert rows(reading, "account_day", "reach")[0] == (0,)


def test_a_part_of_a_file_takes_what_was_measured_from_the_whole():
    early, late = daily("Views", *[0] * 40), daily("Views", *[5] * 40, start=date(2026, 7, 4))
    first, second = read(
        source("instagram/anna/Views.csv", early), source("instagram/anna/Views (1).csv", late)
    )
    values = {value for reading in (first, second) for value in
              reading.tables["account_day"]["views"]}  # fmt: skip
    assert values == {None, 5}


def test_cutting_a_file_along_its_days_changes_no_row():
    whole = read_one("instagram/anna/Views.csv", daily("Views", *[0] * 30, *[5] * 30))
    parts = read(
        source("instagram/anna/Views.csv", daily("Views", *[0] * 20)),
        source(
            "instagram/anna/Views (1).csv",
            daily("Views", *[0] * 10, *[5] * 30, start=START + timedelta(20)),
        ),
    )
    columns = ("day", "views", "platform", "account_ref")
    assert sorted(
        (row for part in parts for row in rows(part, "account_day", *columns)), key=str
    ) == sorted(rows(whole, "account_day", *columns), key=str)


@pytest.mark.parametrize("title", ["Views", "Content interactions"])
def test_totals_by_format_are_no_days_and_say_so(title):
    content = f'sep=,\n"{title}"\n"Reels","Photos"\n"572","86"\n'
    (reading,) = read(source("facebook/anna/Top content formats.csv", content))
    assert reading.record.status == "refused"
    assert reading.record.reason.startswith(
        f"under {title!r} stand totals by content format, 'Reels'"
    )
