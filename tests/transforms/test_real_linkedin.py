"""A real page export of LinkedIn, to the unit."""

from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from schemas.files import FileReading
from tests.transforms.deliveries.made_up import read, source

FILE = (
    Path(__file__).resolve().parents[3]
    / "shared/exports/linkedin/1_leafspace/leaf-space_content_1753863379800.xlsx"
)

pytestmark = pytest.mark.skipif(not FILE.is_file(), reason="the real export is not here")

DAILY = {"impressions": "Impressions", "clicks": "Clicks", "likes_net": "Reactions",
         "comments_net": "Comments", "shares_net": "Reposts"}  # fmt: skip
POSTS = {"impressions": "Impressions", "clicks": "Clicks", "likes": "Likes",
         "comments": "Comments", "shares": "Reposts"}  # fmt: skip


def records(sheet: str) -> list[dict]:
    workbook = CalamineWorkbook.from_path(FILE)
    _, header, *rows = workbook.get_sheet_by_name(sheet).to_python()
    return [dict(zip(header, row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def readings() -> dict[str, FileReading]:
    return {
        str(one.record.sheet): one for one in read(source(f"linkedin/leaf-space/{FILE.name}", FILE))
    }


def test_every_day_has_the_totals_of_the_file(readings):
    table = readings["Metrics"].tables["account_day"].sort("day")
    said = records("Metrics")
    assert table.height == len(said) == 240
    for column, name in DAILY.items():
        assert table[column].to_list() == [row[f"{name} (total)"] for row in said], name
    assert [day.strftime("%m/%d/%Y") for day in table["day"]] == [row["Date"] for row in said]
    organic = [row["Unique impressions (organic)"] for row in said
               if row["Impressions (sponsored)"] == 0]  # fmt: skip
    assert table["reach"].drop_nulls().to_list() == organic


def test_every_post_is_its_total_or_its_organic_record_once(readings):
    by_link: dict[str, dict] = defaultdict(dict)
    for row in records("All posts"):
        by_link[row["Post link"]][row["Post type"]] = row
    said = {link: kinds.get("Total", kinds["Organic"]) for link, kinds in by_link.items()}
    reading = readings["All posts"]
    table = reading.tables["post_lifetime"].join(
        reading.tables["post"].select("post_id", "url", "published_at"), on="post_id"
    )
    assert (table.height, reading.record.not_data, reading.record.quarantined) == (79, 19, 0)
    for row in table.iter_rows(named=True):
        told = said[row["url"]]
        assert {column: row[column] for column in POSTS} == {
            column: told[name] for column, name in POSTS.items()
        }
        created = datetime.strptime(told["Created date"], "%m/%d/%Y").replace(tzinfo=UTC)
        assert row["published_at"].date() == created.date()


def test_what_the_file_says_twice_agrees(readings):
    for reading in readings.values():
        assert reading.reconciliation["difference"].to_list() == [0.0] * 5
        assert reading.record.unknown_headers == ()
        assert (str(reading.record.observed_on), reading.record.observed_on_source) == (
            "2025-07-30", "name",
        )  # fmt: skip


def test_no_employee_is_stored(readings):
    names = {row["Posted by"] for row in records("All posts")} - {""}
    stored = {
        cell
        for reading in readings.values()
        for table in reading.tables.values()
        for column in table.iter_columns()
        for cell in map(str, column.unique())
    }
    assert names
    assert not names & stored
