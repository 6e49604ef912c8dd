"""How much an account's captions speak of what a brief is about."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from schemas.brief import Brief
from transforms.fit.component import Component, Places
from transforms.fit.content.evidence import named_in_posts, unknown_where
from transforms.fit.content.index import ContentIndex

FLOOR = 0.01
"""Least match of an account with captions: other words for the same must not alone decide."""


def content_match(brief: Brief, index: ContentIndex) -> Component | None:
    """Compare each account's captions of a year with a brief's topics, hashtags and values.

    Returns
    -------
    Component
        `raw` is the cosine of the two TF-IDF vectors, `value` the same but at least 0.01, `n`
        posts with a caption; unknown without any. Null where the brief has no word to match.

    Notes
    -----
    As scikit-learn's TfidfVectorizer(sublinear_tf=True, smooth_idf=True) fitted to the panel
    and transforming the brief: a term that nobody in the panel uses counts on neither side.
    """
    asked = index.asked(brief)
    if not asked.terms:
        return None
    weights = _query(asked.terms, index.idf)
    is_known = index.n_posts > 0
    cosine = np.zeros(len(index.n_posts))
    for term, weight in weights.items():
        cosine[index.terms.of(term, "place")] += weight * index.terms.of(term, "weight")
    cosine = np.minimum(cosine, 1)

    def evidence(places: Places) -> pl.Series:
        return named_in_posts(
            _found(weights, index, places),
            places,
            index.n_posts,
            nothing="none of the brief's words in {}",
            wordless=asked.wordless_wanted,
        )

    return Component(
        name="content_match",
        value=np.where(is_known, np.maximum(cosine, FLOOR), np.nan),
        raw=np.where(is_known, cosine, np.nan),
        raw_unit="1",
        known=is_known.astype(float),
        n=index.n_posts,
        unknown_because=unknown_where(~is_known, "no captions of the last 365 days"),
        evidence=evidence,
    )


def _query(terms: Mapping[str, int], idf: Mapping[str, float]) -> dict[str, float]:
    weights = {term: (1 + np.log(n)) * idf[term] for term, n in terms.items() if term in idf}
    length = np.sqrt(sum(weight**2 for weight in weights.values()))
    return {term: weight / length for term, weight in sorted(weights.items())}


def _found(weights: Mapping[str, float], index: ContentIndex, places: Places) -> pl.DataFrame:
    """List the terms found in these places, the most telling first: what they add to the cosine."""
    is_shown = np.zeros(len(index.n_posts), bool)
    is_shown[places] = True
    empty = pl.DataFrame(schema={"place": pl.UInt32, "name": pl.String, "n": pl.Int64})
    parts = [empty.with_columns(adds=pl.lit(0.0))]
    for term, weight in weights.items():
        place = index.terms.of(term, "place")
        shown = is_shown[place]
        parts.append(
            pl.DataFrame(
                {
                    "place": place[shown].astype(np.uint32),
                    "name": term,
                    "n": index.terms.of(term, "n_posts")[shown].astype(np.int64),
                    "adds": weight * index.terms.of(term, "weight")[shown],
                },
                schema_overrides={"name": pl.String},
            )
        )
    return pl.concat(parts).sort(["adds", "name"], descending=[True, False])
