"""Every limit refuses what is beyond it, and says so: itself, its value, the setting to raise."""

import io
import json
import zipfile
from dataclasses import MISSING, fields, replace

import pytest

from schemas.limits import DEFAULT_LIMITS, Limits
from tests.transforms.reading.test_workbook import workbook
from transforms.reading.errors import ReadingError
from transforms.reading.tables import read_tables
from warehouse.arrivals import zips

READING = {
    "max_file_bytes": (b"a,b\n1,2\n", 7),
    "max_at_once_bytes": (b"a,b\n1,2\n", 7),
    "max_record_bytes": (b'a,b\n1,"%s"\n' % (b"x" * 200), 100),
    "max_line_bytes": (b"a,b\n1,%s\n" % (b"2" * 90), 80),
    "max_rewritten_bytes": ("a,b\n1,2\n".encode("utf-16"), 17),
    "max_mended_bytes": (b'a,b\n1,x"y\n2,3\n', 13),
    "max_damaged_cells": (b'a,b,c\n1,"x\n2\n3\n4\n5\n6\n', 9),
    "max_columns": (b"a,b,c\n1,2,3\n", 2),
    "max_sheets": (workbook(S=[["a", "b"]], T=[["a", "b"]]), 1),
    "max_workbook_cells": (workbook(S=[["a", "b"], ["1", "2"]]), 3),
    "max_unpacked_bytes": (workbook(S=[["a", "b"], ["1", "2"]]), 1000),
    "max_json_bytes": (json.dumps({"a": [{"string_map_data": {"b": "1"}}]}).encode(), 20),
    "max_json_cells": (
        json.dumps(
            {"a": [{"string_map_data": {"b": {"value": "1"}, "c": {"value": "2"}}}]}
        ).encode(),
        1,
    ),
}
ZIPS = {"max_file_bytes": 2, "max_zip_members": 1, "max_zip_bytes": 5, "max_zip_ratio": 1}
NOT_REFUSING = ("max_whole_bytes", "piece_bytes", "max_stack_bytes", "zip_ratio_from_bytes")
ELSEWHERE = ("max_reference_bytes",)


def test_every_limit_is_described_and_held_to_something_here():
    names = {limit.name for limit in fields(Limits)}
    assert names == {*READING, *ZIPS, *NOT_REFUSING, *ELSEWHERE}
    for limit in fields(Limits):
        assert limit.default is not MISSING
        assert limit.metadata["description"].endswith(".")


@pytest.mark.parametrize("name", READING)
def test_a_file_beyond_a_limit_is_refused_by_its_name_and_read_within_a_higher_one(name):
    content, most = READING[name]
    with pytest.raises(ReadingError) as refused:
        read_tables(content, "f", replace(DEFAULT_LIMITS, **{name: most}))
    assert f"setting limits.{name}" in str(refused.value)
    assert f"{most:,}" in str(refused.value)
    assert read_tables(content, "f", DEFAULT_LIMITS)


@pytest.mark.parametrize("name", ZIPS)
def test_a_zip_beyond_a_limit_is_refused_by_its_name_and_listed_within_a_higher_one(tmp_path, name):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"a" * 100)
        archive.writestr("b.csv", b"b" * 100)
    path = tmp_path / "x.zip"
    path.write_bytes(written.getvalue())
    most = ZIPS[name]
    listing = zips.inspect(path, replace(DEFAULT_LIMITS, zip_ratio_from_bytes=1, **{name: most}))
    told = listing.refused or listing.members[0].refused
    assert f"more than {most}" in told
    assert f"setting limits.{name}" in told
    listing = zips.inspect(path, DEFAULT_LIMITS)
    assert (listing.refused, [one.refused for one in listing.members]) == (None, [None, None])


@pytest.mark.parametrize("value", [0, -1])
def test_no_limit_is_below_one(value):
    with pytest.raises(ValueError, match="max_columns must be 1 or more"):
        Limits(max_columns=value)
