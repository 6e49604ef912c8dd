"""The whole core layer out of history and the roster."""

from collections.abc import Callable, Mapping

import polars as pl

from transforms.core import accounts, posts
from transforms.core.audience import audience
from transforms.core.day_labels import day_corrections, with_corrected_days
from transforms.core.listing import listing
from transforms.core.restatement import restatements
from transforms.core.uploads import with_uploads_told

_ACCOUNT_TABLES = (
    "account_day",
    "account_hour",
    "account_period",
    "account_breakdown",
    "account_breakdown_day",
    "audience",
)
_HANDLES = ["account_handle", "exported_by"]
"""What other tables read of a post: small, where captions are not."""


Keep = Callable[[str, pl.LazyFrame], pl.LazyFrame]
"""Computes a table under its name, and gives what reads it back."""


def in_memory(table: str, rows: pl.LazyFrame) -> pl.LazyFrame:
    """Compute a table and hold it."""
    return rows.collect(engine="streaming").lazy()


def core_layer(
    history: Mapping[str, pl.LazyFrame], roster: pl.LazyFrame, keep: Keep = in_memory
) -> dict[str, pl.LazyFrame]:
    """Make every core table, and what is computed beside them.

    Beside them stand `post_observation`, which only the marts read, and of the ops layer
    `day_correction` and `restatement`.

    Parameters
    ----------
    history
        Every table of schemas.history.HISTORY, already filtered by `visible`.
    roster
        From `roster_on`: grain (platform, account_handle). May be empty.
    keep
        Computes each table once, in an order in which none waits for a later one.

    Returns
    -------
    dict
        Table name to what `keep` gave.

    Raises
    ------
    IdentityError
        If aliases in the roster run in a circle.
    """
    post_names = _names(history["post"], ["account_ref", *_HANDLES, "account_name"])
    account_names = pl.concat(
        _names(history[table], ["account_ref", "account_handle"]) for table in _ACCOUNT_TABLES
    )
    made: dict[str, pl.LazyFrame] = {}

    def add(table: str, rows: pl.LazyFrame) -> pl.LazyFrame:
        made[table] = keep(table, rows)
        return made[table]

    ref = add("account_ref", accounts.account_ref(post_names, account_names, roster))
    history = with_uploads_told(history, ref)
    account = add("account", accounts.account(post_names, account_names, roster, ref))
    post = add("post", posts.post(history["post"], ref, account))
    add("post_account", posts.post_account(history["post"], ref, post))
    post_lifetime = add("post_lifetime", posts.post_lifetime(history["post_lifetime"]))
    post_period = add("post_period", posts.post_period(history["post_period"]))
    add("post_day", posts.post_day(history["post_day"]))
    days = accounts.resolved(history["account_day"], ref, "account_ref")
    corrections = day_corrections(days)
    add("day_correction", corrections.lazy())
    add("account_day", accounts.account_day(history["account_day"], ref, corrections))
    add("restatement", restatements(_comparable(history, ref, corrections)).lazy())
    add("account_hour", accounts.account_hour(history["account_hour"], ref))
    add("account_period", accounts.account_period(history["account_period"], ref))
    add("account_breakdown", accounts.account_breakdown(history["account_breakdown"], ref))
    add(
        "account_breakdown_day",
        accounts.account_breakdown_day(history["account_breakdown_day"], ref),
    )
    add("audience", audience(history["audience"], ref))
    add("listing", listing(history["listing"], ref))
    add("top_post", posts.top_post(post, post_lifetime))
    add("post_observation", posts.post_observation(history["post_lifetime"], post_period, post))
    return made


def _comparable(
    history: Mapping[str, pl.LazyFrame], ref: pl.LazyFrame, corrections: pl.DataFrame
) -> dict[str, pl.LazyFrame]:
    """Give the history with accounts resolved, days corrected, and periods that are known."""
    tables = {
        table: accounts.resolved(history[table], ref, "account_ref") for table in _ACCOUNT_TABLES
    }
    tables["account_day"] = with_corrected_days(tables["account_day"], corrections)
    of_a_period = pl.col("period_start").is_not_null()
    for table in ("account_period", "account_breakdown"):
        tables[table] = tables[table].filter(of_a_period)
    return {**history, **tables}


def _names(rows: pl.LazyFrame, names: list[str]) -> pl.LazyFrame:
    """Reduce a history table to who it names and when last: all that identity reads."""
    named = rows.group_by("platform", *names).agg(pl.col("observed_on").max())
    return named.collect(engine="streaming").lazy()
