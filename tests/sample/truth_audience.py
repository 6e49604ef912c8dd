"""What core.audience must say of each account, told from the audiences of the cast."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.sample import meta_audience, tiktok_audience, youtube_audience
from tests.sample.simulation import Truth

TOLERANCE = {"age": 0.01, "age_gender": 0.004, "city": 0.001, "country": 0.001, "gender": 0.01}
"""How far a right share may lie from the truth: what the platform's decimals leave open, and
where Meta's sums over age and gender add it up."""


@dataclass(frozen=True, kw_only=True)
class AudienceTruth:
    """Who core.audience must say the audience of one account is.

    Attributes
    ----------
    dimensions
        Dimension to segment to share, as listed by the newest export; what is not listed is not
        asked for. A dimension that is absent here must have no row.
    cities
        (country, share) of each city listed; how the segment spells the city is not asked.
    """

    platform: str
    handle: str
    basis: str | None
    dimensions: Mapping[str, Mapping[str, float]]
    cities: tuple[tuple[str, float], ...]


def expect(truth: Truth) -> AudienceTruth:
    """Tell what the exports of one account say of its audience."""
    account = truth.account
    basis, dimensions, cities = None, {}, ()
    if account.audience_export not in ("none", "header_only"):
        tell = {"instagram": _meta, "tiktok": _tiktok, "youtube": _youtube}[account.platform]
        basis, dimensions, cities = tell(truth)
    return AudienceTruth(
        platform=account.platform,
        handle=account.handle,
        basis=basis,
        dimensions=dimensions,
        cities=cities,
    )


_Told = tuple[str, dict[str, dict[str, float]], tuple[tuple[str, float], ...]]


def _meta(truth: Truth) -> _Told:
    audience = truth.account.audience
    has_cities = truth.account.audience_export != "without_cities"
    dimensions = {
        "age": {band: audience.ages.get(band, 0.0) for band in meta_audience.BANDS},
        "age_gender": dict(audience.joint),
        "country": meta_audience.listed(audience.countries),
        "gender": {key: audience.genders[key] for key in ("female", "male")},
    }
    cities = meta_audience.listed(audience.cities) if has_cities else {}
    return "followers", dimensions, _by_country(cities)


def _tiktok(truth: Truth) -> _Told:
    dimensions = {
        "country": tiktok_audience.territories(truth),
        "gender": tiktok_audience.genders(truth),
    }
    return "followers", dimensions, ()


def _youtube(truth: Truth) -> _Told:
    audience = truth.account.audience
    reports = youtube_audience.REPORTS.get(truth.account.language, {})
    tell = {
        "age": youtube_audience.ages(truth),
        "gender": youtube_audience.genders(truth) if "gender" in reports else {},
        "country": youtube_audience.listed(audience.countries),
    }
    dimensions = {name: tell[name] for name in tell if name in reports}
    cities = youtube_audience.listed(audience.cities) if "city" in reports else {}
    return "views", dimensions, _by_country(cities)


def _by_country(cities: Mapping[tuple[str, str], float]) -> tuple[tuple[str, float], ...]:
    return tuple(sorted((country, share) for (country, _), share in cities.items()))
