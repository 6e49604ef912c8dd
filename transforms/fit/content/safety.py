"""How much of an account's posts keeps clear of what a brief avoids."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from schemas.brief import Brief
from transforms.fit.component import Component, Places
from transforms.fit.content.evidence import named_in_posts, unknown_where
from transforms.fit.content.index import ContentIndex


def brand_safety(brief: Brief, index: ContentIndex) -> Component | None:
    """Give the share of each account's posts of a year without a word the brief avoids.

    Returns
    -------
    Component
        `raw` counts posts with any such word or phrase, hashtags included, whole words only;
        `value` is 1 - raw/n, `n` posts with a caption; unknown without any. Null where the brief
        avoids nothing that can be searched for.
    """
    asked = index.asked(brief)
    if not asked.avoided:
        return None
    is_known = index.n_posts > 0
    with_any = _posts_per_place(_any_post(asked.avoided, index), len(is_known))

    def evidence(places: Places) -> pl.Series:
        return named_in_posts(
            _found(asked.avoided, index, places),
            places,
            index.n_posts,
            nothing="no word to avoid in {}",
            wordless=asked.wordless_avoided,
        )

    return Component(
        name="brand_safety",
        value=np.where(is_known, 1 - with_any / np.maximum(index.n_posts, 1), np.nan),
        raw=np.where(is_known, with_any, np.nan),
        raw_unit="post",
        known=is_known.astype(float),
        n=index.n_posts,
        unknown_because=unknown_where(~is_known, "no captions of the last 365 days"),
        evidence=evidence,
    )


def _any_post(avoided: Mapping[str, str], index: ContentIndex) -> np.ndarray:
    """Give the place of each post that has any of these, once."""
    posts = np.concatenate([index.avoided.of(text, "post") for text in avoided])
    places = np.concatenate([index.avoided.of(text, "place") for text in avoided])
    return places[np.unique(posts, return_index=True)[1]]


def _posts_per_place(places: np.ndarray, n_places: int) -> np.ndarray:
    return np.bincount(places, minlength=n_places).astype(float)


def _found(avoided: Mapping[str, str], index: ContentIndex, places: Places) -> pl.DataFrame:
    """List the words found in these places, those in most posts first."""
    schema = pl.Schema({"place": pl.UInt32, "name": pl.String, "n": pl.Int64})
    parts = [pl.DataFrame(schema=schema)]
    for text, written in avoided.items():
        counts = _posts_per_place(index.avoided.of(text, "place"), len(index.n_posts))[places]
        parts.append(pl.DataFrame({"place": places, "name": written, "n": counts}).cast(schema))
    return pl.concat(parts).filter(pl.col("n") > 0).sort("n", "name", descending=[True, False])
