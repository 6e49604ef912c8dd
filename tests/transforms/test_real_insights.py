"""Real files of Meta's Insights: each titled table loads as the csv module reads it."""

import csv
import io
import re
from collections.abc import Iterator

import polars as pl
import pytest

from schemas.files import FileReading, SourceFile
from tests.transforms.test_real_exports import EXPORTS, deliveries, files_of, is_of_insights
from transforms.deliveries.delivery import read_delivery

FOLDERS = [
    folder for folder in deliveries() if any(is_of_insights(file) for file in files_of(folder))
]

pytestmark = pytest.mark.skipif(not FOLDERS, reason=f"no real exports at {EXPORTS.name}")

DAILY = {
    "reach": r"(?:Facebook )?[Rr]each|Alcance(?: do Instagram)?",
    "views": r"Views|Visualizações",
    "gross_follows": r"Follows|Instagram follows|Seguidores no Instagram",
    "profile_views": r"Facebook visits|Instagram profile visits|Visitas ao perfil do Instagram",
    "interactions": r"Content interactions|Interações com o conteúdo",
    "link_clicks": r"Instagram link clicks|Cliques no link do Instagram",
}
LISTS = r"Top (?:cities|countries)|Principais (?:cidades|países)|.* pel[ao]s principais .*"
CROSSED = r"Age & gender|Faixa etária e gênero|.* por gênero e idade"
FOLLOWERS = "Seguidores do Instagram"
KEPT = "Conteúdo publicado"


def titled(file: SourceFile) -> Iterator[tuple[str, list[list[str]]]]:
    """Give each title with its records, the header first."""
    encoding = "utf-16" if file.content.startswith(b"\xff\xfe") else "utf-8"
    text = file.content.decode(encoding).removeprefix("sep=,\n")
    for block in re.split(r"\n\n+", text.strip("\n")):
        title, *records = csv.reader(io.StringIO(block))
        yield title[0], records


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: str(folder.relative_to(EXPORTS)))
def test_every_table_of_insights_loads_to_the_unit(folder):
    files = {file.file_id: file for file in files_of(folder)}
    read = {
        (reading.record.file_id, reading.record.sheet): reading
        for reading in read_delivery(list(files.values()))
    }
    for file in files.values():
        if is_of_insights(file):
            for title, records in titled(file):
                check(read[file.file_id, title], title, records)
                if re.fullmatch(f"{LISTS}|{CROSSED}", title):
                    same = [one for (_, sheet), one in read.items() if sheet == title]
                    check_shares(same, figures(records))


def figures(records: list[list[str]]) -> list[float]:
    """Give the figures of a list that lies or stands, or of a cross table."""
    is_lying = len(records) == 2
    cells = records[1] if is_lying else [cell for row in records[1:] for cell in row[1:]]
    return [float(cell.rstrip("%").replace(",", ".")) / 100 for cell in cells]


def check(reading: FileReading, title: str, records: list[list[str]]) -> None:
    record = reading.record
    assert record.platform == record.path.split("/")[0]
    if title == KEPT:
        assert record.status == "kept"
        return
    assert (record.status, record.quarantined, record.not_data) == ("loaded", 0, 0), record
    if re.fullmatch(f"{LISTS}|{CROSSED}", title):
        assert record.loaded == len(figures(records))
    elif title == FOLLOWERS:
        (level,) = reading.tables["account_day"]["followers"]
        assert level == int(records[1][0])
    else:
        check_days(reading, title, records[1:])


def check_shares(same: list[FileReading], expected: list[float]) -> None:
    """Hold the one distribution that files of one list say together to the figures of each."""
    rows = pl.concat(reading.tables["audience"] for reading in same)
    listed = rows.filter(pl.col("segment") != "unreported")
    assert listed["segment"].is_unique().all()
    assert rows["share"].sum() == pytest.approx(1, abs=1e-9)
    assert rows["distribution_id"].n_unique() == 1
    assert sorted(listed["share"]) == pytest.approx(sorted(expected), abs=0.005)


def check_days(reading: FileReading, title: str, records: list[list[str]]) -> None:
    (metric,) = (name for name, pattern in DAILY.items() if re.fullmatch(pattern, title))
    rows = reading.tables["account_day"]
    assert [day.isoformat() for day in rows["day"]] == [record[0][:10] for record in records]
    assert rows[metric].sum() == sum(int(record[1]) for record in records)
    unmeasured = rows[metric].null_count()
    assert all(int(record[1]) == 0 for record in records[:unmeasured])
    assert bool(unmeasured) == any("not measured yet" in note for note in reading.record.notes)
