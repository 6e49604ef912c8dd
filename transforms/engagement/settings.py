"""What a deployment can set about engagement trends."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from transforms.reference.maturation import Maturation, maturations

POST_BASES: Mapping[str, tuple[str, ...]] = {
    "facebook": ("reach", "followers"),
    "instagram": ("reach", "followers"),
    "linkedin": ("impressions",),
    "tiktok": ("views",),
    "x": ("impressions",),
    "youtube": ("views",),
}
WEEK_BASES: Mapping[str, tuple[str, ...]] = {
    "facebook": ("views", "reach"),
    "instagram": ("views", "reach"),
    "linkedin": ("impressions",),
    "tiktok": ("views", "reach"),
    "x": ("impressions",),
    "youtube": ("views",),
}


@dataclass(frozen=True, kw_only=True)
class TrendSettings:
    """Thresholds of mart.engagement_trend; the defaults are those of metrics.md.

    Attributes
    ----------
    windows
        Windows of the trends, days.
    basis_days
        Days over which basis and parts of an account are chosen.
    post_bases, week_bases
        Platform to what a rate may be over, the preferred first.
    min_basis_share
        Share of an account's posts or days that must report a basis for it to be chosen.
    min_part_share
        Share of an account's posts or days that must report an engagement for it to be a part.
    max_follower_staleness_days
        Days a follower level may be away from the day of publication.
    maturation
        Curve and target age of each platform.
    min_matured, adjusted_below
        Share of its final engagements a post must have had when seen, and below which it is
        marked adjusted.
    short_max_s
        Length up to which a YouTube video of unknown format may be a Short, seconds.
    min_reported_days, min_week_basis
        Reported days, and sum of the basis, below which a week is no point.
    min_cell
        Posts each weekday or format must have for its median to be taken out.
    min_points, min_span_days
        Points, and days from the first to the last, below which there is no trend.
    max_tested_points
        Points beyond which a slope is taken from every k-th, evenly over the window: all pairs
        are compared, so memory grows with their square (100 MB here).
    stable_band_share
        Change per 30 days within which a whole interval is called stable.
    alpha
        Significance of the test.
    min_peers
        Accounts a comparison or a pool needs.
    """

    windows: tuple[int, ...] = (28, 90, 180, 365)
    basis_days: int = 365
    post_bases: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: POST_BASES)
    week_bases: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: WEEK_BASES)
    min_basis_share: float = 0.80
    min_part_share: float = 0.95
    max_follower_staleness_days: int = 30
    maturation: tuple[Maturation, ...] = field(default_factory=maturations)
    min_matured: float = 0.50
    adjusted_below: float = 0.95
    short_max_s: float = 180.0
    min_reported_days: int = 4
    min_week_basis: float = 100.0
    min_cell: int = 4
    min_points: int = 8
    min_span_days: float = 14.0
    max_tested_points: int = 5_000
    stable_band_share: float = 0.10
    alpha: float = 0.05
    min_peers: int = 5

    @property
    def longest_days(self) -> int:
        """Give the days that any figure looks back."""
        return max(*self.windows, self.basis_days)
