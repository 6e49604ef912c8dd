"""What a brand asks for: a brief, read and checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

DEFAULT_WEIGHTS: Mapping[str, float] = {
    "audience_match": 3.0,
    "target_share": 2.0,
    "targeted_reach": 1.0,
    "engagement": 2.0,
    "consistency": 1.0,
    "content_match": 2.0,
    "brand_crowding": 0.5,
    "brand_safety": 1.0,
}
"""Component of the fit to its weight where a brief sets none."""

COMPONENTS = tuple(DEFAULT_WEIGHTS)

TARGET_DIMENSIONS = ("country", "city", "age", "gender", "language", "interest")
"""What a brief can ask of an audience, in the order in which it is spoken of."""

AGE_BANDS = ("13-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+")
GENDERS = ("female", "male", "other")


@dataclass(frozen=True, kw_only=True)
class Brief:
    """One brand's wishes, checked.

    Attributes
    ----------
    valid_from
        Day from which this version holds; null for the last whole day before it arrives.
    valid_until
        Last day on which creators are scored for it; null for no end.
    platforms, tiers
        Those wanted; empty for any.
    budget, currency
        Both or neither; ISO 4217.
    deliverables
        Kind of post to number.
    audience
        Dimension to segment to share wanted; the shares of a dimension sum to 1. Countries are
        ISO 3166-1 alpha-2, cities `<country>:<key>` as `transforms.places.cities` makes them,
        ages of AGE_BANDS, genders of GENDERS, languages ISO 639 codes.
    hashtags
        In lower case without #.
    competitors
        Handles in lower case without @.
    plateau
        Audience match from which more earns nothing.
    weights
        Every component to its weight, at least one above 0; not normalised.
    """

    brief_id: str
    brand: str
    valid_from: date | None = None
    valid_until: date | None = None
    platforms: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    budget: float | None = None
    currency: str | None = None
    deliverables: Mapping[str, int] = field(default_factory=dict)
    audience: Mapping[str, Mapping[str, float]]
    topics: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    competitors: tuple[str, ...] = ()
    min_engagement_rate: float | None = None
    max_risk: float | None = None
    min_fit: float | None = None
    plateau: float | None = None
    weights: Mapping[str, float] = field(default_factory=lambda: dict(DEFAULT_WEIGHTS))
