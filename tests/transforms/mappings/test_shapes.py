import polars as pl
import pytest

from transforms.mappings.shapes import shape


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["12.5K", "900"], "suffixed"),
        (["3,4 %"], "percent"),
        (["0:05:16"], "clock"),
        (["https://a.b/c"], "url"),
        (["@anna", "bo.c"], "handle"),
        (["Instagram", "tiktok"], "network"),
        (["some words"], "text"),
        (["1,234", "12"], "number"),
        ([None, "-"], "empty"),
        (["2026-05-01"], "day"),
    ],
)
def test_cells_have_a_kind(cells, kind):
    assert shape(pl.Series(cells, dtype=pl.String)).kind == kind


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["13/05/2026", "01/02/2026"], "dmy"),
        (["05/13/2026"], "mdy"),
        (["01/02/2026"], None),
        (["2026-05-01"], "ymd"),
    ],
)
def test_the_order_of_a_day_is_told_only_where_one_alone_fits(cells, order):
    assert shape(pl.Series(cells)).day_order == order


@pytest.mark.parametrize(
    ("cells", "decimal"), [(["1,5"], ","), (["1.5"], "."), (["1.500"], None), (["12"], None)]
)
def test_the_decimal_mark_is_told_only_where_it_is_certain(cells, decimal):
    assert shape(pl.Series(cells)).decimal == decimal
