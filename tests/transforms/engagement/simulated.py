"""Simulated creators whose truth is known."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from tests.transforms.engagement.made_up import Panel

AS_OF = date(2025, 6, 30)
HALF_LIFE_DAYS = {"youtube": 6.0, "instagram": 0.7917}


@dataclass(frozen=True, kw_only=True)
class World:
    """Creators alike in all but their noise.

    Attributes
    ----------
    posts_per_week, days
        Pace, and how far back the posts go.
    log_noise
        Standard deviation of a post's log views and log rate, each.
    log_rate_per_day, log_views_per_day
        True slopes.
    break_on, break_factor
        Day from which posts count more views, and how many times more.
    seen_every_days
        Distance of the exports before as_of; by default a single one on the day.
    """

    platform: str = "youtube"
    creators: int = 300
    posts_per_week: float = 3.0
    days: int = 130
    log_noise: float = 0.4
    log_rate_per_day: float = 0.0
    log_views_per_day: float = 0.0
    break_on: date | None = None
    break_factor: float = 1.35
    seen_every_days: int | None = None
    duration_s: float = 600.0
    seed: int = 1

    def panel(self, definitions: pl.DataFrame | None = None) -> Panel:
        """Write the world down as core tables."""
        rng = np.random.default_rng(self.seed)
        n = round(self.posts_per_week * self.days / 7)
        size = self.creators * n
        back = rng.uniform(0, self.days, size)
        views = np.exp(10 + self.log_noise * rng.normal(size=size) - self.log_views_per_day * back)
        rate = np.exp(-3 + self.log_noise * rng.normal(size=size) - self.log_rate_per_day * back)
        moment = np.datetime64(AS_OF) + np.timedelta64(12, "h")
        posts = pl.DataFrame(
            {
                "platform": self.platform,
                "post_id": [f"p{k}" for k in range(size)],
                "account_id": np.repeat([f"a{k}" for k in range(self.creators)], n),
                "published_at": moment - (back * 86_400e6).astype("timedelta64[us]"),
                "duration_s": self.duration_s,
                "catalogue": "complete",
                "views": views,
                "rate": rate,
            }
        ).with_columns(
            pl.col("published_at").dt.replace_time_zone("UTC"),
            creator_id="account_id",
            first_observed_on=pl.lit(AS_OF),
            last_observed_on=pl.lit(AS_OF),
        )
        return Panel(posts, self._observations(posts), definitions=definitions)

    def _observations(self, posts: pl.DataFrame) -> pl.DataFrame:
        exports = range(0, self.days, self.seen_every_days) if self.seen_every_days else [0]
        noon = pl.col("observed_on").cast(pl.Datetime("us", "UTC")) + timedelta(hours=12)
        age = (noon - pl.col("published_at")).dt.total_microseconds() / 86_400e6
        counted = pl.lit(1.0)
        if self.break_on:
            is_after = pl.col("published_at").dt.date() >= self.break_on
            counted = pl.when(is_after).then(self.break_factor).otherwise(1.0)
        earned = pl.col("views") * (1 - 0.5 ** (age / HALF_LIFE_DAYS[self.platform]))
        days = pl.DataFrame({"observed_on": [AS_OF - timedelta(days=k) for k in exports]})
        return (
            posts.join(days, how="cross")
            .filter(age >= 0)
            .with_columns(earned=earned)
            .with_columns(
                views=(pl.col("earned") * counted).round(),
                likes=(pl.col("earned") * pl.col("rate")).round(),
                comments=pl.lit(0),
                shares=pl.lit(0),
            )
        )


def share_of(panel: Panel, verdict: str, measure: str, window_days: int, **trend) -> float:
    """Give the share of creators of a panel with a class."""
    made = panel.trend(AS_OF, **trend).filter(
        measure=measure, series="post", window_days=window_days
    )
    return (made["class"] == verdict).mean()
