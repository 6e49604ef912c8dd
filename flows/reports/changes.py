"""What a night changed for the people who pick creators: tiers, and who suits a brief."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from warehouse.home import Home
from warehouse.marts import partitions

_UNKNOWN = "unknown"
_GONE = "scored no more: not in force, or nobody has an account on its platforms"


def tier_changes(home: Home, as_of: date) -> list[str]:
    """Say whose tier on `as_of` is another than on the last day before it that was built."""
    now, then, before = _two_days(home, "tier", as_of)
    if now is None or then is None:
        return []
    key = ["platform", "account_id"]
    moved = (
        now.join(then.select(*key, was="tier"), on=key, validate="1:1")
        .filter(pl.col("tier").ne_missing(pl.col("was")))
        .sort(key)
    )
    return [
        f"{platform}/{account}: {was or _UNKNOWN} to {tier or _UNKNOWN} since {since or before}"
        for platform, account, was, tier, since in moved.select(
            *key, "was", "tier", "tier_since"
        ).iter_rows()
    ]


def fit_changes(home: Home, as_of: date, length: int) -> list[str]:
    """Say who entered and who left the best `length` of each brief since the last day built.

    A brief that was not there before is told by its list as a whole, or that it has none.
    """
    now, then, _ = _two_days(home, "fit", as_of)
    if now is None:
        return []
    then = now.clear() if then is None else then
    new, old = _lists(now, length), _lists(then, length)
    said = []
    for brief in sorted({*new, *old}):
        ranked, before = new.get(brief), old.get(brief)
        if ranked is None:
            said.append(f"{brief}: {_GONE}")
        elif before is None:
            said.append(f"{brief}: {_first_list(ranked, now.filter(brief_id=brief).height)}")
        elif ranked.is_empty() and not before.is_empty():
            said.append(f"{brief}: nobody is ranked any more")
        else:
            said += _entries(brief, ranked, before)
            said += _exits(brief, ranked, before, now)
    return said


def _lists(fit: pl.DataFrame, length: int) -> dict[str, pl.DataFrame]:
    """Give the best of every brief that has a row, which can be nobody."""
    best = fit.filter(pl.col("rank") <= length).sort("rank", "creator_id")
    return {brief: best.filter(brief_id=brief) for brief in fit["brief_id"].unique()}


def _first_list(ranked: pl.DataFrame, creators: int) -> str:
    if ranked.is_empty():
        return f"nobody is ranked, of {creators} creator{'s' if creators > 1 else ''}"
    return f"first list: {', '.join(ranked['creator_id'])}"


def _entries(brief: str, ranked: pl.DataFrame, before: pl.DataFrame) -> list[str]:
    return [
        f"{brief}: {creator} enters at {rank} with {score:.2f}"
        for creator, rank, score in ranked.join(
            before, on="creator_id", how="anti", maintain_order="left"
        )
        .select("creator_id", "rank", "score")
        .iter_rows()
    ]


def _exits(brief: str, ranked: pl.DataFrame, before: pl.DataFrame, now: pl.DataFrame) -> list[str]:
    standing = {row["creator_id"]: row for row in now.filter(brief_id=brief).to_dicts()}
    left = before.join(ranked, on="creator_id", how="anti", maintain_order="left")
    return [
        f"{brief}: {creator} leaves, was {rank} with {score:.2f}: {_fate(standing.get(creator))}"
        for creator, rank, score in left.select("creator_id", "rank", "score").iter_rows()
    ]


def _fate(row: Mapping[str, Any] | None) -> str:
    """Say what became of a creator who left a list, by its row of today."""
    if row is None:
        return "no account on its platforms any more"
    if row["rank"] is not None:
        return f"now {row['rank']} with {row['score']:.2f}"
    return row["ineligible_because"] or "too little is known for a score"


def _two_days(
    home: Home, table: str, as_of: date
) -> tuple[pl.DataFrame | None, pl.DataFrame | None, date | None]:
    """Give a mart on a day, and on the last day before it that was built."""
    days = [one.build.as_of for one in partitions.partitions(home, table)]
    before = max((day for day in days if day < as_of), default=None)
    now = partitions.read(home, table, as_of)
    then = partitions.read(home, table, before) if before else None
    return now and now[0], then and then[0], before
