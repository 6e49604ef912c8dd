"""Real charts of YouTube videos, held against the csv module and the files of their own zip."""

from collections import defaultdict
from datetime import date

import polars as pl
import pytest

from schemas.files import FileReading, SourceFile
from tests.transforms.test_real_exports import EXPORTS, VIDEO_TITLES, files_of, raw
from transforms.deliveries.delivery import read_delivery

pytestmark = pytest.mark.skipif(
    not EXPORTS.is_dir(), reason=f"the real exports are not at {EXPORTS}: nothing to read"
)

COLUMNS = {
    "Aufrufe": "views",
    "Receita estimada (USD)": "estimated_revenue",
    "Views": "views",
    "Visningar": "views",
}
"""What the last header of each real chart is in history."""

FOLDERS = {
    "01-de-2020": 8,
    "02-pt-2023": 5,
    "09-en-2026-shorts": 5,
    "18-sv-2024-all-reports/Innehåll 2024-08-13_2024-09-10 AIgineer": 5,
}
"""Folder to the number of videos charted."""


def is_chart(file: SourceFile) -> bool:
    header, *_ = raw(file)
    return len(header) > 2 and header[2] in VIDEO_TITLES


def read_folder(name: str) -> tuple[SourceFile, FileReading, list[SourceFile]]:
    """Give the chart of a folder, its reading, and the files beside it."""
    files = list(files_of(EXPORTS / "youtube" / name))
    (chart,) = [file for file in files if is_chart(file)]
    readings = {reading.record.file_id: reading for reading in read_delivery(files)}
    return chart, readings[chart.file_id], [file for file in files if file is not chart]


@pytest.mark.parametrize(("folder", "videos"), FOLDERS.items())
def test_every_figure_of_a_video_and_day_is_the_cell_of_the_file(folder, videos):
    chart, reading, _ = read_folder(folder)
    header, *lines = raw(chart)
    column = COLUMNS[header[-1]]

    assert (reading.record.export, reading.record.status) == ("youtube_content_days", "loaded")
    assert (reading.record.rows_in, reading.record.quarantined) == (len(lines), 0)
    told = reading.tables["post_day"].select("post_id", "day", column).rows()
    said = [
        (line[1].strip(), date.fromisoformat(line[0]), float(line[-1]) if line[-1] else None)
        for line in lines
    ]
    assert told == said
    assert reading.tables["post"].height == len({line[1] for line in lines}) == videos
    if column == "estimated_revenue":
        assert set(reading.tables["post_day"]["currency"]) == {"USD"}


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_days_of_a_video_add_up_to_its_figure_in_the_table_data_beside_the_chart(folder):
    chart, reading, beside = read_folder(folder)
    metric = raw(chart)[0][-1]
    (table,) = [raw(file) for file in beside if raw(file)[0][1] in VIDEO_TITLES]
    place = table[0].index(metric)
    of_period = {line[0].strip(): line[place] for line in table[1:] if len(line) > place}

    rounding = 0.0005 * len({line[0] for line in raw(chart)}) if "USD" in metric else 0

    days = reading.tables["post_day"].group_by("post_id").agg(pl.col(COLUMNS[metric]).sum())
    for post_id, total in days.iter_rows():
        assert total == pytest.approx(float(of_period[post_id]), abs=rounding)


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_is_charted_is_part_of_the_totals_of_the_same_days(folder):
    chart, reading, beside = read_folder(folder)
    metric = raw(chart)[0][-1]
    (totals,) = [raw(file) for file in beside if raw(file)[0][1:] == [metric]]
    charted: dict[date, float] = defaultdict(float)
    for day, figure in reading.tables["post_day"].select("day", COLUMNS[metric]).iter_rows():
        charted[day] += figure

    assert len(totals) - 1 == len(charted)
    assert sum(charted.values()) <= sum(float(line[1]) for line in totals[1:])
    assert reading.reconciliation.is_empty()
