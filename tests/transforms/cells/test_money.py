import polars as pl

from transforms.cells.money import revenue


def test_money_has_the_currency_of_its_header_and_no_money_has_none():
    frame = pl.DataFrame({"revenue": ["1.25", None], "_told_of_revenue": ["DKK", "DKK"]})
    found = frame.select(parsed.value.alias(name) for name, parsed in revenue("revenue").items())
    assert found.rows() == [(1.25, "DKK"), (None, None)]
