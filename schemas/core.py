"""The core layer: the best row per key, with accounts resolved. Derived; the marts read it."""

import pandera.polars as pa
import polars as pl

from schemas import columns
from schemas.accounts import AccountDayFigures, AccountPeriodFigures
from schemas.breakdowns import BreakdownFigures, BreakdownKey
from schemas.listing import ListingFigures
from schemas.posts import (
    PostAttributes,
    PostCounters,
    PostCountersOfDay,
    PostCountersOfPeriod,
)


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


class PostPeriod(PostCountersOfPeriod, _PostPeriodKey):
    """What a post earned within a period, as last observed."""

    class Config:
        strict = True
        unique = ["platform", "post_id", "period_start", "period_end"]


class _PostDayKey(_PostKey):
    day: pl.Date = columns.day()
    observed_on: pl.Date = columns.observed_on()


class PostDay(PostCountersOfDay, _PostDayKey):
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


class AccountHour(pa.DataFrameModel):
    """How many followers were active within an hour, as last observed."""

    platform: str = columns.platform()
    account_id: str = columns.account_id()
    day: pl.Date = columns.day()
    hour: int = columns.hour()
    observed_on: pl.Date = columns.observed_on()
    active_followers: int = columns.active_followers()

    class Config:
        strict = True
        unique = ["platform", "account_id", "day", "hour"]


class _AccountPeriodKey(pa.DataFrameModel):
    platform: str = columns.platform()
    account_id: str = columns.account_id()
    period_start: pl.Date = columns.period_start(nullable=False)
    period_end: pl.Date = columns.period_end(nullable=False)
    observed_on: pl.Date = columns.observed_on()


class AccountPeriod(AccountPeriodFigures, _AccountPeriodKey):
    """What an account earned within a period; each figure from the best row reporting it."""

    class Config:
        strict = True
        unique = ["platform", "account_id", "period_start", "period_end"]


class _BreakdownKey(pa.DataFrameModel):
    platform: str = columns.platform()
    account_id: str = columns.account_id()


class _BreakdownPeriod(pa.DataFrameModel):
    period_start: pl.Date = columns.period_start()
    period_end: pl.Date = columns.period_end()
    observed_on: pl.Date = columns.observed_on()


class AccountBreakdown(BreakdownFigures, _BreakdownPeriod, BreakdownKey, _BreakdownKey):
    """What one segment of a dimension came to within a period, as last observed.

    Reports of several dimensions tell the same views again: never add up dimensions. A platform
    withholds small segments, so that segments can sum to less than the account had.
    """

    class Config:
        strict = True
        unique = [
            "platform", "account_id", "dimension", "segment", "period_start", "period_end",
        ]  # fmt: skip


class _BreakdownDay(pa.DataFrameModel):
    day: pl.Date = columns.day()
    observed_on: pl.Date = columns.observed_on()


class AccountBreakdownDay(BreakdownFigures, _BreakdownDay, BreakdownKey, _BreakdownKey):
    """What one segment of a dimension came to on one day, as last observed.

    Only the few segments that a chart showed: never a whole.
    """

    class Config:
        strict = True
        unique = ["platform", "account_id", "dimension", "segment", "day"]


class Audience(pa.DataFrameModel):
    """Who an account's audience is, per day of observation, on canonical segments.

    Whole distributions: the best export of a day tells all of one dimension, and its shares sum
    to 1. Ages are in the bands 13-17 to 65+, countries ISO 3166-1 alpha-2, cities
    `<country>:<name>`; age and gender are also summed out of `age_gender`.
    """

    platform: str = columns.platform()
    account_id: str = columns.account_id()
    basis: str = columns.audience_basis()
    dimension: str = columns.dimension()
    segment: str = columns.segment()
    observed_on: pl.Date = columns.observed_on()
    period_start: pl.Date = columns.period_start()
    period_end: pl.Date = columns.period_end()
    share: float = columns.share()
    method: str = columns.described(
        "`reported`; `summed` out of age and gender together; `split`: an age band that is not "
        "canonical, in proportion to the years; `resolved`: a city whose country the file leaves "
        "out, told by where the audience is.",
        isin=("reported", "resolved", "split", "summed"),
    )
    is_share_of_listed: bool = columns.described(
        "Whether the file told no total, so that the share is of what it lists."
    )

    class Config:
        strict = True
        unique = ["platform", "account_id", "basis", "dimension", "segment", "observed_on"]


class _ListingKey(pa.DataFrameModel):
    source: str = columns.described("Who made the list.")
    platform: str = columns.platform()
    account_id: str = columns.account_id()
    observed_on: pl.Date = columns.observed_on()


class Listing(ListingFigures, _ListingKey):
    """What each list of creators said last of an account, in its own figures."""

    class Config:
        strict = True
        unique = ["source", "platform", "account_id"]


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
    "account_hour": AccountHour,
    "account_period": AccountPeriod,
    "account_breakdown": AccountBreakdown,
    "account_breakdown_day": AccountBreakdownDay,
    "audience": Audience,
    "listing": Listing,
    "top_post": TopPost,
}
"""Table name within the layer to contract."""
