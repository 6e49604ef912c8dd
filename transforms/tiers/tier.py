"""mart.tier and mart.tier_creator: how big, since when, and where it leads."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from schemas import contract
from schemas.tier import Tier, TierCreator
from transforms.tiers.fold import FOLDED, Hysteresis, fold_tiers
from transforms.tiers.presets import TierPreset
from transforms.tiers.standing import (
    StandingSettings,
    follower_trend,
    mature_views,
    percentiles,
)

_ACCOUNT = ["platform", "account_id"]
_DAY = [*_ACCOUNT, "day"]


@dataclass(frozen=True, kw_only=True)
class TierSettings:
    """What a deployment can set about tiers."""

    hysteresis: Hysteresis = field(default_factory=Hysteresis)
    standing: StandingSettings = field(default_factory=StandingSettings)


_DEFAULT = TierSettings()


def tier(
    account: pl.LazyFrame,
    follower_day: pl.LazyFrame,
    post: pl.LazyFrame,
    post_observation: pl.LazyFrame,
    *,
    as_of: date,
    preset: TierPreset,
    settings: TierSettings = _DEFAULT,
) -> pl.LazyFrame:
    """Say how big each account is on a day, since when, and against whom.

    Parameters
    ----------
    account, post, post_observation
        Core tables of what the build may know (`transforms.core.knowledge.visible`).
    follower_day
        Of `transforms.followers.follower_day` for the same day; read four times, so better
        computed than planned.

    Returns
    -------
    LazyFrame
        Grain (as_of, platform, account_id): every tracked account, also one whose followers
        nothing tells. The tier is a fold over the days up to `as_of` that tell a level,
        hence the same whatever partitions exist.
    """
    tracked = _tracked(account)
    levels = _levels(
        follower_day.join(tracked.select(*_ACCOUNT, "series"), on=_ACCOUNT, how="inner")
    )
    folded = _fold(levels, preset.followers_up_to, as_of, settings.hysteresis)
    trend = follower_trend(levels, as_of, settings.standing)
    views = mature_views(post, post_observation, as_of, settings.standing)
    return (
        tracked.join(
            follower_day.filter(pl.col("day") == as_of), on=_ACCOUNT, how="left", validate="1:1"
        )
        .join(folded, on="series", how="left", validate="1:1")
        .join(trend, on="series", how="left", validate="1:1")
        .join(views, on=_ACCOUNT, how="left", validate="1:1")
        .pipe(_standing, preset, as_of)
        .pipe(_next_tier, preset)
        .with_columns(
            _name(_index("median_views", preset.median_views_up_to), preset).alias("views_tier"),
            pl.col("n_mature_posts").fill_null(0),
        )
        .pipe(percentiles, settings.standing)
        .select(*contract.columns(Tier))
    )


def tier_creator(
    account: pl.LazyFrame,
    follower_day: pl.LazyFrame,
    *,
    as_of: date,
    preset: TierPreset,
    settings: TierSettings = _DEFAULT,
) -> pl.LazyFrame:
    """Say how big each creator is over all platforms.

    Parameters
    ----------
    account, follower_day
        As for `tier`.

    Returns
    -------
    LazyFrame
        Grain (as_of, creator_id). The sum is over the accounts whose followers are known at
        `as_of`; its series has the days on which all of those are known, so that an
        account that begins to report is not taken for growth.
    """
    now = _tracked(account).join(
        follower_day.filter(pl.col("day") == as_of), on=_ACCOUNT, how="left", validate="1:1"
    )
    total = now.group_by("creator_id").agg(
        pl.when(pl.col("followers").count() > 0).then(pl.col("followers").sum()).alias("followers"),
        pl.col("staleness_days").max(),
        n_accounts=pl.len().cast(pl.Int64),
        n_accounts_known=pl.col("followers").count().cast(pl.Int64),
    )
    numbered = total.select("creator_id").sort("creator_id").with_row_index("series")
    levels = _summed(now.filter(pl.col("followers").is_not_null()), follower_day).join(
        numbered, on="creator_id", how="inner", validate="m:1"
    )
    folded = _fold(levels, preset.followers_up_to, as_of, settings.hysteresis)
    return (
        total.join(numbered, on="creator_id", how="left", validate="1:1")
        .join(folded, on="series", how="left", validate="1:1")
        .pipe(_standing, preset, as_of)
        .with_columns(is_deduplicated=pl.lit(value=False))
        .select(*contract.columns(TierCreator))
    )


def _tracked(account: pl.LazyFrame) -> pl.LazyFrame:
    return (
        account.filter("is_tracked")
        .select(*_ACCOUNT, "creator_id")
        .sort(_ACCOUNT)
        .with_row_index("series")
    )


def _levels(follower_day: pl.LazyFrame) -> pl.LazyFrame:
    """Keep the days that tell a level, and the level that `as_of` alone rests on.

    The roster's level of some day can be the best for `as_of` without being the best for
    its own day; then it joins the days at its own.
    """
    told = follower_day.filter(pl.col("staleness_days") == 0)
    rested_on = follower_day.filter(
        pl.col("staleness_days") > 0,
        pl.col("followers_method") == "roster",
        pl.col("followers_observed_on") < pl.col("day"),
    ).with_columns(day=pl.col("followers_observed_on"))
    already = told.join(rested_on, on=_DAY, how="semi")
    names = [name for name in ("series", "creator_id", "n_accounts") if name in _names(told)]
    return pl.concat(
        [
            told.select(*names, *_DAY, "followers"),
            rested_on.join(already, on=_DAY, how="anti").select(*names, *_DAY, "followers"),
        ]
    )


def _names(frame: pl.LazyFrame) -> list[str]:
    return frame.collect_schema().names()


def _summed(known: pl.LazyFrame, follower_day: pl.LazyFrame) -> pl.LazyFrame:
    """Sum the levels of each creator's accounts on every day that tells one of them.

    An account enters with its first level and then with each change, so that between its
    days it stands still, as in the fold.
    """
    of = known.select(
        *_ACCOUNT, "creator_id", n_accounts=pl.len().over("creator_id").cast(pl.Int64)
    )
    before = pl.col("followers").shift(1).over(_ACCOUNT, order_by="day")
    levels = _levels(follower_day.join(of, on=_ACCOUNT, how="inner", validate="m:1"))
    summed = (
        levels.filter(pl.col("n_accounts") > 1)
        .with_columns(before=before)
        .with_columns(
            change=pl.col("followers") - pl.col("before").fill_null(0),
            is_new=pl.col("before").is_null().cast(pl.Int64),
        )
        .group_by("creator_id", "day", "n_accounts")
        .agg(pl.col("change", "is_new").sum())
        .with_columns(pl.col("change", "is_new").cum_sum().over("creator_id", order_by="day"))
        .filter(pl.col("is_new") == pl.col("n_accounts"))
        .select("creator_id", "day", followers="change")
    )
    of_one = levels.filter(pl.col("n_accounts") == 1)
    return pl.concat([of_one.select("creator_id", "day", "followers"), summed])


def _fold(
    levels: pl.LazyFrame, edges: Sequence[int], as_of: date, hysteresis: Hysteresis
) -> pl.LazyFrame:
    until = (as_of - date(1970, 1, 1)).days
    return (
        levels.select("series", pl.col("day").to_physical(), level="followers")
        .map_batches(lambda frame: fold_tiers(frame, edges, until, hysteresis), schema=FOLDED)
        .with_columns(pl.col("since").cast(pl.Date))
    )


def _standing(frame: pl.LazyFrame, preset: TierPreset, as_of: date) -> pl.LazyFrame:
    """Name the tiers; where followers are unknown so are they.

    A level that was only carried back has no day that tells one: its tier is the plain one.
    """
    is_known = pl.col("followers").is_not_null()
    index = pl.coalesce("tier_index", _index("followers", preset.followers_up_to))
    return frame.with_columns(
        as_of=pl.lit(as_of),
        preset=pl.lit(preset.name),
        tier_index=pl.when(is_known).then(index),
        tier_since=pl.when(is_known).then("since"),
        previous_index=pl.when(is_known).then("previous_index"),
        n_observations=pl.col("n_observations").fill_null(0),
    ).with_columns(
        tier=_name(pl.col("tier_index"), preset),
        previous_tier=_name(pl.col("previous_index"), preset),
        days_in_tier=(pl.col("as_of") - pl.col("tier_since")).dt.total_days(),
    )


def _next_tier(frame: pl.LazyFrame, preset: TierPreset) -> pl.LazyFrame:
    """Divide the way to the edge the trend leads to by the trend, on the log scale."""
    rising, falling = pl.col("slope_lo") > 0, pl.col("slope_hi") < 0
    step = pl.when(rising).then(1).when(falling).then(-1)
    target = pl.col("tier_index") + step
    target = pl.when(target.is_between(0, len(preset.tiers) - 1)).then(target)
    edge = _look_up(pl.min_horizontal("tier_index", target), preset.followers_up_to, pl.Float64)
    edge = pl.when(target.is_not_null()).then(edge)
    way = ((edge / pl.col("followers")).log() * step).clip(lower_bound=0)
    slopes = pl.concat_list(pl.col("slope_lo").abs(), pl.col("slope_hi").abs())
    return frame.with_columns(
        next_tier=_name(target, preset),
        days_to_next_tier=way / pl.col("slope").abs(),
        days_to_next_tier_lo=way / slopes.list.max(),
        days_to_next_tier_hi=way / slopes.list.min(),
    )


def _index(column: str, edges: Sequence[int]) -> pl.Expr:
    passed = pl.sum_horizontal((pl.col(column) > edge).cast(pl.Int64) for edge in edges)
    return pl.when(pl.col(column).is_not_null()).then(passed if edges else pl.lit(0))


def _name(index: pl.Expr, preset: TierPreset) -> pl.Expr:
    return _look_up(index, preset.tiers, pl.String)


def _look_up(
    index: pl.Expr, values: Sequence[str] | Sequence[int], dtype: type[pl.DataType]
) -> pl.Expr:
    places = list(range(len(values)))
    return index.replace_strict(places, list(values), default=None, return_dtype=dtype)
