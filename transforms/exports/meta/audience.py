"""Meta Business Suite, Insights audience: followers by age and gender, by city and by country.

One file has several tables in any order, each under its title. Shares are percentages with at
most one decimal, of all followers; only the ten largest cities and countries are listed. Until
2024 a list stood upright, with `23,9%` in the decimals of the language; since 2025 it lies: names
in one record, figures in the next. Women and men stand in either order, and their figures sum to
100 in every file seen: they are of the followers who say one of the two.
"""

import re
from collections.abc import Iterator
from functools import partial

import polars as pl

from schemas.audience import JOINT, UNREPORTED
from transforms.cells import segments
from transforms.cells.not_data import label
from transforms.cells.parse import Parsed
from transforms.export import Export
from transforms.layout import Layout, LayoutError
from transforms.reading.table import TextTable
from transforms.shapes import meta
from transforms.shares import Distribution, percentage
from transforms.statistics.sums import exactly
from transforms.vocabulary import Vocabulary, read_vocabulary

FIGURE = "share"
GENDERS = ("female", "male")

_SHAPES = {"age_gender": meta.age_gender, "city": meta.city, "country": meta.country}

_PERCENTAGE = re.compile(r"\s*\d{1,3}(?:[.,]\d{1,2})?\s*%?\s*")
_NO_FIGURE = re.compile(r"\s*(?:[-\u2013\u2014]{1,2}|[<>]\s*\d.*)\s*")
_FRACTION = re.compile(r"\s*(?:0[.,]\d+|[01])\s*")
_MORE_DECIMALS = re.compile(r"\s*0[.,]\d{2,}\s*")
_WHOLE = (0.98, 1.02)
_LETTER = re.compile(r"[^\W\d_]")
_DATE = re.compile(r"\d+[./-]\d+[./-]\d+")
_TIMESTAMP = re.compile(r"\d{4}-\d{2}-\d{2}T")
_DECIMAL_COMMA = re.compile(r"(\d),(\d)")
_SPOILED = (
    "a spreadsheet turned figures into dates, and others it changed without a trace: download "
    "the file again and load it unopened"
)

Row = tuple[str | None, ...]
Figure = tuple[str | None, str | None, str | None]
"""Segment, figure, and what stands beyond the header."""


def lay_out(table: TextTable, about: str, _: Vocabulary) -> Layout:
    """Give one record per figure: the segment it is of, and the percentage.

    Raises
    ------
    LayoutError
        Where the figures stand in no known way, or a spreadsheet has spoiled them.
    """
    rows = [(*row[: len(table.header)], row[-1]) for row in table.rows.iter_rows()]
    figures = list(_crossed(table, rows) if about == "age_gender" else _listed(table, rows))
    for _segment, figure, _beyond in figures:
        if figure and _is_spoiled(figure):
            raise LayoutError(f"{figure!r} stands where a percentage should: {_SPOILED}")
    if _are_fractions(figures, is_whole=about == "age_gender"):
        figures = [(segment, _times_100(figure), beyond) for segment, figure, beyond in figures]
    laid = TextTable(
        header=(table.title or "", "%"),
        rows=_frame(figures),
        sheet=table.sheet,
        encoding=table.encoding,
        delimiter=table.delimiter,
        notes=table.notes,
        title=table.title,
    )
    return Layout(laid, (about, FIGURE))


def _crossed(table: TextTable, rows: list[Row]) -> Iterator[Figure]:
    """Take the figures of a cross table: ages down, genders across."""
    _check_parted(table, rows)
    for age, *cells, beyond in rows:
        for place, (gender, cell) in enumerate(zip(table.header[1:], cells, strict=True)):
            yield f"{age or ''}:{gender}", cell, beyond if place == 0 else None


def _listed(table: TextTable, rows: list[Row]) -> Iterator[Figure]:
    """Take the figures of a list, lying or upright."""
    if not rows:
        return
    if len(rows) == 1 and all(_stands_for_figure(cell) for cell in rows[0][:-1] if cell):
        *cells, beyond = rows[0]
        for place, (name, cell) in enumerate(zip(table.header, cells, strict=True)):
            yield name, cell, beyond if place == 0 else None
    elif len(table.header) == 2 and not any(_is_no_name(row[0]) for row in rows):
        _check_parted(table, rows)
        yield from ((row[0], row[1], row[2]) for row in rows)
    else:
        raise LayoutError(_unknown_layout(table, rows))


def _stands_for_figure(cell: str) -> bool:
    kinds = (_PERCENTAGE, _FRACTION, _NO_FIGURE)
    return any(kind.fullmatch(cell) for kind in kinds)


def _are_fractions(figures: list[Figure], *, is_whole: bool) -> bool:
    """Tell what a workbook makes of `23,9%`: 0.239. No percentage has more decimals than one."""
    cells = [figure for _, figure, _ in figures if figure and figure.strip()]
    if not cells or not all(map(_FRACTION.fullmatch, cells)):
        return False
    total = exactly(float(cell.replace(",", ".")) for cell in cells)
    is_one = is_whole and _WHOLE[0] <= total <= _WHOLE[1]
    return is_one or any(map(_MORE_DECIMALS.fullmatch, cells))


def _times_100(figure: str | None) -> str | None:
    if not figure or not figure.strip():
        return figure
    return f"{round(float(figure.replace(',', '.')) * 100, 6):g}"


def _is_spoiled(figure: str) -> bool:
    return bool(_LETTER.search(figure) or _DATE.search(figure))


def _is_no_name(cell: str | None) -> bool:
    return bool(cell and (_PERCENTAGE.fullmatch(cell) or _DATE.match(cell)))


def _unknown_layout(table: TextTable, rows: list[Row]) -> str:
    spoiled = [cell for cell in rows[0][:-1] if cell and _is_spoiled(cell)]
    if len(rows) == 1 and spoiled and not _TIMESTAMP.match(spoiled[0]):
        return f"{spoiled[0]!r} stands where a percentage should: {_SPOILED}"
    return (
        f"under {table.title!r} names and their percentages are expected, in two records or two "
        f"columns, not {len(table.header)} columns and {len(rows)} records: download it again"
    )


def _check_parted(table: TextTable, rows: list[Row]) -> None:
    """Refuse a table that goes on with the title of another: no blank line parts the two."""
    for name, *cells, _ in rows:
        if name and not any(cells):
            raise LayoutError(
                f"{name!r} stands alone in a record under {table.title!r}: the blank line that "
                "parts two tables is gone. Download the file again"
            )


def _frame(figures: list[Figure]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "0": [segment for segment, _, _ in figures],
            "1": [_with_point(figure) for _, figure, _ in figures],
            "row_number": range(1, len(figures) + 1),
            "surplus": [beyond for _, _, beyond in figures],
        },
        schema={"0": pl.String, "1": pl.String, "row_number": pl.UInt32, "surplus": pl.String},
    )


def _with_point(figure: str | None) -> str | None:
    """Write a percentage with a decimal point: none has thousands."""
    is_known = figure is not None and _PERCENTAGE.fullmatch(figure)
    return _DECIMAL_COMMA.sub(r"\1.\2", figure) if figure and is_known else figure


def _age_and_gender(names: Vocabulary) -> Parsed:
    age = segments.age("age_gender")
    words = {word: gender for gender in GENDERS for word in names.words(gender)}
    said = label("age_gender").str.extract(r":\s*([^:]*)$", 1)
    gender = said.replace_strict(words, default=None, return_dtype=pl.String)
    is_unknown = said.is_in(names.words(UNREPORTED)) & age.value.is_not_null()
    value = pl.coalesce(
        pl.concat_str(age.value, gender, separator=JOINT),
        pl.when(is_unknown).then(pl.lit(UNREPORTED)),
    )
    failed = pl.col("age_gender").is_not_null() & value.is_null()
    return Parsed(("age_gender",), value, failed, "an age band and a known word for a gender")


def _export(names: Vocabulary, platform: str, network: str, about: str, what: str) -> Export:
    segment = {
        "age_gender": _age_and_gender(names),
        "city": segments.place("city"),
        "country": segments.country("country"),
    }[about]
    countries = partial(segments.with_countries, column=about) if about == "country" else None
    return Export(
        name=f"{platform}_audience_{about}",
        platform=platform,
        title=f"Meta Business Suite audience, {network} followers by {what}",
        vocabulary=names,
        declared=partial(_export, platform=platform, network=network, about=about, what=what),
        **Distribution(
            basis="followers",
            dimension=about,
            segment=segment,
            figure=percentage(FIGURE),
            prepare=countries,
        ).fields(),
        key=about,
        titles=frozenset({about}),
        layout=lay_out,
        shape=_SHAPES[about],
        source="Real exports of 2024 to 2026, read 2026-11-23; public importers of such files",
        where=f"Meta Business Suite > Insights > Audience, {network} > Export, CSV",
    )


EXPORTS = tuple(
    _export(read_vocabulary(f"{__package__}.{platform}_insights"), platform, network, about, what)
    for platform, network in (("facebook", "Facebook"), ("instagram", "Instagram"))
    for about, what in (
        ("age_gender", "age and gender"),
        ("city", "city"),
        ("country", "country"),
    )
)
