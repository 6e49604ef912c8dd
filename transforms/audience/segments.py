"""Segments of an audience on canonical cells: ages, countries, cities."""

from collections.abc import Iterator

import polars as pl

from schemas.audience import JOINT, OTHERS, UNREPORTED
from transforms.audience.bands import canonical_bands
from transforms.audience.cities import canonical_cities
from transforms.places.countries import country_code
from transforms.statistics.sums import exact_sum

_MAPPED = {
    "dimension": pl.String,
    "segment": pl.String,
    "cell": pl.String,
    "part": pl.Float64,
    "is_split": pl.Boolean,
}
_CELL = ["platform", "account_id", "basis", "dimension", "segment", "observed_on"]


def canonical_segments(rows: pl.DataFrame) -> pl.DataFrame:
    """Put the segments of distributions on canonical cells, and add up those that become one.

    Parameters
    ----------
    rows
        Grain (platform, account_id, basis, dimension, segment, observed_on), whole distributions,
        with `share`. Columns beside these are the same throughout a distribution, and kept.

    Returns
    -------
    DataFrame
        The same grain, with `is_split` (an age band was divided) and `is_resolved` (a city's
        country was told by the audience). The shares of a distribution sum to what they did.
    """
    mapped = rows.join(
        _cells(rows), on=["dimension", "segment"], how="left", validate="m:m"
    ).with_columns(
        pl.coalesce("cell", "segment").alias("segment"),
        pl.col("share") * pl.col("part").fill_null(1.0),
        pl.col("is_split", "is_shared").fill_null(value=False),
    )
    is_city = pl.col("dimension") == "city"
    countries = mapped.filter(pl.col("dimension") == "country")
    cities = canonical_cities(mapped.filter(is_city).drop("is_shared"), countries)
    others = mapped.filter(~is_city).with_columns(is_resolved=pl.lit(value=False))
    return _added(pl.concat([others, cities.select(others.columns)]).drop("cell", "part"))


def _cells(rows: pl.DataFrame) -> pl.DataFrame:
    """Map the ages and countries that are there, each looked up once.

    Whether several segments lead to a cell, so that they may have to be added, is `is_shared`.
    """
    told = rows.select("dimension", "segment").unique()

    def of(dimension: str) -> list[str]:
        return told.filter(pl.col("dimension") == dimension)["segment"].to_list()

    cells = [*_ages(of("age")), *_joint_ages(of("age_gender")), *_countries(of("country"))]
    is_shared = pl.len().over("dimension", "cell") > 1
    return pl.DataFrame(cells, schema=_MAPPED, orient="row").with_columns(is_shared=is_shared)


_Cell = tuple[str, str, str, float, bool]


def _ages(segments: list[str]) -> Iterator[_Cell]:
    for segment, band, part, is_split in canonical_bands(segments).iter_rows():
        yield "age", segment, band, part, is_split


def _joint_ages(segments: list[str]) -> Iterator[_Cell]:
    for segment in segments:
        age, joint, gender = segment.partition(JOINT)
        for _, band, part, is_split in canonical_bands([age]).iter_rows():
            yield "age_gender", segment, f"{band}{joint}{gender}", part, is_split


def _countries(segments: list[str]) -> Iterator[_Cell]:
    for segment in segments:
        cell = segment if segment == OTHERS else country_code(segment) or UNREPORTED
        yield "country", segment, cell, 1.0, False


def _added(rows: pl.DataFrame) -> pl.DataFrame:
    """Add up the rows of one cell; sorted first, since sums of floats depend on the order.

    Only cells that several segments lead to are looked at, which are few.
    """
    figures = ["share", "is_split", "is_resolved"]
    single = rows.filter(~pl.col("is_shared")).drop("is_shared")
    added = (
        rows.filter("is_shared")
        .group_by(_CELL)
        .agg(
            pl.exclude(*_CELL, *figures).first(),
            exact_sum(pl.col("share")).clip(0, 1),
            pl.col("is_split", "is_resolved").any(),
        )
    )
    return pl.concat([single, added.select(single.columns)])
