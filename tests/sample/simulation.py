"""What truly happened to each account, before any platform exported it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from zlib import crc32

import numpy as np

from tests.sample import captions
from tests.sample.account import (
    DAYS,
    FIRST_DAY,
    MATURATION_HALF_LIFE_HOURS,
    SHORTS_BREAK,
    SHORTS_FACTOR,
    Account,
)

ENGAGEMENT_PARTS = {"likes": 0.84, "comments": 0.05, "shares": 0.06, "saves": 0.05}
OLD_POST_DAYS = (60, 900)
TAIL_PER_DAY = 0.0008
"""What a post from before 2025 still earns a day, as a share of what it had earned."""

_HOURS = 3_600_000_000


def moment(day: date) -> np.datetime64:
    """Give the day's first moment, UTC."""
    return np.datetime64(day, "us")


@dataclass(frozen=True)
class Counters:
    """Counters since publication, one value per post."""

    views: np.ndarray
    engaged_views: np.ndarray
    reach: np.ndarray
    likes: np.ndarray
    comments: np.ndarray
    shares: np.ndarray
    saves: np.ndarray

    def since(self, earlier: "Counters") -> "Counters":
        """Give what was earned between two moments."""
        return Counters(*(now - then for now, then in zip(self, earlier, strict=True)))

    def __iter__(self):
        return iter(
            (
                self.views,
                self.engaged_views,
                self.reach,
                self.likes,
                self.comments,
                self.shares,
                self.saves,
            )
        )


@dataclass(frozen=True)
class Truth:
    """One account's simulated half year.

    Attributes
    ----------
    post_numbers
        Bits that make the posts' ids, drawn once.
    published_at
        UTC, ascending.
    final
        Counters of a post of infinite age, unrounded.
    levels
        Followers at the end of each day from 2025-01-01.
    """

    account: Account
    seed: int
    post_numbers: np.ndarray
    published_at: np.ndarray
    final: Counters
    durations_s: np.ndarray
    levels: np.ndarray

    @property
    def posts(self) -> int:
        return self.published_at.size

    @cached_property
    def captions(self) -> list[str]:
        return captions.write(self.account, self.post_numbers)

    @property
    def published_on(self) -> np.ndarray:
        """Give the days of publication, UTC."""
        return self.published_at.astype("datetime64[D]")

    def _share_at(self, at: np.datetime64) -> np.ndarray:
        hours = (at - self.published_at).astype(np.int64) / _HOURS
        half_life = MATURATION_HALF_LIFE_HOURS[self.account.platform]
        matured = np.where(hours > 0, 1 - 0.5 ** (np.maximum(hours, 0) / half_life), 0.0)
        days_of_the_half_year = (at - moment(FIRST_DAY)).astype(np.int64) / (24 * _HOURS)
        is_old = self.published_at < moment(FIRST_DAY)
        return matured + is_old * TAIL_PER_DAY * days_of_the_half_year

    def counted(self, at: np.datetime64) -> Counters:
        """Give every post's counters since publication at a moment."""
        share = self._share_at(at)
        engaged, reach, likes, comments, shares, saves = (
            np.floor(final * share).astype(np.int64) for final in list(self.final)[1:]
        )
        views = engaged.copy()
        if self.account.shorts and at > moment(SHORTS_BREAK):
            before = np.floor(self.final.engaged_views * self._share_at(moment(SHORTS_BREAK)))
            views += np.floor((SHORTS_FACTOR - 1) * (engaged - before)).astype(np.int64)
        return Counters(views, engaged, reach, likes, comments, shares, saves)

    @cached_property
    def daily(self) -> Counters:
        """Give what each post earned on each day; rows are days, columns posts."""
        stamps = [moment(FIRST_DAY) + np.timedelta64(day, "D") for day in range(DAYS + 1)]
        at = [self.counted(stamp) for stamp in stamps]
        return Counters(*(np.diff(np.vstack(parts), axis=0) for parts in zip(*at, strict=True)))

    @property
    def net_follows(self) -> np.ndarray:
        """Give followers gained less lost on each day; the first day counts from its own level."""
        return np.diff(self.levels, prepend=self.levels[0])


def simulate(account: Account, seed: int) -> Truth:
    """Draw one account's half year; the same seed gives the same truth."""
    random = np.random.default_rng([seed, crc32(f"{account.platform}/{account.handle}".encode())])
    levels = account.followers(np.arange(DAYS), random)
    published_at = _publish(account, random)
    days = (published_at - moment(FIRST_DAY)).astype(np.int64) / (24 * _HOURS)
    size = published_at.size
    views = (
        account.views
        * account.growth(account.views_growth, days)
        * random.lognormal(0, account.views_noise, size)
    )
    views = np.where(days < 0, views * random.uniform(0.5, 6.0, size), views)
    reach = views * random.uniform(0.72, 0.80, size)
    base = reach if account.platform in ("facebook", "instagram") else views
    engagements = (
        base
        * account.rate
        * account.growth(account.rate_growth, days)
        * random.lognormal(0, account.rate_noise, size)
    )
    parts = [engagements * share for share in ENGAGEMENT_PARTS.values()]
    return Truth(
        account=account,
        seed=seed,
        post_numbers=random.integers(0, 2**62, size, dtype=np.int64),
        published_at=published_at,
        final=Counters(views, views, reach, *parts),
        durations_s=random.integers(14, 58, size)
        if account.shorts
        else random.integers(190, 900, size),
        levels=levels,
    )


def _publish(account: Account, random: np.random.Generator) -> np.ndarray:
    """Draw moments of publication: even gaps with jitter, by day, between 06 and 20 UTC."""
    first, last = account.post_days
    span = (last - first).days + 1
    count = max(1, round(span * account.posts_per_day))
    days = np.floor((np.arange(count) + random.uniform(0, 1, count)) * span / count)
    minutes = random.integers(6 * 60, 20 * 60, count)
    stamps = (
        moment(first)
        + days.astype("timedelta64[D]").astype("timedelta64[us]")
        + minutes.astype("timedelta64[m]").astype("timedelta64[us]")
    )
    ages = np.sort(random.integers(*OLD_POST_DAYS, account.old_posts))[::-1]
    old = moment(FIRST_DAY) - ages.astype("timedelta64[D]") + np.timedelta64(10, "h")
    return np.sort(np.concatenate([old, stamps]))
