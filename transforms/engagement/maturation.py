"""Counters of posts at one comparable age."""

import math
from collections.abc import Mapping

import polars as pl

AGE, TARGET, HALF_LIFE = pl.col("age_days"), pl.col("target_age_days"), pl.col("half_life_days")


def matured_share(age: pl.Expr, half_life: pl.Expr = HALF_LIFE) -> pl.Expr:
    """Give the share of its final engagements a post has at an age, 0 to 1.

    Notes
    -----
    1 - 0.5^(age / half-life); half-lives in transforms/reference/maturation.toml.
    """
    return 1 - (-math.log(2) * age / half_life).exp()


def counters_at_target_age(
    observed: pl.LazyFrame,
    counters: Mapping[str, tuple[str, ...]],
    usable: Mapping[str, pl.Expr],
) -> pl.LazyFrame:
    """Estimate counters of posts at their platform's target age, for several measures at once.

    Parameters
    ----------
    observed
        One row per post and observation: platform, post_id, `post` (a number for the two, to
        group by), target_age_days, half_life_days, age_days and counters since publication.
    counters
        Measure to the counters wanted for it.
    usable
        Measure to whether an observation counts for it.

    Returns
    -------
    LazyFrame
        Grain (platform, post_id): `<measure>_<counter>` at the target age, and
        `<measure>_matured`, the share the post had earned when seen (1 where observations lie
        on both sides of the target age, null where none is usable).

    Notes
    -----
    Of the usable observations the last one up to the target age and the first one after it
    count. With both, the counter is interpolated between them, linearly in the share earned
    rather than in days: monotone either way, but a post seen at 2 and at 60 days has earned at 7
    nearly all it will, which a line over days puts at a tenth of the way. With one, it is scaled
    by m(target) / m(age). A counter one of the two lacks is scaled from the other.
    """
    sides = {
        measure: (
            pl.when(is_usable & (AGE <= TARGET)).then(AGE).max().over("post"),
            pl.when(is_usable & (AGE > TARGET)).then(AGE).min().over("post"),
        )
        for measure, is_usable in usable.items()
    }
    names = [f"{measure}_{side}" for measure in usable for side in ("before", "after")]
    nearest = observed.with_columns(
        each.alias(f"{measure}_{side}")
        for measure, both in sides.items()
        for side, each in zip(("before", "after"), both, strict=True)
    ).filter(
        pl.any_horizontal(
            usable[name.rpartition("_")[0]] & (pl.col(name) == AGE).fill_null(value=False)
            for name in names
        )
    )
    return (
        nearest.group_by("post")
        .agg(
            pl.first("platform", "post_id", "target_age_days", "half_life_days"),
            *(pl.first(name) for name in names),
            *(
                pl.when(usable[measure] & (pl.col(f"{measure}_{side}") == AGE))
                .then(counter)
                .max()
                .alias(f"{measure}_{counter}_{side}")
                for measure, wanted in counters.items()
                for counter in wanted
                for side in ("before", "after")
            ),
        )
        .select(
            "platform",
            "post_id",
            *(_matured(measure) for measure in usable),
            *(
                _at_target(measure, counter)
                for measure, wanted in counters.items()
                for counter in wanted
            ),
        )
    )


def _matured(measure: str) -> pl.Expr:
    before, after = pl.col(f"{measure}_before"), pl.col(f"{measure}_after")
    is_bracketed = before.is_not_null() & after.is_not_null()
    seen = matured_share(pl.coalesce(before, after))
    return pl.when(is_bracketed).then(1.0).otherwise(seen).alias(f"{measure}_matured")


def _at_target(measure: str, counter: str) -> pl.Expr:
    before = pl.col(f"{measure}_{counter}_before")
    after = pl.col(f"{measure}_{counter}_after")
    age_before, age_after = pl.col(f"{measure}_before"), pl.col(f"{measure}_after")
    earned_before, earned_after = matured_share(age_before), matured_share(age_after)
    earned = matured_share(TARGET)
    rise = earned_after - earned_before
    way = (
        pl.when(rise > 1e-9)
        .then((earned - earned_before) / rise)
        .otherwise((TARGET - age_before) / (age_after - age_before))
    )
    return pl.coalesce(
        before + (after - before) * way,
        pl.when(age_before > 0).then(before * earned / earned_before),
        after * earned / earned_after,
    ).alias(f"{measure}_{counter}")
