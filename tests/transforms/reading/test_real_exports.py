"""Every real file, read as Python's own csv module reads it."""

import csv
import io
from pathlib import Path

import pytest

from transforms.reading.quoting import is_regular
from transforms.reading.tables import ReadingError, read_tables

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


def test_every_real_file_is_read_as_the_csv_module_reads_it():
    compared = 0
    for path in FILES:
        if path.suffix != ".csv":
            continue
        content = path.read_bytes()
        table = read_tables(content, path.name)[0]
        text = content.decode("utf-16" if table.encoding == "utf-16-le" else "utf-8-sig")
        if not is_regular(text.encode(), table.delimiter):
            continue
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=table.delimiter)
        expected = [row for row in reader if any(row)]
        preamble = int(expected[0][0].startswith("sep="))
        assert list(table.header) == expected[preamble], path
        width = len(table.header)
        assert [[cell or "" for cell in row[:width]] for row in table.rows.iter_rows()] == [
            (row + [""] * width)[:width] for row in expected[preamble + 1 :]
        ], path
        first, last = preamble + 2, len(expected)
        assert table.rows["row_number"].to_list() == list(range(first, last + 1)), path
        is_long = [any(row[width:]) for row in expected[preamble + 1 :]]
        assert table.rows["surplus"].is_not_null().to_list() == is_long, path
        compared += 1
    assert compared > 100
