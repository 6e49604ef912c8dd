from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from schemas import contract
from schemas.history import HISTORY
from transforms.cells import parse
from transforms.cells.parse import Parsed
from transforms.deliveries.splitting import split
from transforms.export import GIVEN, Clues, ExportError
from transforms.exports import EXPORTS

EVERY = pytest.mark.parametrize("export", EXPORTS.values(), ids=EXPORTS)
FILLING = pytest.mark.parametrize(
    "export",
    [export for export in EXPORTS.values() if export.tables],
    ids=[name for name, export in EXPORTS.items() if export.tables],
)


def test_the_seven_exports_are_found_by_listing_the_package():
    assert set(EXPORTS) >= {
        "facebook_content",
        "instagram_content",
        "tiktok_content",
        "tiktok_follower_history",
        "tiktok_overview",
        "youtube_content",
        "youtube_date",
    }


@EVERY
def test_an_export_is_named_for_its_module_and_says_where_it_comes_from(export):
    assert EXPORTS[export.name] is export
    assert export.title
    assert export.source
    assert export.where


@EVERY
def test_every_required_header_is_spelled_in_english(export):
    names = dict(export.vocabulary.headers)
    if export.titles:
        names |= export.vocabulary.titles
    for column in export.required:
        assert any(name.language == "en" for name in names[column]), column


@EVERY
def test_every_spelling_finds_its_own_column(export):
    for column, names in export.vocabulary.headers.items():
        for name in names:
            found = export.vocabulary.match(name.spelled.replace("{currency}", "DKK"))
            assert found.column == column, name
    for about, names in export.vocabulary.titles.items():
        for name in names:
            assert export.vocabulary.match_title(name.spelled).column == about, name


@FILLING
def test_blank_text_reads_as_null_of_the_contracts_types(export):
    """Every expression fits its contract; blank is null and never zero."""
    declared = [*export.canonical, "row_number", "surplus", "_day", "_filled"]
    text = {name: pl.Series([None], dtype=pl.String) for name in declared}
    kinds = export.vocabulary.kinds
    text |= {
        f"_told_of_{name}": pl.Series([None if name in kinds else "DKK"], dtype=pl.String)
        for name in export.vocabulary.telling
    }
    frame = pl.DataFrame(text).with_columns(pl.lit(2, pl.UInt32).alias("row_number"))
    frame = frame.with_columns(pl.col("_day").cast(pl.Date), pl.lit(1).alias("_filled"))
    if export.derive:
        frame = export.derive(frame, Clues(whole=frame, newest_possible=date(2026, 6, 30)))
    parted = split(frame, export, {})
    typed = frame.select(
        parsed.value.cast(export.schema[name]).alias(name)
        for name, parsed in export.columns.items()
        if parsed.columns
    )
    assert typed.select(pl.exclude("format")).null_count().sum_horizontal().item() >= (
        typed.width - 1
    )
    assert parted.good.is_empty()
    assert set(parted.broken["rule"]) >= {"platform is missing"}


@EVERY
def test_every_column_without_default_is_filled(export):
    needed = {
        name
        for table in export.tables
        for name, column in contract.columns(HISTORY[table]).items()
        if not column.is_nullable and name in export.schema
    }
    assert needed <= set(export.columns) | GIVEN | {"account_ref", "day"}


@FILLING
def test_an_export_names_figures_that_can_be_asked_for(export):
    assert export.figures or export.tables == ("post",)
    assert all(export.schema[name] in (pl.Int64, pl.Float64) for name in export.figures)


def test_an_export_fills_tables_or_says_why_it_fills_none():
    with pytest.raises(ExportError, match="one of the two"):
        replace(EXPORTS["youtube_date"], kept="known")
    with pytest.raises(ExportError, match="one of the two"):
        replace(EXPORTS["youtube_chart"], kept=None)


def test_an_export_that_keeps_some_files_says_which_and_fills_tables_with_the_others():
    some = EXPORTS["youtube_content_days"]
    with pytest.raises(ExportError, match="keeping and keeps go together"):
        replace(some, keeps=None)
    with pytest.raises(ExportError, match="keeping and keeps go together"):
        replace(EXPORTS["youtube_chart"], keeping=some.keeping, keeps=some.keeps)


def test_a_column_of_no_table_is_an_error_that_names_it():
    with pytest.raises(ExportError, match="plays"):
        replace(EXPORTS["youtube_date"], columns={"plays": parse.count("views")})


def test_a_column_without_a_header_is_an_error_that_names_it():
    with pytest.raises(ExportError, match="viewings"):
        replace(EXPORTS["youtube_date"], columns={"views": parse.count("viewings")})


def test_a_column_the_delivery_tells_is_not_an_exports_to_fill():
    with pytest.raises(ExportError, match="observed_on"):
        replace(
            EXPORTS["youtube_date"],
            columns={"observed_on": Parsed(("date",), pl.lit(None), pl.lit(value=False), "")},
        )


def test_a_language_is_added_without_code():
    icelandic = EXPORTS["youtube_date"].with_names('[headers.views]\nis = ["Áhorf"]')
    assert icelandic.vocabulary.match("Áhorf").column == "views"
    assert EXPORTS["youtube_date"].vocabulary.match("Áhorf") is None
