"""What changed in a known export's headers since its last delivery."""

import polars as pl

from schemas.contract import polars_schema
from schemas.ops import Drift
from transforms.exports import EXPORTS

_READ = ("loaded", "empty")
_SERIES = ("export", "account_ref", "sheet", "cut_by")
_BY_KIND = {
    name: export for name, export in EXPORTS.items() if export.reads & export.vocabulary.kinds
}
"""Reports by dimensions that their headers tell."""

_CHARTS = [name for name, export in _BY_KIND.items() if export.grain]
_PLACE = ("place", "number", "last_number")
"""Place of a file in the order of all, number of its delivery within, and of the one before."""


def drift(files: pl.DataFrame) -> pl.DataFrame:
    """Compare the headers of every delivery with those of the last of its export and account.

    Files of one delivery are looked at together: a creator can cut one report into several.
    Columns are compared by their canonical names, so that another language is no change; headers
    that no declaration names by their words. Reports by another dimension, and charts of another
    figure, are no later form of each other. The later observed is the later, whatever the
    order of arrival. Columns that some delivery before had together are no change either: a
    report and its totals take turns, and creators choose columns anew each time.

    Parameters
    ----------
    files
        ops.file.

    Returns
    -------
    polars.DataFrame
        ops.drift: grain (load_id, file_id, sheet, kind, header). Of the first delivery of a series
        only the unknown headers are new; where nothing changed, no row.
    """
    read = _placed(files)
    known = _known(read)
    missing = _missing(read, known)
    strange = _strange(read, known, missing)
    renamed = strange.filter(pl.col("kind") == "renamed").select("number", canonical="suggestion")
    added = (
        _absent_before(known, "canonical")
        .join(read.filter("is_comparable").select("place"), on="place", how="semi")
        .with_columns(kind=pl.lit("new"))
    )
    missing = missing.join(renamed, on=["number", "canonical"], how="anti")
    return (
        pl.concat([strange, added, missing], how="diagonal")
        .drop("number", "last_number")
        .join(read, on="place", validate="m:1")
        .filter("is_new_form")
        .sort("place", "kind", "header")
        .select(list(polars_schema(Drift)))
    )


def _placed(files: pl.DataFrame) -> pl.DataFrame:
    """Order the files that were read by series and delivery, and pair the deliveries."""
    delivery = [*_SERIES, "delivery_id"]
    has_columns = pl.col("columns").list.len().max() > 0
    known = files.filter(pl.col("status").is_in(_READ))
    read = (
        known.with_columns(_cut_by(known))
        .with_columns(
            pl.col("observed_on").max().over(delivery).alias("seen_on"),
            pl.col("loaded_at").max().over(delivery).alias("loaded_last"),
        )
        .sort(*_SERIES, "seen_on", "loaded_last", "delivery_id", "path", "member", nulls_last=True)
        .with_row_index("place")
        .with_columns(number=pl.struct(delivery).rle_id())
    )
    pairs = (
        read.group_by(*_SERIES, "number")
        .agg(
            has_columns=has_columns,
            last_file_id=pl.col("file_id").last(),
            form=pl.concat_str(_listed("columns"), _listed("unknown_headers"), separator="\x1f"),
        )
        .sort("number")
        .with_columns(
            pl.col("form").is_first_distinct().over(_SERIES).alias("is_new_form"),
            pl.col("last_file_id").shift().over(_SERIES),
            last_number=pl.col("number").shift().over(_SERIES),
            is_comparable=(
                pl.col("has_columns") & pl.col("has_columns").shift().over(_SERIES)
            ).fill_null(value=False),
        )
    )
    return read.join(
        pairs.drop(_SERIES, "has_columns", "form"),
        on="number",
        validate="m:1",
        maintain_order="left",
    )


def _cut_by(files: pl.DataFrame) -> pl.Series:
    """Tell of each file by what its figures are cut, and of a chart what it shows."""
    found = files.select("export", "headers", "columns").iter_rows()
    return pl.Series("cut_by", [_dimension(*each) for each in found], dtype=pl.String)


def _dimension(export: str | None, headers: list[str] | None, columns: list[str] | None) -> str:
    declared = _BY_KIND.get(export or "")
    if declared is None:
        return ""
    known = zip(headers or (), columns or (), strict=True)
    matches = {column: declared.vocabulary.match(header) for header, column in known}
    kinds = [matches[column] for column in declared.vocabulary.kinds if column in matches]
    told = [match.told or "" for match in kinds if match]
    return " ".join([*told, *(sorted(columns or ()) if export in _CHARTS else ())])


def _listed(names: str) -> pl.Expr:
    """Write the names of a delivery's columns, in an order that is always the same."""
    each = pl.col(names).explode(empty_as_null=False).unique().sort()
    return each.str.join("\x1e", ignore_nulls=True).fill_null("")


def _known(read: pl.DataFrame) -> pl.DataFrame:
    return (
        read.select(*_PLACE, header="headers", canonical="columns")
        .explode("header", "canonical", empty_as_null=False)
        .unique(["number", "canonical"], keep="first", maintain_order=True)
    )


def _missing(read: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    return (
        read.filter("is_comparable")
        .select(_PLACE)
        .unique("number", keep="first", maintain_order=True)
        .join(known.select("header", "canonical", last_number="number"), on="last_number")
        .join(known.select("number", "canonical"), on=["number", "canonical"], how="anti")
        .with_columns(kind=pl.lit("missing"))
    )


def _strange(read: pl.DataFrame, known: pl.DataFrame, missing: pl.DataFrame) -> pl.DataFrame:
    """Give the unknown headers, renamed where one probably is what the last delivery had.

    It is where that column is missing now, and where the cells told that it is this header.
    """
    count = pl.col("unknown_headers").list.len()
    padded = pl.concat_list("suggestions", pl.lit("").repeat_by(count)).list.head(count)
    unknown = (
        read.select(*_PLACE, header="unknown_headers", suggestion=padded)
        .explode("header", "suggestion", empty_as_null=False)
        .with_columns(pl.col("suggestion").replace("", None))
        .unique(["number", "header"], keep="first", maintain_order=True)
    )
    told = known.join(unknown.select("number", "header"), on=["number", "header"], how="semi")
    was_there = (
        pl.concat([missing.select("number", "canonical"), _known_before(told, known)])
        .unique()
        .select("number", suggestion="canonical", was_there=pl.lit(value=True))
    )
    return (
        _absent_before(unknown, "header")
        .join(was_there, on=["number", "suggestion"], how="left", validate="m:1")
        .with_columns(kind=pl.when("was_there").then(pl.lit("renamed")).otherwise(pl.lit("new")))
        .drop("was_there")
    )


def _known_before(found: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    before = known.select("canonical", last_number="number")
    return found.join(before, on=["last_number", "canonical"], how="semi").select(
        "number", "canonical"
    )


def _absent_before(found: pl.DataFrame, name: str) -> pl.DataFrame:
    before = found.select(pl.col("number").alias("last_number"), name)
    return found.join(before, on=["last_number", name], how="anti", maintain_order="left")
