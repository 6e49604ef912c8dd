"""Real files of X: every post's moment, author and text against what stands in the file."""

import csv
import html
import io
from datetime import UTC, datetime

import polars as pl
import pytest

from tests.transforms.test_real_exports import EXPORTS, deliveries, files_of
from transforms.deliveries.delivery import read_delivery

pytestmark = pytest.mark.skipif(
    not EXPORTS.is_dir(), reason=f"the real exports are not at {EXPORTS}: nothing to read"
)

FOLDERS = [folder for folder in deliveries() if folder.relative_to(EXPORTS).parts[0] == "x"]


def posts(folder, export: str) -> list[tuple[list[dict], pl.DataFrame]]:
    """Give the records as the csv module reads them and the posts loaded, of each file."""
    files = {file.file_id: file for file in files_of(folder)}
    return [
        (
            list(csv.DictReader(io.StringIO(files[reading.record.file_id].content.decode(), ""))),
            reading.tables["post"].sort("row_number"),
        )
        for reading in read_delivery(list(files.values()))
        if reading.record.export == export
    ]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_id_tells_the_minute_that_stands_beside_it(folder):
    for records, loaded in posts(folder, "x_tweets"):
        written = [
            datetime.strptime(record["time"], "%Y-%m-%d %H:%M %z").astimezone(UTC)
            for record in records
        ]
        assert loaded["published_at"].dt.truncate("1m").to_list() == written
        assert loaded["post_id"].to_list() == [record["Tweet id"] for record in records]
        texts = [html.unescape(record["Tweet text"]) for record in records]
        assert loaded["caption"].to_list() == texts


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_day_beside_an_id_is_that_of_a_browser_at_most_a_day_away(folder):
    for records, loaded in posts(folder, "x_content"):
        written = [datetime.strptime(record["Date"], "%a %b %d %Y") for record in records]  # noqa: DTZ007
        apart = (loaded["published_at"].dt.date() - pl.Series(written).dt.date()).dt.total_days()
        assert set(apart) <= {-1, 0, 1}
        assert loaded["post_id"].to_list() == [record["Post id"] for record in records]
        assert loaded["caption"].to_list() == [
            html.unescape(record["Post text"]) for record in records
        ]


def test_there_are_real_posts_of_both_exports():
    for export, count in (("x_content", 141), ("x_tweets", 94)):
        found = [loaded.height for folder in FOLDERS for _, loaded in posts(folder, export)]
        assert sum(found) == count
