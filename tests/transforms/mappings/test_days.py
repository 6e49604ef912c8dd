from datetime import date

import polars as pl
import pytest

from transforms.mappings.days import day, is_format


@pytest.mark.parametrize(
    ("format", "cell"),
    [
        ("ymd", "2026-05-03"),
        ("ymd", "2026/5/3 10:00"),
        ("dmy", "3.5.2026"),
        ("dmy", "03/05/26"),
        ("mdy", "5/3/2026"),
        ("%d %b %Y", "03 May 2026"),
    ],
)
def test_a_day_is_read_by_its_declared_format(format, cell):
    frame = pl.DataFrame({"a": [cell]})
    assert frame.select(day("a", format).value).item() == date(2026, 5, 3)


def test_a_day_of_another_order_fails():
    frame = pl.DataFrame({"a": ["13/25/2026", None]})
    parsed = day("a", "dmy")
    assert frame.select(parsed.value.alias("v"), parsed.failed.alias("f")).rows() == [
        (None, True),
        (None, False),
    ]


@pytest.mark.parametrize(("format", "known"), [("dmy", True), ("%d/%m/%Y", True), ("dd-mm", False)])
def test_only_what_reads_days_is_a_format(format, known):
    assert is_format(format) is known
