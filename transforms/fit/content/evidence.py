"""Findings about accounts as words: `kaffe in 14 of 60 posts, vegansk in 3`."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from transforms.fit.component import Floats, Places

_MAX_NAMED = 5


def named_in_posts(
    findings: pl.DataFrame,
    places: Places,
    n_posts: Floats,
    *,
    nothing: str,
    wordless: Sequence[str] = (),
) -> pl.Series:
    """Say what was found in how many posts of each of these places.

    Parameters
    ----------
    findings
        Grain (place, name), the most telling first: `n`, posts it was found in.
    n_posts
        Posts looked at, per place of the panel.
    nothing
        What to say where nothing was found; `{}` stands for the posts looked at: `60 posts`.
    wordless
        Entries of the brief that cannot be looked for, named at the end.

    Returns
    -------
    Series
        One text per place, null where there were no posts to look at.
    """
    shown = pl.DataFrame({"place": places, "of": n_posts[places].astype(int)}).cast(
        {"place": pl.UInt32}
    )
    names = pl.col("name").cum_count().over("place")
    text = (
        pl.when(names == 1)
        .then(pl.format("{} in {} of {}", "name", "n", _posts()))
        .otherwise(pl.format("{} in {}", "name", "n"))
    )
    listed = (
        findings.select(pl.col("place").cast(pl.UInt32), "name", "n")
        .join(shown.unique(), on="place", maintain_order="left")
        .with_columns(text=text)
        .group_by("place", maintain_order=True)
        .agg(text=pl.col("text").head(_MAX_NAMED).str.join(", "), names=pl.len().cast(pl.Int64))
        .select(
            "place",
            text=pl.when(pl.col("names") > _MAX_NAMED)
            .then(pl.format("{} and {} more", "text", pl.col("names") - _MAX_NAMED))
            .otherwise("text"),
        )
    )
    return (
        shown.join(listed, on="place", how="left", maintain_order="left", validate="m:1")
        .select(
            pl.when(pl.col("of") > 0).then(
                pl.coalesce("text", pl.format(nothing, _posts())) + pl.lit(_not_searched(wordless))
            )
        )
        .to_series()
        .rename("evidence")
    )


def unknown_where(is_unknown: np.ndarray, reason: str) -> pl.Series:
    """Give the reason where something is unknown, null elsewhere."""
    flags = pl.Series("unknown_because", is_unknown, dtype=pl.Boolean).to_frame()
    return flags.select(unknown_because=pl.when("unknown_because").then(pl.lit(reason))).to_series()


def _posts() -> pl.Expr:
    noun = pl.when(pl.col("of") == 1).then(pl.lit("post")).otherwise(pl.lit("posts"))
    return pl.format("{} {}", "of", noun)


def _not_searched(wordless: Sequence[str]) -> str:
    return f"; not looked for, having no letter: {', '.join(wordless)}" if wordless else ""
