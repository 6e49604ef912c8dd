import polars as pl

from transforms.cells import not_data
from transforms.vocabulary import Name, Vocabulary

NAMES = Vocabulary({}, {"total": (Name("Gesamt", "de"), Name("Total", "en"))})


def found(kind, keys, filled) -> list[bool]:
    frame = pl.DataFrame({"key": keys, "_filled": filled})
    return frame.select(kind.rows.fill_null(value=False)).to_series().to_list()


def test_a_total_is_told_by_its_label_however_it_is_hyphenated():
    kind = not_data.total_row("key", NAMES)
    assert found(kind, ["Ge\u00adsamt", " total ", "Totally", None], [3, 3, 3, 3]) == [
        True,
        True,
        False,
        False,
    ]


def test_a_footer_is_alone_is_no_key_and_stands_last_or_names_the_cap():
    kind = not_data.footer("key", r"^\w+$", 500)
    keys = ["the first 500", "a remark", "the best 500", "the first 1500", "key", "the end"]
    assert found(kind, keys, [1, 1, 2, 1, 1, 1]) == [True, False, False, False, False, True]


def test_a_last_key_without_figures_is_no_footer():
    assert found(not_data.footer("key", r"^\w+$", 500), ["a b", "key"], [2, 1]) == [False, False]
