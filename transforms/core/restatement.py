"""Figures that two exports give differently, and lifetime counters that fell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from schemas import contract
from schemas.accounts import AccountDayFigures, AccountPeriodFigures
from schemas.breakdowns import BreakdownFigures
from schemas.ops import Restatement
from schemas.posts import PostCounters
from transforms.core.best_rows import RANK

_SCHEMA = contract.polars_schema(Restatement)
_SUBJECT = (
    "platform", "account_id", "post_id", "day", "period_start", "dimension", "segment",
)  # fmt: skip


@dataclass(frozen=True)
class _Kind:
    """How a history table repeats itself.

    Attributes
    ----------
    key
        Columns of which one figure is said.
    is_lifetime
        Whether a later figure may differ, as long as it is not lower.
    """

    table: str
    key: tuple[str, ...]
    figures: tuple[str, ...]
    is_lifetime: bool = False


def _amounts(figures: type, *, counters: bool = False) -> tuple[str, ...]:
    return tuple(
        name
        for name, column in contract.columns(figures).items()
        if column.dtype.is_numeric() and (not counters or column.dtype.is_integer())
    )


_KINDS = (
    _Kind("account_day", ("platform", "account_id", "day"), _amounts(AccountDayFigures)),
    _Kind(
        "account_period",
        ("platform", "account_id", "period_start", "period_end"),
        _amounts(AccountPeriodFigures),
    ),
    _Kind(
        "account_breakdown",
        ("platform", "account_id", "dimension", "segment", "period_start", "period_end"),
        _amounts(BreakdownFigures),
    ),
    _Kind(
        "account_breakdown_day",
        ("platform", "account_id", "dimension", "segment", "day"),
        _amounts(BreakdownFigures),
    ),
    _Kind("post_day", ("platform", "post_id", "day"), _amounts(PostCounters)),
    _Kind(
        "post_period",
        ("platform", "post_id", "period_start", "period_end"),
        _amounts(PostCounters),
    ),
    _Kind(
        "post_lifetime",
        ("platform", "post_id"),
        tuple(name for name in _amounts(PostCounters, counters=True) if name != "net_follows"),
        is_lifetime=True,
    ),
)


def restatements(history: Mapping[str, pl.LazyFrame]) -> pl.DataFrame:
    """Find where exports disagree about one figure of one day, period or post.

    Only rows of keys that more than one row has are looked at, and only those of keys that
    disagree are fetched whole.

    Parameters
    ----------
    history
        Every table of schemas.history.HISTORY, those about accounts with `account_id`, the days
        of account_day corrected.

    Returns
    -------
    polars.DataFrame
        ops.restatement: a row per figure and pair of successive statements that differ, in the
        order in which the core believes them (best_rows.RANK).
    """
    return pl.concat(_of_table(history[kind.table], kind) for kind in _KINDS).sort(
        "table", *_SUBJECT, "metric", "new_observed_on", "new_file_id", "old_file_id"
    )


def _of_table(rows: pl.LazyFrame, kind: _Kind) -> pl.DataFrame:
    said = _said(rows, kind)
    figures = [name for name in said.columns if name in kind.figures]
    if said.is_empty() or not figures:
        return pl.DataFrame(schema=_SCHEMA)
    differing = _fallen(said, figures) if kind.is_lifetime else _differing(said, figures)
    del said
    if differing.is_empty():
        return pl.DataFrame(schema=_SCHEMA)
    return _spelled(rows.filter(_hash(kind.key).is_in(differing.implode())), kind)


def _hash(key: Sequence[str]) -> pl.Expr:
    return pl.struct(key).hash()


def _said(rows: pl.LazyFrame, kind: _Kind) -> pl.DataFrame:
    """Give the figures of the keys that more than one row has: hash of the key, day, figures.

    Only figures that any row reports: most exports report few.
    """
    counts = (
        rows.select(pl.col(kind.figures).count()).collect(engine="streaming").row(0, named=True)
    )
    reported = [name for name, count in counts.items() if count > 1]
    said = rows.select(_hash(kind.key).alias("key"), "observed_on", *reported).collect(
        engine="streaming"
    )
    return said.filter(pl.col("key").is_duplicated())


def _differing(said: pl.DataFrame, figures: Sequence[str]) -> pl.Series:
    """Give the keys of which a figure has more than one value."""
    return (
        said.lazy()
        .group_by("key")
        .agg(
            pl.any_horizontal(pl.col(name).min() != pl.col(name).max() for name in figures).alias(
                "is_differing"
            )
        )
        .filter("is_differing")
        .collect(engine="streaming")["key"]
    )


def _fallen(said: pl.DataFrame, figures: Sequence[str]) -> pl.Series:
    """Give the keys of which a counter fell, or differs within one day; one figure at a time."""
    order = said.select(pl.arg_sort_by("key", "observed_on")).to_series()
    keys, days = said["key"].gather(order), said["observed_on"].gather(order)
    found = [_fell(keys, days, said[name].gather(order)) for name in figures]
    return pl.concat(found).unique()


def _fell(keys: pl.Series, days: pl.Series, values: pl.Series) -> pl.Series:
    """Compare each value with the one before it of the same key; sorted by key and day."""
    if values.null_count():
        told = values.is_not_null()
        keys, days, values = keys.filter(told), days.filter(told), values.filter(told)
    before = values.shift()
    is_off = (values < before) | ((days == days.shift()) & (values != before))
    return keys.filter(is_off & (keys == keys.shift()))


def _spelled(rows: pl.LazyFrame, kind: _Kind) -> pl.DataFrame:
    names = rows.collect_schema().names()
    rank = [name for name in RANK if name in names]
    key = [*kind.key, "metric"]
    held = [*dict.fromkeys([*kind.key, *rank, "file_id"])]
    old = {
        f"old_{name}": pl.col(name).shift().over(key)
        for name in ("value", "observed_on", "file_id")
    }
    statements = (
        rows.select(*held, *(pl.col(name).cast(pl.Float64) for name in kind.figures))
        .collect(engine="streaming")
        .unpivot(index=held, on=kind.figures, variable_name="metric", value_name="value")
        .filter(pl.col("value").is_not_null())
        .sort(*key, *rank)
        .with_columns(**old)
    )
    same_day = pl.col("observed_on") == pl.col("old_observed_on")
    fell = (~same_day) & (pl.col("value") < pl.col("old_value"))
    disagrees = same_day & (pl.col("value") != pl.col("old_value"))
    wanted = (fell | disagrees) if kind.is_lifetime else pl.col("value") != pl.col("old_value")
    is_fall = fell if kind.is_lifetime else pl.lit(value=False)
    absent = [name for name in _SUBJECT if name != "day" and name not in kind.key]
    return (
        statements.filter(wanted)
        .with_columns(
            _day(kind).alias("day"),
            *(pl.lit(None, _SCHEMA[name]).alias(name) for name in absent),
            table=pl.lit(kind.table),
            kind=pl.when(is_fall).then(pl.lit("fell")).otherwise(pl.lit("restated")),
        )
        .rename({"value": "new_value", "observed_on": "new_observed_on", "file_id": "new_file_id"})
        .select(list(_SCHEMA))
    )


def _day(kind: _Kind) -> pl.Expr:
    name = next((name for name in ("day", "period_end") if name in kind.key), None)
    return pl.col(name) if name else pl.lit(None, pl.Date)
