"""Cities of an audience: labels that leave the country out, told by where the audience is."""

from collections.abc import Iterable

import polars as pl

from schemas.audience import OTHERS, UNREPORTED
from transforms.places.cities import read_city
from transforms.statistics.sums import exact_sum

_REST = (OTHERS, UNREPORTED)
_ACCOUNT = ["platform", "account_id", "basis"]
_LEAST_LEFT_OUT = 1e-6
"""So that a city is found where none of the audience's countries has one of its name."""


def canonical_cities(cities: pl.DataFrame, countries: pl.DataFrame) -> pl.DataFrame:
    """Give cities their keys.

    Parameters
    ----------
    cities
        Grain (platform, account_id, basis, segment, observed_on): labels as platforms write them.
    countries
        The same accounts' countries, on ISO codes: grain as above, with `share`.

    Returns
    -------
    DataFrame
        The rows of `cities`, with `segment` the city's key; `is_resolved`: whether its country was
        told by the audience; `is_shared`: whether several labels can mean the city.

    Notes
    -----
    Of the cities that a label can mean, the one in which most of the audience is expected to live:
    share of the country, times the city's part of the country's people. What the countries leave
    out is spread as the world's people are. The countries are those observed nearest in time, the
    earlier of two.
    """
    labels = cities.filter(~pl.col("segment").is_in(_REST))["segment"].unique()
    meanings = _meanings(labels)
    clear = meanings.filter("is_clear").select("segment", "key", "is_open", "is_met")
    told = _told(cities, meanings.filter(~pl.col("is_clear")), countries)
    is_told = pl.col("told").is_not_null()
    return (
        cities.join(clear, on="segment", how="left", validate="m:1")
        .join(told, on=[*_ACCOUNT, "observed_on", "segment"], how="left", validate="1:1")
        .with_columns(
            segment=pl.coalesce("key", "told", "segment"),
            is_resolved=pl.col("is_open").fill_null(is_told),
            is_shared=pl.col("is_met").fill_null(is_told),
        )
        .drop("key", "told", "is_open", "is_met")
    )


def _meanings(labels: Iterable[str]) -> pl.DataFrame:
    """Read every label once.

    Grain (segment, key): `is_open`, whether other evidence told the country; `is_clear`, whether
    the label means one city; `is_met`, whether other labels can mean it too.
    """
    read = {label: read_city(label) for label in labels}
    rows = [
        (label, one.key, one.country, one.of_country, one.of_world, not city.is_certain)
        for label, city in read.items()
        for one in city.meanings
    ]
    schema = {
        "segment": pl.String,
        "key": pl.String,
        "country": pl.String,
        "of_country": pl.Float64,
        "of_world": pl.Float64,
        "is_open": pl.Boolean,
    }
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(
        pl.col("is_open") & pl.col("country").is_not_null(),
        is_clear=pl.len().over("segment") == 1,
        is_met=pl.len().over("key") > 1,
    )


def _told(cities: pl.DataFrame, meanings: pl.DataFrame, countries: pl.DataFrame) -> pl.DataFrame:
    """Choose among the meanings of each label: grain (account, observed_on, segment), `told`."""
    asked = cities.select(*_ACCOUNT, "observed_on", "segment").join(
        meanings, on="segment", how="inner", validate="m:m"
    )
    listed = (
        countries.filter(~pl.col("segment").is_in(_REST))
        .group_by(*_ACCOUNT, told_on="observed_on", country="segment")
        .agg(listed=exact_sum(pl.col("share")))
    )
    left_out = listed.group_by(*_ACCOUNT, "told_on").agg(
        left_out=(1 - exact_sum(pl.col("listed"))).clip(_LEAST_LEFT_OUT)
    )
    expected = pl.col("listed").fill_null(0.0) * pl.col("of_country") + pl.col(
        "left_out"
    ).fill_null(1.0) * pl.col("of_world")
    return (
        asked.join(
            _nearest(asked, countries),
            on=[*_ACCOUNT, "observed_on"],
            how="left",
            validate="m:1",
        )
        .join(left_out, on=[*_ACCOUNT, "told_on"], how="left", validate="m:1")
        .join(listed, on=[*_ACCOUNT, "told_on", "country"], how="left", validate="m:1")
        .with_columns(expected=expected)
        .sort("expected", "key")
        .group_by(*_ACCOUNT, "observed_on", "segment")
        .agg(told=pl.col("key").last())
    )


def _nearest(asked: pl.DataFrame, countries: pl.DataFrame) -> pl.DataFrame:
    """Give the day nearest to each, the earlier of two, on which the countries were observed."""
    days = countries.select(*_ACCOUNT, "observed_on").unique()
    days = days.with_columns(before="observed_on", after="observed_on").sort("observed_on")
    wanted = asked.select(*_ACCOUNT, "observed_on").unique().sort("observed_on")
    day, before, after = pl.col("observed_on"), pl.col("before"), pl.col("after")
    return (
        wanted.join_asof(days.drop("after"), on="observed_on", by=_ACCOUNT, check_sortedness=False)
        .join_asof(
            days.drop("before"),
            on="observed_on",
            by=_ACCOUNT,
            strategy="forward",
            check_sortedness=False,
        )
        .select(
            *_ACCOUNT,
            "observed_on",
            told_on=pl.when(after - day < day - before)
            .then(after)
            .otherwise(pl.coalesce("before", "after")),
        )
    )
