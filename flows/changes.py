"""What a night changed for the people who pick creators: tiers, and who suits a brief."""

from datetime import date

import polars as pl

from warehouse import partitions
from warehouse.home import Home

_UNKNOWN = "unknown"


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

    A brief that was not there before is told by its list as a whole.
    """
    now, then, _ = _two_days(home, "fit", as_of)
    if now is None:
        return []
    new = _listed(now, length)
    old = _listed(then, length) if then is not None else new.clear()
    known = set(old["brief_id"]) if then is None else set(then["brief_id"])
    said = []
    for (brief,), ranked in new.group_by("brief_id", maintain_order=True):
        before = old.filter(pl.col("brief_id") == brief)
        if brief not in known:
            names = ", ".join(ranked["creator_id"])
            said.append(f"{brief}: first list: {names}")
            continue
        said += _entries(str(brief), ranked, before)
        said += _exits(str(brief), ranked, before, now)
    for brief in sorted(set(old["brief_id"]) - set(new["brief_id"])):
        said.append(f"{brief}: nobody is ranked any more")
    return said


def _entries(brief: str, ranked: pl.DataFrame, before: pl.DataFrame) -> list[str]:
    return [
        f"{brief}: {creator} enters at {rank} with {score:.2f}"
        for creator, rank, score in ranked.join(before, on="creator_id", how="anti")
        .select("creator_id", "rank", "score")
        .iter_rows()
    ]


def _exits(brief: str, ranked: pl.DataFrame, before: pl.DataFrame, now: pl.DataFrame) -> list[str]:
    left = (
        before.join(ranked, on="creator_id", how="anti")
        .join(
            now.filter(pl.col("brief_id") == brief).select(
                "creator_id", "ineligible_because", is_at="rank", scored="score"
            ),
            on="creator_id",
            how="left",
            validate="1:1",
        )
        .select("creator_id", "rank", "score", "is_at", "scored", "ineligible_because")
    )
    return [
        f"{brief}: {creator} leaves, was {rank} with {score:.2f}: {_fate(is_at, scored, why)}"
        for creator, rank, score, is_at, scored, why in left.iter_rows()
    ]


def _fate(rank: int | None, score: float | None, why: str | None) -> str:
    if rank is not None and score is not None:
        return f"now {rank} with {score:.2f}"
    return why or ("too little is known for a score" if score is None else "not ranked any more")


def _listed(fit: pl.DataFrame, length: int) -> pl.DataFrame:
    return (
        fit.filter(pl.col("rank") <= length)
        .select("brief_id", "creator_id", "rank", "score")
        .sort("brief_id", "rank", "creator_id")
    )


def _two_days(
    home: Home, table: str, as_of: date
) -> tuple[pl.DataFrame | None, pl.DataFrame | None, date | None]:
    """Give a mart on a day, and on the last day before it that was built."""
    days = [one.build.as_of for one in partitions.partitions(home, table)]
    before = max((day for day in days if day < as_of), default=None)
    now = partitions.read(home, table, as_of)
    then = partitions.read(home, table, before) if before else None
    return now and now[0], then and then[0], before
