"""CSV for people who open it in a spreadsheet: no text in it is run as a formula."""

import json
import re
from typing import Any

import polars as pl
from polars import selectors

_BEGINS_FORMULA = r"^([=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20])"


def csv_text(frame: pl.DataFrame, *, raw: bool = False) -> str:
    """Write a frame as CSV; lists and records in it as JSON.

    Parameters
    ----------
    raw
        Whether text stays as it is. Else what would begin a formula, in a cell of text or a
        column's name, gets an apostrophe before it.

    Notes
    -----
    A spreadsheet runs a cell that begins with = + - @, a tab, a line's end, or the full-width
    form of a sign (OWASP, "CSV Injection", read 2026-11-23), and captions and handles are what
    their writers like. Numbers and days are no text: -3 stays -3.
    """
    flat = _flat(frame)
    return (flat if raw else _guarded(flat)).write_csv()


def _flat(frame: pl.DataFrame) -> pl.DataFrame:
    nested = selectors.nested()
    as_text = frame.with_columns(
        pl.Series(column.name, [_as_json(value) for value in column.to_list()], pl.String)
        for column in frame.select(nested).iter_columns()
    )
    words = selectors.categorical() | selectors.enum()
    return as_text.with_columns(words.cast(pl.String), selectors.binary().bin.encode("hex"))


def _as_json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, default=str)


def _guarded(frame: pl.DataFrame) -> pl.DataFrame:
    guarded = frame.with_columns(selectors.string().str.replace(_BEGINS_FORMULA, "'$1"))
    return guarded.rename({name: re.sub(_BEGINS_FORMULA, r"'\1", name) for name in frame.columns})
