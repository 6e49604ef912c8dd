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


def test_ids_are_long_and_have_no_marks_of_numbers():
    assert shape(pl.Series(["18068922089569359", "urn:li:share:1234"])).is_id
    assert not shape(pl.Series(["3,800", "13,287,000"])).is_id
    assert not shape(pl.Series(["1", "2"])).is_id


def test_the_greatest_number_is_told():
    assert shape(pl.Series(["1,200", "7.5"])).most == 1200
    assert shape(pl.Series(["some words"])).most is None


def test_few_words_over_and_over_are_listed():
    assert shape(pl.Series(["Reel", "Post", "Reel"])).words == ("Reel", "Post")
    assert shape(pl.Series([str(number) for number in range(50)])).words == ()
