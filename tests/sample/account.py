"""One account of the sample as it truly is, and the half year it is told for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from tests.sample import audiences
from tests.sample.audiences import Audience

FIRST_DAY = date(2025, 1, 1)
LAST_DAY = date(2025, 6, 30)
DAYS = (LAST_DAY - FIRST_DAY).days + 1
SHORTS_BREAK = date(2025, 3, 31)
SHORTS_FACTOR = 1.35
"""YouTube counts starts and replays of Shorts from this day on; before, engaged views."""

MATURATION_HALF_LIFE_HOURS = {
    "facebook": 19.0,
    "instagram": 19.0,
    "tiktok": 24.0,
    "youtube": 6 * 24.0,
}

AudienceExport = Literal["full", "without_cities", "vertical", "header_only", "none"]
FollowerPath = Callable[[np.ndarray, np.random.Generator], np.ndarray]


@dataclass(frozen=True, kw_only=True)
class Account:
    """One account's truth.

    Attributes
    ----------
    followers
        Day numbers from 2025-01-01 to levels.
    posts_per_day, post_days
        Mean pace, and the first and last day it publishes.
    rate, rate_growth
        Engagements per reach (Meta) or per view, and its growth per 30 days from `turns_on`.
    views, views_growth
        Median lifetime views of a post, and their growth per 30 days from `turns_on`.
    old_posts
        Posts published before 2025, which still earn a little.
    audience, audience_export
        Who truly follows or watches, and in what form the account's exports tell it.
    writes_in
        Language of the captions where it is not that of the interface.
    theme, theme_share
        Subject of `captions.WORDS`, and the share of posts that are about it.
    paid_by
        Brands tagged in commercial posts.
    says
        Word that brands avoid and that stands in some captions.
    """

    platform: str
    handle: str
    name: str
    creator_id: str
    language: str
    country: str
    followers: FollowerPath
    posts_per_day: float = 0.8
    post_days: tuple[date, date] = (FIRST_DAY, LAST_DAY)
    rate: float = 0.05
    rate_growth: float = 0.0
    views: float = 6_000.0
    views_growth: float = 0.0
    turns_on: date = date(2025, 3, 1)
    rate_noise: float = 0.07
    views_noise: float = 0.09
    old_posts: int = 0
    shorts: bool = False
    cadence_days: int | None = None
    silent_from: date | None = None
    former_handle: str | None = None
    audience: Audience = audiences.NORDIC
    audience_export: AudienceExport = "full"
    writes_in: str | None = None
    theme: str | None = None
    theme_share: float = 0.0
    paid_by: tuple[str, ...] = ()
    says: str | None = None

    def growth(self, per_30_days: float, days: np.ndarray) -> np.ndarray:
        """Give the factor by which a level has changed on each day."""
        turned = np.maximum(0, days - (self.turns_on - FIRST_DAY).days)
        return np.exp(np.log1p(per_30_days) * turned / 30)


def grows(start: int, per_day: float, noise: float = 3.0) -> FollowerPath:
    """Followers on a line, with a little noise in what is gained a day."""

    def path(days: np.ndarray, random: np.random.Generator) -> np.ndarray:
        return np.rint(start + per_day * days + random.normal(0, noise, days.size)).astype(int)

    return path


def flaps(edge: int, amplitude: float, swings: float) -> FollowerPath:
    """Followers that swing around an edge: from below on the first day to above on the last."""

    def path(days: np.ndarray, random: np.random.Generator) -> np.ndarray:
        swing = np.cos(2 * np.pi * swings * (days / days[-1] - 1))
        noise = random.normal(0, amplitude / 30, days.size)
        return np.rint(edge - amplitude / 4 + amplitude * swing + noise).astype(int)

    return path
