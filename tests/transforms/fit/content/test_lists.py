import polars as pl

from transforms.fit.content.lists import lists


def test_a_key_gives_its_rows_and_an_unknown_one_none():
    made = lists(pl.DataFrame({"key": ["b", "a", "b"], "place": [2, 1, 0]}), "key")
    assert made.of("b", "place").tolist() == [0, 2]
    assert made.of("a", "place").tolist() == [1]
    assert made.of("c", "place").tolist() == []


def test_an_empty_table_has_no_rows_of_any_key():
    made = lists(pl.DataFrame(schema={"key": pl.String, "place": pl.UInt32}), "key")
    assert made.of("a", "place").tolist() == []
