"""The accounts that a person names, and the first day anything tells of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
from rapidfuzz import process

from transforms.core.identity import handle

_KEY = ["platform", "account_id"]
_CLOSE = 70
"""Likeness, of 100, from which a name is worth suggesting."""

_FIRST_DAYS: Mapping[str, pl.Expr] = {
    "post": pl.coalesce(pl.col("published_at").dt.date(), "first_observed_on"),
    "account_day": pl.col("day"),
    "account_hour": pl.col("day"),
    "account_period": pl.coalesce("period_start", "observed_on"),
    "account_breakdown": pl.coalesce("period_start", "observed_on"),
    "account_breakdown_day": pl.col("day"),
    "audience": pl.col("observed_on"),
    "listing": pl.col("observed_on"),
}
"""Core table to the day that a row of it speaks of."""


class UnknownAccountError(ValueError):
    """Somebody names a creator, or a platform, of whom nothing is known.

    Attributes
    ----------
    field
        `creators` or `platforms`.
    """

    def __init__(self, field: str, said: str) -> None:
        super().__init__(field, said)
        self.field = field
        self.said = said

    def __str__(self) -> str:
        return f"{self.field}: {self.said}"


@dataclass(frozen=True)
class Chosen:
    """The accounts that a person named.

    Attributes
    ----------
    accounts
        (platform, account_id) of each.
    creators
        Their creator ids.
    names
        (platform, account_ref): what files call them.
    first_day
        Earliest day that any row speaks of; null where nothing but the roster names them.
    """

    accounts: frozenset[tuple[str, str]]
    creators: frozenset[str]
    names: frozenset[tuple[str, str]]
    first_day: date | None

    def rows(self, key: Sequence[str]) -> pl.Expr:
        """Give the condition that a row of a table with this key is theirs."""
        if "account_id" not in key:
            return pl.col("creator_id").is_in(sorted(self.creators))
        theirs: dict[str, list[str]] = {}
        for platform, account in sorted(self.accounts):
            theirs.setdefault(platform, []).append(account)
        return pl.any_horizontal(
            pl.lit(value=False),
            *(
                (pl.col("platform") == platform) & pl.col("account_id").is_in(accounts)
                for platform, accounts in theirs.items()
            ),
        )


def chosen(
    core: Mapping[str, pl.LazyFrame], platforms: Sequence[str] = (), creators: Sequence[str] = ()
) -> Chosen:
    """Find the accounts on some platforms, of some creators.

    Parameters
    ----------
    core
        The core tables.
    platforms
        Empty: all.
    creators
        Creator ids, account ids or handles with or without @. Empty: all.

    Raises
    ------
    UnknownAccountError
        Naming every creator and platform that no account matches, with what was probably meant.
    """
    known = core["account"].select(*_KEY, "creator_id", "account_handle").collect()
    on_platforms = known.filter(pl.col("platform").is_in(list(platforms))) if platforms else known
    if missing := [one for one in platforms if one not in set(known["platform"])]:
        raise UnknownAccountError("platforms", f"no account is known on {', '.join(missing)}")
    found = on_platforms
    if creators:
        named = on_platforms.with_columns(name=_names())
        wanted = pl.DataFrame({"asked": list(creators)}).with_columns(name=handle("asked"))
        by_name = named.explode("name", empty_as_null=True).join(wanted, on="name")
        if missing := [one for one in creators if one not in set(by_name["asked"])]:
            raise UnknownAccountError("creators", _unknown(missing, named))
        found = on_platforms.join(by_name, on=_KEY, how="semi")
    names = core["account_ref"].join(found.lazy(), on=_KEY, how="semi").collect()
    return Chosen(
        accounts=frozenset(found.select(_KEY).iter_rows()),
        creators=frozenset(found["creator_id"]),
        names=frozenset(names.select("platform", "account_ref").iter_rows()),
        first_day=_first_day(core, found.lazy()),
    )


def _names() -> pl.Expr:
    """Give every name that an account answers to, as handles are compared."""
    return pl.concat_list(
        handle("creator_id"), handle("account_id"), handle("account_handle")
    ).list.drop_nulls()


def _unknown(missing: Sequence[str], named: pl.DataFrame) -> str:
    known = sorted(set(named["name"].explode(empty_as_null=True).drop_nulls()))
    said = []
    for name in missing:
        close = process.extractOne(name.casefold().removeprefix("@"), known, score_cutoff=_CLOSE)
        said.append(f"{name!r}" + (f" (is {close[0]!r} meant?)" if close else ""))
    return f"no account is known of {', '.join(said)}; core.account lists them"


def _first_day(core: Mapping[str, pl.LazyFrame], accounts: pl.LazyFrame) -> date | None:
    days = [
        core[table]
        .join(accounts, on=_KEY, how="semi")
        .select(day=day.min())
        .collect(engine="streaming")
        .item()
        for table, day in _FIRST_DAYS.items()
    ]
    return min((day for day in days if day is not None), default=None)
