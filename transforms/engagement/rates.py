"""Which engagements an account's rate adds up, and what it is over."""

from collections.abc import Mapping

import polars as pl

from transforms.engagement.settings import TrendSettings

PARTS = ("likes", "comments", "shares", "reposts", "saves")
"""Facebook reports reactions of all kinds in place of likes; X reposts apart from shares."""
_ACCOUNT = ["platform", "account_id"]


def with_rate_basis(
    rows: pl.LazyFrame, bases: Mapping[str, tuple[str, ...]], settings: TrendSettings
) -> pl.LazyFrame:
    """Choose once per account what its rate adds up and what it is over.

    Parameters
    ----------
    rows
        Posts or days: platform, account_id, the parts, and the columns `bases` names.

    Returns
    -------
    LazyFrame
        `rows` with er_basis (the first of its platform's list that enough of the rows with
        engagements report), engagements_parts, engagements, engagements_public and
        basis_quantity. Parts are those nearly all such rows have, or, where none is that
        common, the most common; a row that lacks one has no engagements, so that every sum
        of an account adds up the same.
    """
    rows = rows.cache()
    names = sorted({basis for each in bases.values() for basis in each})
    has_any = pl.any_horizontal(pl.col(part).is_not_null() for part in PARTS)
    shares = (
        rows.filter(has_any)
        .group_by(_ACCOUNT)
        .agg((pl.col(name).count() / pl.len()).alias(f"{name}_share") for name in (*PARTS, *names))
    )
    most = pl.max_horizontal(f"{part}_share" for part in PARTS)
    needed = pl.min_horizontal(most, settings.min_part_share)
    chosen = shares.select(
        *_ACCOUNT,
        *((pl.col(f"{part}_share") >= needed).alias(f"has_{part}") for part in PARTS),
        er_basis=_first_basis(bases, settings.min_basis_share),
    ).with_columns(engagements_parts=_name_parts())
    return (
        rows.join(chosen, on=_ACCOUNT, how="left", validate="m:1")
        .with_columns(
            engagements=_sum_parts(PARTS),
            engagements_public=_sum_parts(PARTS[:2]),
            basis_quantity=pl.coalesce(
                pl.when(pl.col("er_basis") == name).then(pl.col(name).cast(pl.Float64))
                for name in names
            ),
        )
        .drop(f"has_{part}" for part in PARTS)
    )


def first_reason(**reasons: pl.Expr) -> pl.Expr:
    """Name the first reason that holds; null where none does."""
    return pl.coalesce(pl.when(holds).then(pl.lit(name)) for name, holds in reasons.items())


def _first_basis(bases: Mapping[str, tuple[str, ...]], min_share: float) -> pl.Expr:
    return pl.coalesce(
        pl.when((pl.col("platform") == platform) & (pl.col(f"{basis}_share") >= min_share)).then(
            pl.lit(basis)
        )
        for platform, wanted in bases.items()
        for basis in wanted
    )


def _name_parts() -> pl.Expr:
    likes = pl.when(pl.col("platform") == "facebook").then(pl.lit("reactions"))
    words = {part: pl.lit(part) for part in PARTS} | {"likes": likes.otherwise(pl.lit("likes"))}
    return pl.concat_str(
        (pl.when(pl.col(f"has_{part}")).then(word) for part, word in words.items()),
        separator="+",
        ignore_nulls=True,
    )


def _sum_parts(parts: tuple[str, ...]) -> pl.Expr:
    """Add up the account's parts; null where the row lacks one, or the account has none."""
    has = [pl.col(f"has_{part}").fill_null(value=False) for part in parts]
    lacks = pl.any_horizontal(
        is_part & pl.col(part).is_null() for is_part, part in zip(has, parts, strict=True)
    )
    total = pl.sum_horizontal(
        pl.when(is_part).then(pl.col(part).cast(pl.Float64))
        for is_part, part in zip(has, parts, strict=True)
    )
    return pl.when(pl.any_horizontal(has) & ~lacks).then(total)
