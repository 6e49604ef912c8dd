import polars as pl
import pytest

from transforms.mappings.day_formats import day_forms, moment_formats


@pytest.mark.parametrize(
    ("cells", "forms"),
    [
        (["26-12-25", "23-12-25"], ("dmy", "ymd")),
        (["2025-12-26"], ("ymd",)),
        (["Dec 26, 2025"], ("%b %d, %Y",)),
        (["Sat, Dec 6, 2025"], ("%a, %b %d, %Y",)),
        (["soon"], ()),
    ],
)
def test_every_form_of_a_day_is_told_and_a_short_year_rather_stands_last(cells, forms):
    assert day_forms(pl.Series(cells)) == forms


@pytest.mark.parametrize(
    ("cells", "formats"),
    [
        (["12/30/2025 9:40 am", "12/15/2025 11:25 PM"], ("%m/%d/%Y %I:%M %p",)),
        (["05/06/2025 09:40"], ("%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M")),
        (["2025-12-30T09:40:00Z"], ("%Y-%m-%dT%H:%M:%SZ",)),
        (["2025-12-30T09:40:00.123Z"], ("%Y-%m-%dT%H:%M:%S%.fZ",)),
        (["2025-12-30T09:40:00+0200"], ("%Y-%m-%dT%H:%M:%S%z",)),
        (["Dec 30, 2025 at 9:40 AM"], ("%b %d, %Y at %I:%M %p",)),
        (["30/12/2025"], ()),
    ],
)
def test_a_time_of_day_is_part_of_the_format(cells, formats):
    assert moment_formats(pl.Series(cells)) == formats


def test_one_cell_that_does_not_fit_rules_a_format_out():
    assert moment_formats(pl.Series(["05/06/2025 09:40", "05/16/2025 09:40"])) == (
        "%m/%d/%Y %H:%M",
    )
