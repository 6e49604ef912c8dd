"""The core layer: the best row per key, with accounts resolved. Derived; the marts read it."""

import pandera.polars as pa
import polars as pl

from schemas import columns
from schemas.accounts import AccountDayFigures
from schemas.posts import PostAttributes, PostCounters


class AccountRef(pa.DataFrameModel):
    """Which account a name in a file means."""

    platform: str = columns.platform()
    account_ref: str = columns.account_ref()
    account_id: str = columns.account_id()

    class Config:
        strict = True
        unique = ["platform", "account_ref"]


class Account(pa.DataFrameModel):
    """One account of one creator on one platform."""

    platform: str = columns.platform()
    account_id: str = columns.account_id()
    creator_id: str = columns.creator_id()
    account_handle: str = columns.account_handle()
    display_name: str = columns.display_name()
    category: str = columns.category()
    country: str = columns.country()
    market: str = columns.market()
    account_currency: str = columns.account_currency()
    time_zone: str = columns.time_zone()
    is_tracked: bool = columns.described(
        "Whether it exported something or is in the roster; else only others' exports name it."
    )

    class Config:
        strict = True
        unique = ["platform", "account_id"]


class _PostKey(pa.DataFrameModel):
    platform: str = columns.platform()
    post_id: str = columns.post_id()


class _PostOwned(_PostKey):
    account_id: str = columns.account_id(nullable=True)
    creator_id: str = columns.creator_id(nullable=True)
    first_observed_on: pl.Date = columns.first_observed_on()
    last_observed_on: pl.Date = columns.last_observed_on()


class Post(PostAttributes, _PostOwned):
    """One post with its owner; each attribute from the best row that reports it."""

    class Config:
        strict = True
        unique = ["platform", "post_id"]


class PostAccount(pa.DataFrameModel):
    """Whose a post is: its owner, and the accounts it was a collaboration with."""

    platform: str = columns.platform()
    post_id: str = columns.post_id()
    account_id: str = columns.account_id()
    role: str = columns.role()

    class Config:
        strict = True
        unique = ["platform", "post_id", "account_id"]


class _PostObserved(_PostKey):
    observed_on: pl.Date = columns.observed_on()


class PostLifetime(PostCounters, _PostObserved):
    """What a post had earned since publication, as last observed."""

    class Config:
        strict = True
        unique = ["platform", "post_id"]


class PostObservation(PostCounters, _PostObserved):
    """Counters since publication, one row per post and day of observation.

    Lifetime rows, and period rows that equal the lifetime counter at their end. The marts
    read it; it is not published, history has its rows.
    """

    class Config:
        strict = True
        unique = ["platform", "post_id", "observed_on"]


class _PostPeriodKey(_PostKey):
    period_start: pl.Date = columns.period_start()
    period_end: pl.Date = columns.period_end()
    observed_on: pl.Date = columns.observed_on()


class PostPeriod(PostCounters, _PostPeriodKey):
    """What a post earned within a period, as last observed."""

    class Config:
        strict = True
        unique = ["platform", "post_id", "period_start", "period_end"]


class _PostDayKey(_PostKey):
    day: pl.Date = columns.day()
    observed_on: pl.Date = columns.observed_on()


class PostDay(PostCounters, _PostDayKey):
    """What a post earned on one day, as last observed."""

    class Config:
        strict = True
        unique = ["platform", "post_id", "day"]


class _AccountDayKey(pa.DataFrameModel):
    platform: str = columns.platform()
    account_id: str = columns.account_id()
    day: pl.Date = columns.day()
    observed_on: pl.Date = columns.observed_on()


class AccountDay(AccountDayFigures, _AccountDayKey):
    """What an account had or earned on one day; each figure from the best row reporting it."""

    class Config:
        strict = True
        unique = ["platform", "account_id", "day"]


class TopPost(PostCounters, _PostObserved):
    """Posts known only from a platform's list of the best ones: never a catalogue."""

    account_id: str = columns.account_id(nullable=True)

    class Config:
        strict = True
        unique = ["platform", "post_id"]


CORE: dict[str, type[pa.DataFrameModel]] = {
    "account_ref": AccountRef,
    "account": Account,
    "post": Post,
    "post_account": PostAccount,
    "post_lifetime": PostLifetime,
    "post_period": PostPeriod,
    "post_day": PostDay,
    "account_day": AccountDay,
    "top_post": TopPost,
}
"""Table name within the layer to contract."""
