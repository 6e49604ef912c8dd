"""Every real file, read as Python's own csv module reads it."""

import csv
import io
from pathlib import Path

import pytest

from transforms.reading.quoting import is_regular
from transforms.reading.tables import ReadingError, TextTable, read_tables

EXPORTS = Path(__file__).parents[4] / "shared" / "exports"
FILES = sorted(path for path in EXPORTS.rglob("*") if path.is_file() and path.parent != EXPORTS)

pytestmark = pytest.mark.skipif(not FILES, reason=f"no real exports at {EXPORTS.name}")


def test_every_real_file_is_read_or_refused_with_a_reason():
    refused = {}
    for path in FILES:
        try:
            assert read_tables(path, path.name)
        except ReadingError as error:
            refused[path.suffix] = str(error)
    assert set(refused) <= {".json", ".zip"}


def compare(table: TextTable, records: list[list[str]], before: int, path: Path) -> int:
    """Hold one table to the records from its header on; give how many they are."""
    width, height = len(table.header), table.rows.height
    assert list(table.header) == records[0], path
    assert [[cell or "" for cell in row[:width]] for row in table.rows.iter_rows()] == [
        (row + [""] * width)[:width] for row in records[1 : height + 1]
    ], path
    numbers = list(range(before + 2, before + height + 2))
    assert table.rows["row_number"].to_list() == numbers, path
    is_long = [any(row[width:]) for row in records[1 : height + 1]]
    assert table.rows["surplus"].is_not_null().to_list() == is_long, path
    return height + 1


def test_every_real_file_is_read_as_the_csv_module_reads_it():
    compared = 0
    for path in FILES:
        if path.suffix != ".csv":
            continue
        content = path.read_bytes()
        tables = read_tables(content, path.name)
        text = content.decode("utf-16" if tables[0].encoding == "utf-16-le" else "utf-8-sig")
        if not is_regular(text.encode(), tables[0].delimiter):
            continue
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=tables[0].delimiter)
        records = [row for row in reader if any(row)]
        place = int(records[0][0].startswith("sep="))
        for table in tables:
            if table.title is not None:
                assert records[place] == [table.title], path
                place += 1
            place += compare(table, records[place:], place, path)
        assert place == len(records), path
        compared += 1
    assert compared > 100
