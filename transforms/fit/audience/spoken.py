"""Languages of an audience, estimated from its countries."""

from collections.abc import Mapping

import polars as pl

from schemas.audience import OTHERS, UNREPORTED
from transforms.places.languages import languages_of
from transforms.statistics.sums import exact_sum

FROM_COUNTRIES = "from_countries"
"""Method of a share that no file told."""


def spoken(countries: pl.DataFrame) -> pl.DataFrame:
    """Spread the share of each country over its languages.

    Parameters
    ----------
    countries
        Grain (place, segment): dimension, basis, share, method, is_share_of_listed,
        observed_on.

    Returns
    -------
    DataFrame
        The same columns, segments languages. What is hidden stays hidden, and a country without
        a language of its own goes to what is not listed.

    Notes
    -----
    A creator's audience need not speak as its countries do; but no platform's export tells
    languages, and a brief that asks for Danish is better served by the share in Denmark than
    by nothing.
    """
    weights = [
        {"segment": name, "language": language, "weight": weight}
        for name in countries["segment"].unique()
        for language, weight in _languages(name).items()
    ]
    schema = {"segment": pl.String, "language": pl.String, "weight": pl.Float64}
    share = pl.col("share") * pl.col("weight")
    return (
        countries.join(pl.DataFrame(weights, schema=schema), on="segment", how="inner")
        .group_by("place", pl.col("language").alias("segment"))
        .agg(
            pl.col("basis", "is_share_of_listed").first(),
            exact_sum(share),
            pl.col("observed_on").min(),
            dimension=pl.lit("language"),
            method=pl.lit(FROM_COUNTRIES),
        )
        .select(countries.columns)
        .cast(countries.schema)
    )


def _languages(country: str) -> Mapping[str, float]:
    if country in (OTHERS, UNREPORTED):
        return {country: 1.0}
    return languages_of(country) or {OTHERS: 1.0}
