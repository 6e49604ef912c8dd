"""Which names mean one account: handles paired with ids, and aliases."""

from collections.abc import Mapping

import polars as pl

_Name = tuple[str, str]
"""Platform and name."""


class IdentityError(ValueError):
    """The roster contradicts itself about who is who."""


def handle(column: str) -> pl.Expr:
    """Normalise a handle: lower case, without @; blank is null."""
    return (
        pl.col(column).str.strip_chars().str.strip_prefix("@").str.to_lowercase().replace("", None)
    )


OWNER: pl.Expr = pl.coalesce("account_ref", handle("account_handle"))
"""Whose a row of history.post says the post is."""


def resolve_names(evidence: pl.DataFrame) -> pl.DataFrame:
    """Give the account of every name in the evidence.

    Parameters
    ----------
    evidence
        platform, account_ref, handle, alias_of, day, is_roster: one row per pair of an id
        and a handle, per name alone, or per alias; any but the platform may be null.

    Returns
    -------
    DataFrame
        Grain (platform, account_ref), with account_id.

    Raises
    ------
    IdentityError
        If aliases run in a circle.
    """
    account = _accounts_of_names(evidence)
    aliases = evidence.filter(pl.col("alias_of").is_not_null()).sort("day", "handle", "alias_of")
    _follow(_edges(aliases, "handle", "alias_of"))
    edges = (
        aliases.join(_as(account, "handle", "source"), on=["platform", "handle"])
        .join(_as(account, "alias_of", "target"), on=["platform", "alias_of"])
        .filter(pl.col("source") != pl.col("target"))
        .sort("day", "handle", "alias_of")
    )
    ends = _follow(_edges(edges, "source", "target"))
    last = pl.DataFrame(
        [(platform, source, target) for (platform, source), target in ends.items()],
        schema={"platform": pl.String, "account_id": pl.String, "end": pl.String},
        orient="row",
    )
    return account.join(last, on=["platform", "account_id"], how="left", validate="m:1").select(
        "platform", "account_ref", account_id=pl.coalesce("end", "account_id")
    )


def _accounts_of_names(evidence: pl.DataFrame) -> pl.DataFrame:
    """Resolve handles to ids; aliases not yet followed."""
    pairs = evidence.filter(pl.col("account_ref") != pl.col("handle"))
    ids = pairs.select("platform", "account_ref").unique()
    newest = (
        pairs.join(
            ids, left_on=["platform", "handle"], right_on=["platform", "account_ref"], how="anti"
        )
        .sort("day", "is_roster", "account_ref")
        .group_by("platform", "handle")
        .agg(account_id=pl.col("account_ref").last())
    )
    names = pl.concat(
        evidence.select("platform", account_ref=pl.col(column))
        for column in ("account_ref", "handle", "alias_of")
    )
    return (
        names.drop_nulls()
        .unique()
        .join(
            newest,
            left_on=["platform", "account_ref"],
            right_on=["platform", "handle"],
            how="left",
            validate="1:1",
        )
        .with_columns(pl.col("account_id").fill_null(pl.col("account_ref")))
    )


def _as(account: pl.DataFrame, name: str, account_name: str) -> pl.DataFrame:
    return account.rename({"account_ref": name, "account_id": account_name})


def _edges(rows: pl.DataFrame, source: str, target: str) -> dict[_Name, str]:
    """Map each source to its newest target; `rows` stand oldest first."""
    return {
        (platform, name): end
        for platform, name, end in rows.select("platform", source, target).iter_rows()
    }


def _follow(edges: Mapping[_Name, str]) -> dict[_Name, str]:
    """Give the end of each chain, or raise where there is none."""
    ends: dict[_Name, str] = {}
    for platform, start in sorted(edges):
        chain, name = [start], edges[platform, start]
        while (platform, name) in edges and (platform, name) not in ends:
            if name in chain:
                circle = " -> ".join([*chain[chain.index(name) :], name])
                raise IdentityError(
                    f"roster: alias_of runs in a circle on {platform}: {circle}; "
                    "one of these accounts must have no alias_of"
                )
            chain.append(name)
            name = edges[platform, name]
        end = ends.get((platform, name), name)
        ends |= {(platform, link): end for link in chain}
    return ends
