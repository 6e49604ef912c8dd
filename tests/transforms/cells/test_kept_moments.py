import polars as pl
import pytest

from transforms.cells.kept_moments import with_month_first, with_seconds

MONTH_FIRST = "%m/%d/%Y %H:%M"
YEAR_FIRST = "%Y/%m/%d %H:%M:%S"


def written(read, format, *cells):
    text = pl.DataFrame({"at": cells}, schema={"at": pl.String})
    return read(text, "at", format).get_column("at").to_list()


@pytest.mark.parametrize(
    ("kept", "downloaded"),
    [
        ("2026-05-26 10:23:00", "05/26/2026 10:23"),
        ("2026-05-26T10:23", "05/26/2026 10:23"),
        ("2026-05-26", "05/26/2026 00:00"),
        ("2026-05-26 10:22:59.999500", "05/26/2026 10:23"),
    ],
)
def test_a_day_after_the_twelfth_shows_that_none_was_turned_round(kept, downloaded):
    found = written(with_month_first, MONTH_FIRST, None, kept, "2026-06-05 00:00:00")
    assert found == [None, downloaded, "06/05/2026 00:00"]


@pytest.mark.parametrize(
    "cells",
    [
        ("2026-06-05 10:23:00", "2026-12-01 09:00:00"),
        ("2026-06-05 10:23:00", "05/26/2026 10:23"),
        ("2026-05-26 10:23:00", "soon"),
        ("2026-02-30 10:23:00",),
        ("05/26/2026 10:23",),
        (None,),
        (),
    ],
)
def test_without_such_a_day_or_beside_text_every_cell_stays(cells):
    assert written(with_month_first, MONTH_FIRST, *cells) == list(cells)


def test_a_second_shows_that_seconds_were_kept():
    assert written(with_seconds, YEAR_FIRST, "2026-06-05 10:23:07", "2026-06-05") == [
        "2026/06/05 10:23:07", "2026/06/05 00:00:00",
    ]  # fmt: skip
    cut = ("2026-06-05 10:23:00", "2026-06-06 11:00")
    assert written(with_seconds, YEAR_FIRST, *cut) == list(cut)
