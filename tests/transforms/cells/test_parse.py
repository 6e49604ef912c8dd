from datetime import UTC, date, datetime

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.cells import parse
from transforms.cells.parse import Parsed

NOTHING = ["", "  ", "undefined", "NaN", "NAN", "--", "-", "N/A", "null", None]


def read(parsed: Parsed, *cells: str | None) -> list:
    frame = pl.DataFrame({"cell": cells}, schema={"cell": pl.String})
    found = frame.select("cell", value=parsed.value, failed=parsed.failed)
    return [
        "failed" if failed and value is None else value
        for value, failed in found.select("value", "failed").iter_rows()
    ]


@pytest.mark.parametrize(
    "parsed",
    [
        parse.identifier("cell"),
        parse.handle("cell"),
        parse.count("cell"),
        parse.signed_count("cell"),
        parse.decimal("cell"),
        parse.share("cell"),
        parse.percent_share("cell"),
        parse.seconds("cell"),
        parse.hours_as_s("cell"),
        parse.duration_hms_s("cell"),
        parse.boolean("cell"),
        parse.one_of("cell", {"ig reel": "reel"}, "a post type"),
        parse.day("cell", "%Y-%m-%d"),
        parse.english_day("cell"),
        parse.moment("cell", "%m/%d/%Y %H:%M", "America/Los_Angeles"),
        parse.moment_from_tiktok_id("cell"),
        parse.identifier_within("cell", r"(\d+)", "a number"),
    ],
    ids=lambda parsed: parsed.rule,
)
def test_cells_that_say_nothing_are_null_and_no_failure(parsed):
    assert read(parsed, *NOTHING) == [None] * len(NOTHING)


def test_text_stays_as_it_stands_even_where_it_looks_like_nothing():
    assert read(parse.text("cell"), " x\n", "N/A", "-", " ", None) == [
        " x\n",
        "N/A",
        "-",
        None,
        None,
    ]


def test_whole_numbers_may_be_grouped_but_only_regularly():
    cells = ["1", "1,234,567", "1.234", "1 234", "1\u00a0234", "1\u202f234", "1\u2019234", "1'234"]
    assert read(parse.count("cell"), *cells) == [1, 1234567, *[1234] * 6]
    irregular = ["1,23,456", "1234,567", "1,234.567", "12,34", "1.5", "1_000", "0x1", "1e3"]
    assert read(parse.count("cell"), *irregular) == ["failed"] * 8


def test_whole_numbers_written_through_a_float_are_whole():
    assert read(parse.count("cell"), "1938.0", "477900000.00", " 7 ") == [1938, 477900000, 7]


def test_a_count_is_never_negative_and_a_signed_one_may_be():
    assert read(parse.count("cell"), "-3", "-1,234") == ["failed", "failed"]
    signed = ["-3", "-1,234", "+5", "\u22123"]
    assert read(parse.signed_count("cell"), *signed) == [-3, -1234, 5, -3]


def test_a_number_too_large_fails_instead_of_wrapping():
    assert read(parse.count("cell"), "9223372036854775807") == [9223372036854775807]
    assert read(parse.count("cell"), "9223372036854775808", "9" * 30) == ["failed", "failed"]


def test_decimals_have_a_point_and_a_lone_comma_is_refused():
    cells = ["1.5", "-0.5", "1,234.5", "1,5", "1,234", "inf", "1e999"]
    assert read(parse.decimal("cell"), *cells) == [
        1.5, -0.5, 1234.5, "failed", "failed", "failed", "failed",
    ]  # fmt: skip


def test_percentages_become_shares():
    assert read(parse.percent_share("cell"), "6.27", "6.27 %", "1045") == [0.0627, 0.0627, 10.45]
    assert read(parse.share("cell"), "0.5", "61%", "x%") == [0.5, 0.61, "failed"]


def test_durations_and_hours_become_seconds():
    cells = ["0:05:16", "1:02:03", "5:16", "75:30", "1:75:00", "316"]
    assert read(parse.duration_hms_s("cell"), *cells) == [316, 3723, 316, 4530, "failed", "failed"]
    assert read(parse.hours_as_s("cell"), "0.0411", "2") == [147.96, 7200]
    assert read(parse.seconds("cell"), "42", "x") == [42, "failed"]


def test_ids_keep_every_digit_or_fail():
    cells = [" -VdePwcODwE", '="17841400000000001"', "17841400000000001", "1E123456789"]
    assert read(parse.identifier("cell"), *cells) == [
        "-VdePwcODwE", "17841400000000001", "17841400000000001", "1E123456789",
    ]  # fmt: skip
    lost = ["1.78E+16", "1,78E+16", "1E+16", "17841400000000000.0", "#NAME?"]
    assert read(parse.identifier("cell"), *lost) == ["failed"] * 5


def test_an_id_is_found_in_a_link_or_fails():
    parsed = parse.identifier_within("cell", r"/video/(\d+)", "a link to a video")
    assert read(parsed, "https://example.org/video/12?x=1", "https://example.org/") == [
        "12",
        "failed",
    ]


def test_handles_are_lower_case_without_at():
    assert read(parse.handle("cell"), "@Havre.Huset", " x ", "a b", "@", "'@anna") == [
        "havre.huset", "x", "failed", "failed", "anna",
    ]  # fmt: skip


def test_booleans_and_words_are_read_in_any_case():
    assert read(parse.boolean("cell"), "0", "1", "Yes", "no", "TRUE", "2") == [
        False, True, True, False, True, "failed",
    ]  # fmt: skip
    parsed = parse.one_of("cell", {"ig reel": "reel"}, "a post type")
    assert read(parsed, "IG reel", "IG poem") == ["reel", "failed"]


def test_a_literal_reads_no_column():
    assert read(parse.literal("x"), "1", None) == ["x", "x"]
    assert parse.literal(None, pl.Int64).columns == ()


def test_days_are_read_in_their_format_alone():
    assert read(parse.day("cell", "%m/%d/%Y"), "05/26/2026", "5/6/2026", "26/05/2026") == [
        date(2026, 5, 26), date(2026, 5, 6), "failed",
    ]  # fmt: skip
    assert read(parse.english_day("cell"), "Aug 19, 2011", "Avg 19, 2011") == [
        date(2011, 8, 19),
        "failed",
    ]
    assert read(parse.day("cell", "%Y-%m-%dT%H:%M:%S"), "2026-05-25T01:00:00") == [
        date(2026, 5, 25)
    ]


def test_a_year_of_two_digits_is_no_year_of_the_first_century():
    assert read(parse.day("cell", "%m/%d/%Y"), "5/6/26") == ["failed"]
    assert read(parse.moment("cell", "%m/%d/%Y %H:%M", "UTC"), "5/6/26 10:00") == ["failed"]


def test_local_times_become_utc_also_where_clocks_change():
    parsed = parse.moment("cell", "%m/%d/%Y %H:%M", "America/Los_Angeles")
    cells = ["05/26/2026 10:23", "01/26/2026 10:23", "11/01/2026 01:30", "03/08/2026 02:30"]
    assert read(parsed, *cells, "2026-05-26 10:23") == [
        datetime(2026, 5, 26, 17, 23, tzinfo=UTC),
        datetime(2026, 1, 26, 18, 23, tzinfo=UTC),
        datetime(2026, 11, 1, 8, 30, tzinfo=UTC),
        datetime(2026, 3, 8, 10, 30, tzinfo=UTC),
        "failed",
    ]


def test_a_time_with_its_own_offset_needs_no_zone():
    parsed = parse.moment("cell", "%Y-%m-%d %H:%M %z", None)
    assert read(parsed, "2016-12-23 18:50 +0200") == [datetime(2016, 12, 23, 16, 50, tzinfo=UTC)]


def test_a_tiktok_id_tells_the_second_of_its_upload():
    second = int(datetime(2025, 9, 4, 1, 8, 9, tzinfo=UTC).timestamp())
    id = str((second << 32) + 12345)
    cells = [id, f"https://www.tiktok.com/@x/video/{id}?lang=en", "123", "7.5E+18"]
    found = datetime(2025, 9, 4, 1, 8, 9, tzinfo=UTC)
    assert read(parse.moment_from_tiktok_id("cell"), *cells) == [found, found, "failed", "failed"]


@given(st.integers(0, 2**63 - 1), st.sampled_from([",", ".", " ", "\u00a0", "'"]))
def test_every_whole_number_survives_its_grouping(number, separator):
    grouped = f"{number:,}".replace(",", separator)
    assert read(parse.count("cell"), str(number), grouped) == [number, number]


@given(st.lists(st.one_of(st.none(), st.text(max_size=12)), max_size=20))
def test_no_cell_is_both_read_and_failed_and_none_is_lost(cells):
    frame = pl.DataFrame({"cell": cells}, schema={"cell": pl.String})
    for parsed in (parse.count("cell"), parse.decimal("cell"), parse.identifier("cell")):
        found = frame.select(
            value=parsed.value.is_not_null(),
            failed=parsed.failed,
            nothing=parse.is_not_reported("cell"),
        )
        assert all(sum(row) == 1 for row in found.iter_rows())


def test_a_fraction_in_scientific_notation_has_lost_digits():
    frame = pl.DataFrame({"a": ["1.02E+05", "1.2e-05", "0.5", None]})
    read = parse.decimal("a")
    assert frame.select(read.value).to_series().to_list() == [None, 1.2e-05, 0.5, None]
    assert frame.select(read.failed).to_series().to_list() == [True, False, False, False]


def test_an_apostrophe_before_an_id_is_a_guard():
    frame = pl.DataFrame({"a": ["'17900000000000001", "17900000000000001"]})
    assert frame.select(parse.identifier("a").value).to_series().unique().to_list() == [
        "17900000000000001"
    ]
