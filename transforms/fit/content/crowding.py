"""How many other brands an account speaks for."""

import numpy as np
import polars as pl

from schemas.brief import Brief
from transforms.fit.component import Component, Places
from transforms.fit.content.evidence import named_in_posts, unknown_where
from transforms.fit.content.index import ContentIndex
from transforms.fit.content.questions import Question


def brand_crowding(brief: Brief, index: ContentIndex) -> Component:
    """Count the other brands in each account's captions of the last 90 days.

    Returns
    -------
    Component
        `raw` counts different handles named in commercial posts, and the brief's competitors
        wherever a handle or hashtag names them; neither the creator's own nor the brief's brand.
        `value` is 1/(1 + raw), `n` posts with a caption; unknown without any.

    Notes
    -----
    A handle in a commercial post can be a photographer's: the count is an upper bound of what
    the captions name, and knows nothing of brands that no caption names.
    """
    others = _others(index.asked(brief), index)
    is_known = index.n_recent_posts > 0
    named = np.bincount(others["place"].to_numpy(), minlength=len(is_known)).astype(float)

    def evidence(places: Places) -> pl.Series:
        shown = others.filter(pl.col("place").is_in(places.tolist()))
        return named_in_posts(
            shown.sort("n", "name", descending=[True, False]),
            places,
            index.n_recent_posts,
            nothing="no other brand in {} of the last 90 days",
        )

    return Component(
        name="brand_crowding",
        value=np.where(is_known, 1 / (1 + named), np.nan),
        raw=np.where(is_known, named, np.nan),
        raw_unit="brand",
        known=is_known.astype(float),
        n=index.n_recent_posts,
        unknown_because=unknown_where(~is_known, "no captions of the last 90 days"),
        evidence=evidence,
    )


def _others(asked: Question, index: ContentIndex) -> pl.DataFrame:
    """List the other brands, grain (place, name), with `n`, the posts that name each.

    A competitor named by handle in some posts and by hashtag in others has the greater number.
    """
    competitor = pl.DataFrame(
        list(asked.competitors.items()),
        schema={"mention": pl.String, "competitor": pl.String},
        orient="row",
    )
    names = index.names.join(competitor, on="mention", how="left", validate="1:1").select(
        "name", "mention", "competitor", is_own=_is_of_the_brand(asked)
    )
    rows = index.mentions.select("place", "name", "n_posts", "n_commercial_posts").join(
        names, on="name", validate="m:1"
    )
    rivals = (
        rows.filter(pl.col("competitor").is_not_null())
        .group_by("place", "competitor")
        .agg(n=pl.col("n_posts").max())
        .select("place", "n", name=pl.lit("@") + pl.col("competitor"))
    )
    brands = rows.filter(
        pl.col("competitor").is_null(),
        ~pl.col("is_own"),
        pl.col("n_commercial_posts") > 0,
        pl.col("mention").str.starts_with("@"),
    ).select("place", n="n_commercial_posts", name="mention")
    return pl.concat([rivals, brands.select(rivals.columns)], how="vertical_relaxed")


def _is_of_the_brand(asked: Question) -> pl.Expr:
    is_own = pl.col("key").is_in(sorted(asked.brand_keys))
    if asked.brand_prefix is None:
        return is_own
    return is_own | pl.col("key").str.starts_with(asked.brand_prefix)
