"""Age bands: any band a platform shows, on the canonical ones."""

import re
from collections.abc import Iterable, Mapping

import polars as pl

from schemas.brief import AGE_BANDS

YOUNGEST = 13
"""No platform admits younger people, so the years before count for nothing."""

OLDEST = 84
"""Last year of an open band, where it must be divided: `55+` is ten years and twenty."""

_YEARS = re.compile(r"\d{1,3}")
_UNDER = re.compile(r"^\s*(?:<|under\b|below\b|younger than\b|up to\b|-)", re.IGNORECASE)
_INCLUSIVE = re.compile(r"^\s*(?:<\s*=|up to\b|-)", re.IGNORECASE)


def band_parts(segment: str) -> Mapping[str, float]:
    """Divide an age band over the canonical ones in proportion to the years.

    Parameters
    ----------
    segment
        `18-24`, `65+`, `55-`, `under 18`, `13\u201317 years`.

    Returns
    -------
    Mapping
        Canonical band to part; sums to 1. A segment that holds no years (`others`, `unreported`)
        is itself. A band wholly below 13 is 13-17, the nearest there is.
    """
    ages = _ages(segment)
    if ages is None:
        return {segment: 1.0}
    first, last = ages
    years = {
        band: max(0, min(last, end) - max(first, start) + 1)
        for band, (start, end) in _CANONICAL.items()
    }
    total = sum(years.values())
    return {band: count / total for band, count in years.items() if count}


def canonical_bands(segments: Iterable[str]) -> pl.DataFrame:
    """Divide every band once.

    Returns
    -------
    DataFrame
        Grain (segment, band): `part` of the segment's share that is the band's, and whether the
        segment is divided, so that its parts are estimates (`is_split`).
    """
    divided = {segment: band_parts(segment) for segment in segments}
    rows = [
        (segment, band, part, len(parts) > 1)
        for segment, parts in divided.items()
        for band, part in parts.items()
    ]
    schema = {"segment": pl.String, "band": pl.String, "part": pl.Float64, "is_split": pl.Boolean}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _ages(segment: str) -> tuple[int, int] | None:
    """Give the first and the last year of a band, within YOUNGEST to OLDEST."""
    years = [int(found) for found in _YEARS.findall(segment)]
    if not years or len(years) > 2:
        return None
    if len(years) == 2:
        first, last = min(years), max(years)
    elif _UNDER.match(segment):
        first, last = YOUNGEST, years[0] - (0 if _INCLUSIVE.match(segment) else 1)
    else:
        first, last = years[0], OLDEST
    return min(max(first, YOUNGEST), OLDEST), min(max(last, YOUNGEST), OLDEST)


def _years(band: str) -> tuple[int, int]:
    first, _, last = band.rstrip("+").partition("-")
    return int(first), int(last or OLDEST)


_CANONICAL = {band: _years(band) for band in AGE_BANDS}
