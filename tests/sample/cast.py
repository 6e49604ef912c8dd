"""Who is in the sample: each account's truth, told by its name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

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


ACCOUNTS: tuple[Account, ...] = (
    Account(
        platform="instagram",
        handle="steady.signe",
        name="Steady Signe",
        creator_id="signe",
        language="en",
        country="DK",
        followers=grows(34_000, 12),
    ),
    Account(
        platform="instagram",
        handle="falling.freja",
        name="Falling Freja",
        creator_id="freja",
        language="en",
        country="DK",
        followers=grows(12_400, 2),
        rate=0.12,
        rate_growth=-0.35,
    ),
    Account(
        platform="instagram",
        handle="rising.rafael",
        name="Rising Rafael",
        creator_id="rafael",
        language="pt",
        country="PT",
        followers=grows(8_200, 9),
        rate=0.02,
        rate_growth=0.35,
        cadence_days=14,
    ),
    Account(
        platform="instagram",
        handle="toofew.tilde",
        name="Too Few Tilde",
        creator_id="tilde",
        language="en",
        country="SE",
        followers=grows(3_100, 1, noise=1),
        posts_per_day=5 / DAYS,
        views=1_500,
    ),
    Account(
        platform="instagram",
        handle="shorts.break.bo",
        name="Shorts Break Bo",
        creator_id="bo",
        language="en",
        country="DK",
        followers=grows(5_600, 4),
        posts_per_day=0.5,
    ),
    Account(
        platform="facebook",
        handle="rising.page",
        name="The Rising Page",
        creator_id="rising-page",
        language="en",
        country="DK",
        followers=grows(15_300, 5),
        rate=0.02,
        rate_growth=0.35,
        views=4_000,
    ),
    Account(
        platform="youtube",
        handle="shorts-break-bo",
        name="Shorts Break Bo",
        creator_id="bo",
        language="en",
        country="DK",
        followers=grows(54_000, 60),
        posts_per_day=1.0,
        views=9_000,
        shorts=True,
        cadence_days=14,
        old_posts=6,
    ),
    Account(
        platform="youtube",
        handle="youngposts-yrsa",
        name="Young Posts Yrsa",
        creator_id="yrsa",
        language="sv",
        country="SE",
        followers=grows(900, 8),
        post_days=(date(2025, 6, 8), LAST_DAY),
        views=2_000,
    ),
    Account(
        platform="youtube",
        handle="capped-carl",
        name="Capped Carl",
        creator_id="carl",
        language="de",
        country="DE",
        followers=grows(71_000, 15),
        posts_per_day=0.3,
        views=12_000,
        old_posts=540,
    ),
    Account(
        platform="youtube",
        handle="steady-sara",
        name="Steady Sara",
        creator_id="sara",
        language="pt",
        country="BR",
        followers=grows(18_100, 3),
        posts_per_day=1.0,
        views=8_000,
        cadence_days=14,
        old_posts=10,
    ),
    Account(
        platform="youtube",
        handle="rising-ren",
        name="Rising Ren",
        creator_id="ren",
        language="ja",
        country="JP",
        followers=grows(26_500, 40),
        posts_per_day=1.0,
        views=5_000,
        views_growth=0.40,
        cadence_days=14,
    ),
    Account(
        platform="tiktok",
        handle="steady.signe",
        name="Steady Signe",
        creator_id="signe",
        language="en",
        country="DK",
        followers=grows(61_000, 20),
        posts_per_day=1.5,
    ),
    Account(
        platform="tiktok",
        handle="crossing.cleo",
        name="Crossing Cleo",
        creator_id="cleo",
        language="en-GB",
        country="DK",
        followers=grows(17_600, 40),
    ),
    Account(
        platform="tiktok",
        handle="flapping.flora",
        name="Flapping Flora",
        creator_id="flora",
        language="el",
        country="GR",
        followers=flaps(20_000, 400, swings=17.5),
    ),
    Account(
        platform="tiktok",
        handle="falling.falk",
        name="Falling Falk",
        creator_id="falk",
        language="ru",
        country="DK",
        followers=grows(42_000, -6),
        posts_per_day=1.5,
        rate=0.15,
        rate_growth=-0.35,
    ),
    Account(
        platform="tiktok",
        handle="rising.rosa",
        name="Rising Rosa",
        creator_id="rosa",
        language="vi",
        country="DK",
        followers=grows(9_800, 30),
        posts_per_day=1.5,
        rate=0.02,
        rate_growth=0.40,
        former_handle="rosa.starts",
    ),
    Account(
        platform="tiktok",
        handle="silent.silas",
        name="Silent Silas",
        creator_id="silas",
        language="es",
        country="ES",
        followers=grows(7_700, 1),
        post_days=(FIRST_DAY, date(2025, 4, 20)),
        views=700,
        silent_from=date(2025, 4, 30),
    ),
    Account(
        platform="tiktok",
        handle="mega.milo",
        name="Mega Milo",
        creator_id="milo",
        language="ja",
        country="JP",
        followers=grows(240_000, 150, noise=20),
        posts_per_day=1.5,
        views=90_000,
    ),
)
