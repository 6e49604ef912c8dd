"""TikTok exports whose days are labelled one too early: found on the overlap, and put right.

Two exports of one account can say the same figures of days that differ by one. The shifted form
has its last figure two days before the export instead of one, and writes each day's change of
followers as the next day less this one. Measured on one pair of real exports, in all of their
files, and not confirmed by TikTok: so a file is moved only where another export of the same
account overlaps with it and the marks tell the two apart. History keeps what the files said.
"""

from collections.abc import Mapping

import polars as pl

from schemas.contract import polars_schema
from schemas.ops import DayCorrection
from transforms.core.label_lags import lags_behind
from transforms.core.label_overlap import lags, neighbours

PLATFORM = "tiktok"

FIGURES = ("views", "followers", "unique_viewers")
"""Figures by which files are compared, each file by the first it reports."""

_SERIES = ("platform", "account_id", "figure")
_FILE = ("observed_on", "sha256")
_ON_TIME, _SHIFTED = 1, 2
"""Days from the last figure to the export, in the usual and in the shifted form."""


def day_corrections(rows: pl.LazyFrame) -> pl.DataFrame:
    """Find the files whose labels are early beside others of the same account.

    Parameters
    ----------
    rows
        history.account_day with `account_id`.

    Returns
    -------
    polars.DataFrame
        ops.day_correction: grain (platform, account_id, figure, observed_on, sha256). It is the
        same whatever the order of the rows.
    """
    ours = rows.filter(pl.col("platform") == PLATFORM, pl.col("account_id").is_not_null())
    files = _files(ours)
    pairs = neighbours(files, _SERIES)
    if pairs.is_empty():
        return _NOTHING
    lagged = lags(_values(ours, files), pairs)
    in_conflict = files.join(
        files.join(lagged.filter(pl.col("lag") != 0), on="number", how="semi").select(_SERIES),
        on=_SERIES,
        how="semi",
    )
    if in_conflict.is_empty():
        return _NOTHING
    edges = lagged.join(in_conflict, on="number", how="semi")
    placed = pl.DataFrame(
        lags_behind(edges.select("number", "earlier", "lag", "agreeing").rows()),
        schema={"number": pl.UInt32, "group": pl.UInt32, "lag": pl.Int64},
        orient="row",
    )
    marked = in_conflict.join(placed, on="number", validate="1:1").join(
        _directions(ours, in_conflict), on=_SERIES[:2] + _FILE[:1], how="left", validate="m:1"
    )
    return _decided(marked, edges, files)


def with_corrected_days(rows: pl.LazyFrame, corrections: pl.DataFrame) -> pl.LazyFrame:
    """Move the days of the files that were found to be early."""
    moved = corrections.filter(pl.col("days_moved") != 0).select(
        "platform", "account_id", *_FILE, "days_moved"
    )
    if moved.is_empty():
        return rows
    return (
        rows.join(moved.lazy(), on=["platform", "account_id", *_FILE], how="left", validate="m:1")
        .with_columns(
            pl.col("day").dt.offset_by(pl.format("{}d", pl.col("days_moved").fill_null(0)))
        )
        .drop("days_moved")
    )


_NOTHING = pl.DataFrame(schema=polars_schema(DayCorrection))


def _files(rows: pl.LazyFrame) -> pl.DataFrame:
    """Give the files that report a figure a number in the order of their observation."""
    last = {name: pl.col("day").filter(pl.col(name).is_not_null()).max() for name in FIGURES}
    figure = pl.coalesce(pl.when(pl.col(name).is_not_null()).then(pl.lit(name)) for name in FIGURES)
    return (
        rows.group_by("platform", "account_id", *_FILE)
        .agg(
            pl.col("file_id").min(),
            pl.col("observed_on_is_exact").max(),
            **last,
        )
        .with_columns(figure=figure, last_day=pl.coalesce(FIGURES))
        .filter(pl.col("figure").is_not_null())
        .drop(FIGURES)
        .collect(engine="streaming")
        .sort(*_SERIES, *_FILE)
        .with_row_index("number")
    )


def _values(rows: pl.LazyFrame, files: pl.DataFrame) -> pl.DataFrame:
    """Give what each file says of each day: number, day, value; zeros are no evidence."""
    value = pl.coalesce(pl.when(pl.col("figure") == name).then(pl.col(name)) for name in FIGURES)
    return (
        rows.join(
            files.lazy().select("number", *_SERIES, *_FILE),
            on=["platform", "account_id", *_FILE],
            how="inner",
        )
        .select("number", "day", value=value)
        .filter(pl.col("value") != 0)
        .unique(["number", "day"], keep="none")
        .collect(engine="streaming")
    )


def _directions(rows: pl.LazyFrame, files: pl.DataFrame) -> pl.DataFrame:
    """Tell per account and day of observation which way the difference of followers looks.

    Returns
    -------
    DataFrame
        platform, account_id, observed_on, direction: 1 forward, -1 backward, 0 neither.
    """
    key = ["platform", "account_id", *_FILE]
    level, said = pl.col("followers"), pl.col("followers_difference")
    back, ahead = level.diff(), level.shift(-1) - level
    is_telling = back != ahead
    return (
        rows.filter(said.is_not_null())
        .join(files.lazy().select(key[:-1]).unique(), on=key[:-1], how="semi")
        .sort(*key, "day")
        .group_by(key)
        .agg(
            forward=(is_telling & (said == ahead)).sum().cast(pl.Int64)
            - (is_telling & (said == back)).sum().cast(pl.Int64)
        )
        .group_by(key[:-1])
        .agg(direction=pl.col("forward").sign().min(), most=pl.col("forward").sign().max())
        .with_columns(pl.when(pl.col("direction") == pl.col("most")).then("direction"))
        .drop("most")
        .collect()
    )


def _decided(marked: pl.DataFrame, edges: pl.DataFrame, files: pl.DataFrame) -> pl.DataFrame:
    """Move the early files of a group where the marks say that they are the shifted ones."""
    age = (pl.col("observed_on") - pl.col("last_day")).dt.total_days()
    label = (
        pl.when(pl.col("observed_on_is_exact") & (age == _SHIFTED))
        .then(1)
        .when(pl.col("observed_on_is_exact") & (age == _ON_TIME))
        .then(-1)
    )
    is_early = pl.col("lag") > 0
    marks: Mapping[str, pl.Expr] = {"difference_forward": pl.col("direction"), "last_label": label}
    between = {
        name: (
            mark.filter(is_early).mean().over("group").fill_null(0)
            - mark.filter(~is_early).mean().over("group").fill_null(0)
        )
        for name, mark in marks.items()
    }
    is_told = (sum(between.values(), start=pl.lit(0)) > 0) & (
        pl.col("lag").max().over("group") == 1
    )
    told_by = pl.concat_str(
        [pl.when(value > 0).then(pl.lit(name)) for name, value in between.items()],
        separator=", ",
        ignore_nulls=True,
    )
    early = marked.with_columns(
        days_moved=pl.when(is_told).then("lag").otherwise(0),
        decided_by=pl.when(is_told).then(told_by).otherwise(pl.lit("undecided")),
    ).filter(is_early)
    return (
        early.join(_best_comparison(edges), on="number", validate="1:1")
        .join(files.select(other="number", compared_with="sha256"), on="other", validate="m:1")
        .select(list(_NOTHING.schema))
        .sort(*_SERIES, *_FILE)
        .cast(_NOTHING.schema)
    )


def _best_comparison(edges: pl.DataFrame) -> pl.DataFrame:
    """Choose for each file the comparison that shows its lag best, from either side."""
    turned = edges.select(
        "compared", "agreeing", lag=-pl.col("lag"), number="earlier", other="number"
    )
    return (
        pl.concat([edges.rename({"earlier": "other"}).select(turned.columns), turned])
        .sort(pl.col("lag") == 1, "agreeing", "other", descending=True)
        .group_by("number", maintain_order=True)
        .agg(
            pl.col("other").first(),
            days_compared=pl.col("compared").first(),
            days_agreeing=pl.col("agreeing").first(),
        )
    )
