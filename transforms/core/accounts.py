"""Tables about accounts: who is who, and the best row per day."""

from datetime import date

import polars as pl

from schemas import contract
from schemas.accounts import AccountDayFigures, AccountPeriodFigures
from schemas.breakdowns import BreakdownFigures
from schemas.core import Account, AccountRef
from transforms.core.best_rows import best_per_key, best_per_period
from transforms.core.day_labels import with_corrected_days
from transforms.core.identity import handle, resolve_names

_FIGURES = tuple(contract.columns(AccountDayFigures))
_PERIOD_FIGURES = tuple(contract.columns(AccountPeriodFigures))
_BREAKDOWN_FIGURES = tuple(contract.columns(BreakdownFigures))
_ROSTER_ATTRIBUTES = (
    "creator_id",
    "display_name",
    "category",
    "country",
    "market",
    "account_currency",
    "time_zone",
)


def roster_on(roster: pl.LazyFrame, as_of: date | None = None) -> pl.LazyFrame:
    """Choose the version of each roster row that holds.

    Parameters
    ----------
    roster
        Grain (platform, account_handle, valid_from): the versions that may be known. For
        `reported`, leave out those with valid_from after the day; for `loaded`, those that
        had not arrived.
    as_of
        The day; null for the newest version of each row. A day before a row's first version
        gets the first: what is known now also tells of the past.

    Returns
    -------
    LazyFrame
        Grain (platform, account_handle); handles in lower case without @.
    """
    began = pl.lit(value=True) if as_of is None else pl.col("valid_from") <= as_of
    days = pl.col("valid_from").cast(pl.Int32)
    everything = pl.exclude("platform", "account_handle")
    return (
        roster.with_columns(
            handle("account_handle"),
            handle("alias_of"),
            pl.col("account_ref").str.strip_chars().replace("", None),
        )
        .unique()
        .sort(began, pl.when(began).then(days).otherwise(-days), pl.struct(pl.all()))
        .group_by("platform", "account_handle")
        .agg(everything.last())
    )


def account_ref(
    history_post: pl.LazyFrame, account_rows: pl.LazyFrame, roster: pl.LazyFrame
) -> pl.LazyFrame:
    """Say which account each name in a file or the roster means.

    A name is an id or a handle. A handle that a file or the roster pairs with an id is that
    id, by the newest pair (the roster's day is valid_from; it wins a tie); aliases lead to
    the account at the end of their chain. A name nothing pairs is itself.

    Parameters
    ----------
    account_rows
        Rows of the history tables about accounts: account_day, account_hour,
        account_period, account_breakdown, account_breakdown_day, audience.
    roster
        From `roster_on`: grain (platform, account_handle).

    Returns
    -------
    LazyFrame
        Grain (platform, account_ref): every id and handle seen.

    Raises
    ------
    IdentityError
        When computed, if aliases run in a circle; names them.
    """
    return (
        pl.concat(
            [
                _pairs(history_post),
                _pairs(account_rows),
                _exporters(history_post),
                _roster_pairs(roster),
            ],
            how="diagonal",
        )
        .map_batches(resolve_names, schema=contract.polars_schema(AccountRef))
        .unique()
    )


def account(
    history_post: pl.LazyFrame,
    account_rows: pl.LazyFrame,
    roster: pl.LazyFrame,
    account_ref: pl.LazyFrame,
) -> pl.LazyFrame:
    """Describe each account once.

    Each attribute comes from the roster row of the account, else from the row of an alias.
    The handle is the newest one paired with the account; the display name falls back on
    what the files say.

    Returns
    -------
    LazyFrame
        Grain (platform, account_id).
    """
    key = ["platform", "account_id"]
    rostered = (
        resolved(roster, account_ref, "account_handle")
        .sort(pl.col("alias_of").is_null(), "valid_from", "account_handle")
        .group_by(key)
        .agg(pl.col(name).drop_nulls().last() for name in _ROSTER_ATTRIBUTES)
        .with_columns(is_rostered=True)
    )
    exported = pl.concat(
        [
            resolved(_exporters(history_post), account_ref, "handle").select(key),
            resolved(account_rows, account_ref, "account_ref").select(key),
        ]
    ).unique()
    return (
        account_ref.select(key)
        .unique()
        .join(rostered, on=key, how="left", validate="1:1")
        .join(_handles(history_post, account_rows, roster, account_ref), on=key, how="left")
        .join(_names(history_post, account_ref), on=key, how="left")
        .join(exported.with_columns(is_exported=True), on=key, how="left", validate="1:1")
        .with_columns(
            pl.col("creator_id").fill_null(pl.format("{}:{}", "platform", "account_id")),
            pl.col("display_name").fill_null(pl.col("account_name")),
            is_tracked=pl.col("is_rostered").fill_null(value=False)
            | pl.col("is_exported").fill_null(value=False),
        )
        .select(*contract.columns(Account))
    )


def account_day(
    history_account_day: pl.LazyFrame,
    account_ref: pl.LazyFrame,
    corrections: pl.DataFrame | None = None,
) -> pl.LazyFrame:
    """Give each account's days, each figure from the best row that reports it.

    Parameters
    ----------
    corrections
        From `day_labels.day_corrections`: files whose days are moved before they are merged.

    Returns
    -------
    LazyFrame
        Grain (platform, account_id, day).
    """
    rows = resolved(history_account_day, account_ref, "account_ref")
    return best_per_key(
        rows if corrections is None else with_corrected_days(rows, corrections),
        ["platform", "account_id", "day"],
        _FIGURES,
    )


def account_hour(history_account_hour: pl.LazyFrame, account_ref: pl.LazyFrame) -> pl.LazyFrame:
    """Give each account's hours from the best row.

    Returns
    -------
    LazyFrame
        Grain (platform, account_id, day, hour).
    """
    return best_per_key(
        resolved(history_account_hour, account_ref, "account_ref"),
        ["platform", "account_id", "day", "hour"],
        ["active_followers"],
    )


def account_period(history_account_period: pl.LazyFrame, account_ref: pl.LazyFrame) -> pl.LazyFrame:
    """Give what each account earned within each period, each figure from the best row.

    Returns
    -------
    LazyFrame
        Grain (platform, account_id, period_start, period_end).
    """
    return best_per_key(
        resolved(history_account_period, account_ref, "account_ref"),
        ["platform", "account_id", "period_start", "period_end"],
        _PERIOD_FIGURES,
    )


def account_breakdown(
    history_account_breakdown: pl.LazyFrame, account_ref: pl.LazyFrame
) -> pl.LazyFrame:
    """Give what the segments of each account came to within a period, from the best rows.

    Returns
    -------
    LazyFrame
        Grain (platform, account_id, dimension, segment, period_start, period_end). Rows whose
        period nothing tells may be about different periods: of those of one dimension only the
        last observation stays.
    """
    subject = ["platform", "account_id", "dimension"]
    return best_per_period(
        resolved(history_account_breakdown, account_ref, "account_ref"),
        subject,
        [*subject, "segment"],
        _BREAKDOWN_FIGURES,
    )


def account_breakdown_day(
    history_account_breakdown_day: pl.LazyFrame, account_ref: pl.LazyFrame
) -> pl.LazyFrame:
    """Give what the segments of each account came to on a day, from the best rows.

    Returns
    -------
    LazyFrame
        Grain (platform, account_id, dimension, segment, day).
    """
    return best_per_key(
        resolved(history_account_breakdown_day, account_ref, "account_ref"),
        ["platform", "account_id", "dimension", "segment", "day"],
        _BREAKDOWN_FIGURES,
    )


def roster_level(roster: pl.LazyFrame, account_ref: pl.LazyFrame) -> pl.LazyFrame:
    """Give the follower counts that the roster's versions state.

    Parameters
    ----------
    roster
        All versions that may be known, not only the one that holds: each states its own day.
        For `reported`, leave out followers_observed_on after the day.

    Returns
    -------
    LazyFrame
        Grain (platform, account_id, followers_observed_on), with followers. Where an alias
        and its account state the same day, the account's own row counts.
    """
    return (
        resolved(
            roster.with_columns(handle("account_handle")).filter(pl.col("followers").is_not_null()),
            account_ref,
            "account_handle",
        )
        .sort(pl.col("alias_of").is_null(), "valid_from", "account_handle", "followers")
        .group_by("platform", "account_id", "followers_observed_on")
        .agg(pl.col("followers").last())
    )


def resolved(rows: pl.LazyFrame, account_ref: pl.LazyFrame, name: str) -> pl.LazyFrame:
    """Add the account that column `name` means; null where the name is null."""
    return rows.join(
        account_ref.select("platform", pl.col("account_ref").alias(name), "account_id"),
        on=["platform", name],
        how="left",
        validate="m:1",
    )


def _pairs(rows: pl.LazyFrame) -> pl.LazyFrame:
    return (
        rows.select(
            "platform", "account_ref", handle("account_handle").alias("handle"), day="observed_on"
        )
        .group_by("platform", "account_ref", "handle")
        .agg(pl.col("day").max())
        .with_columns(is_roster=False)
    )


def _exporters(history_post: pl.LazyFrame) -> pl.LazyFrame:
    exporter = pl.coalesce("exported_by", "account_ref", handle("account_handle"))
    return history_post.select("platform", handle=exporter).drop_nulls().unique()


def _roster_pairs(roster: pl.LazyFrame) -> pl.LazyFrame:
    return roster.select(
        "platform",
        "account_ref",
        "alias_of",
        handle="account_handle",
        day="valid_from",
        is_roster=pl.lit(value=True),
    )


def _handles(
    history_post: pl.LazyFrame,
    account_rows: pl.LazyFrame,
    roster: pl.LazyFrame,
    account_ref: pl.LazyFrame,
) -> pl.LazyFrame:
    pairs = pl.concat(
        [
            _pairs(history_post),
            _pairs(account_rows),
            _roster_pairs(roster).filter(pl.col("alias_of").is_null()),
        ],
        how="diagonal",
    ).filter(pl.col("handle").is_not_null())
    own = (pl.col("account_ref") == pl.col("account_id")).fill_null(value=False)
    return (
        resolved(pairs, account_ref, "handle")
        .sort(own, "day", "is_roster", "handle")
        .group_by("platform", "account_id")
        .agg(account_handle=pl.col("handle").last())
    )


def _names(history_post: pl.LazyFrame, account_ref: pl.LazyFrame) -> pl.LazyFrame:
    named = history_post.filter(pl.col("account_name").is_not_null()).with_columns(
        account_ref=pl.coalesce("account_ref", handle("account_handle"))
    )
    return (
        resolved(named, account_ref, "account_ref")
        .filter(pl.col("account_id").is_not_null())
        .group_by("platform", "account_id", "account_name")
        .agg(pl.col("observed_on").max())
        .sort("observed_on", "account_name")
        .group_by("platform", "account_id")
        .agg(pl.col("account_name").last())
    )
