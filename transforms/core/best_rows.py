"""The best row of a key: the same whatever the order in which rows arrived.

Of two rows about one key the better is the greater by `RANK`. A figure comes from the best
row that reports it, so that exports with different columns complete each other.
"""

from collections.abc import Sequence

import polars as pl

RANK = ("observed_on", "evidence_rank", "period_end", "sha256", "row_number")


def best_per_observation(
    rows: pl.LazyFrame, key: Sequence[str], figures: Sequence[str], ties: Sequence[str] = ()
) -> pl.LazyFrame:
    """Merge rows that observed one key on one day.

    Parameters
    ----------
    rows
        A history table, or any frame with its key, figures and provenance.
    ties
        Columns that decide between rows equal in `RANK`: one file delivered under two
        accounts has equal bytes and row numbers.

    Returns
    -------
    LazyFrame
        Grain `key` and observed_on, with `figures`.

    Notes
    -----
    Nearly every key has one row. Those stream through untouched: only rows whose key's hash
    repeats are sorted and grouped, and a collision of hashes merely sorts a row too many.
    The hashes, 8 bytes a row, are computed when the plan is made: as a part of the plan they
    made both engines hold all rows (5M rows: 3 GB instead of 0.5).
    """
    whole_key = [*dict.fromkeys([*key, "observed_on"])]
    names = set(rows.collect_schema().names())
    rank = [name for name in (*RANK, *ties) if name in names and name not in whole_key]
    repeated = _repeated(rows, whole_key)
    if repeated.is_empty():
        return rows.select(*whole_key, *figures)
    single = rows.filter(~_hash(whole_key).is_in(repeated.implode())).select(*whole_key, *figures)
    merged = (
        rows.filter(_hash(whole_key).is_in(repeated.implode()))
        .select(*whole_key, *dict.fromkeys([*rank, *figures]))
        .sort(rank, nulls_last=False)
        .group_by(whole_key)
        .agg(pl.col(name).drop_nulls().last() for name in figures)
    )
    return pl.concat([single, merged])


def best_per_key(
    rows: pl.LazyFrame, key: Sequence[str], figures: Sequence[str], ties: Sequence[str] = ()
) -> pl.LazyFrame:
    """Give one row per key, each figure from the best row that reports it.

    Returns
    -------
    LazyFrame
        Grain `key`, with observed_on (the last) and `figures`.
    """
    if _repeated(rows, [*dict.fromkeys([*key, "observed_on"])]).is_empty():
        return _picked(rows, key, figures)
    observed = best_per_observation(rows, key, figures, ties)
    repeated = _repeated(rows, key)
    return pl.concat(
        [
            observed.filter(~_hash(key).is_in(repeated.implode())),
            _merged(observed.filter(_hash(key).is_in(repeated.implode())), key, figures),
        ]
    )


def best_per_period(
    rows: pl.LazyFrame, subject: Sequence[str], key: Sequence[str], figures: Sequence[str]
) -> pl.LazyFrame:
    """Give one row per key and period, each figure from the best row that reports it.

    Rows whose period nothing tells may be about different periods: of those of one subject only
    the last observation stays.

    Parameters
    ----------
    subject
        Columns of `key` that one report is about.
    key
        Without the period.

    Returns
    -------
    LazyFrame
        Grain `key`, period_start and period_end, with observed_on (the last) and `figures`.
    """
    grain = [*key, "period_start", "period_end"]
    is_told = pl.col("period_start").is_not_null() & pl.col("period_end").is_not_null()
    untold = rows.filter(~is_told)
    last = untold.group_by(subject).agg(pl.col("observed_on").max())
    of_last = untold.join(last, on=[*subject, "observed_on"], how="semi")
    return pl.concat(
        [
            best_per_key(rows.filter(is_told), grain, figures),
            best_per_observation(of_last, grain, figures).select(*grain, "observed_on", *figures),
        ]
    )


def _picked(rows: pl.LazyFrame, key: Sequence[str], figures: Sequence[str]) -> pl.LazyFrame:
    """Give the last row of each key by its place, where no other reports what it lacks.

    Notes
    -----
    Places are numbers: to find them, and then to fetch the rows, moves no caption. Comparing
    the texts themselves took three times as long (5M rows).
    """
    names = [*dict.fromkeys([*key, "observed_on", *figures])]
    placed = rows.select(names).with_row_index("place")
    last = pl.col("place").max_by("observed_on")
    is_whole = pl.all_horizontal(
        pl.col("place").max_by(_day_reported(name)).fill_null(last) == last for name in figures
    )
    keys = placed.group_by(key).agg(last.alias("last"), is_whole.alias("is_whole"))
    found = keys.collect(engine="streaming")
    whole = found.filter("is_whole")["last"]
    others = found.filter(~pl.col("is_whole")).select(key).lazy()
    return pl.concat(
        [
            placed.filter(pl.col("place").is_in(whole.implode())).select(names),
            _merged(placed.join(others, on=key, how="semi", nulls_equal=True), key, figures).select(
                names
            ),
        ]
    )


def _merged(rows: pl.LazyFrame, key: Sequence[str], figures: Sequence[str]) -> pl.LazyFrame:
    return rows.group_by(key).agg(
        pl.col("observed_on").max(),
        *(pl.col(name).max_by(_day_reported(name)).alias(name) for name in figures),
    )


def _hash(key: Sequence[str]) -> pl.Expr:
    return pl.struct(key).hash()


def _repeated(rows: pl.LazyFrame, key: Sequence[str]) -> pl.Series:
    """Compute the hashes of the keys that more than one row has."""
    hashes = rows.select(_hash(key).alias("hash")).collect(engine="streaming")["hash"]
    return hashes.filter(hashes.is_duplicated()).unique()


def _day_reported(figure: str) -> pl.Expr:
    return pl.when(pl.col(figure).is_not_null()).then(pl.col("observed_on"))
