"""Hold mart.fit and mart.fit_component to what the briefs were planted for."""

from collections.abc import Iterator

import duckdb
import polars as pl

from tests.sample import briefs
from tests.sample.truth_fit import FitTruth

_FIT = "select * from mart.fit_latest"
_COMPONENTS = """
    select c.brief_id, a.platform, a.account_handle as handle, c.component, c.component_value
    from mart.fit_component_latest as c join core.account as a using (platform, account_id)
"""
_ROUNDING = 1e-9


def fit_rows(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Read the fit of the newest day."""
    return connection.sql(_FIT).pl()


def component_rows(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Read the evidence of the newest day, by handle."""
    return connection.sql(_COMPONENTS).pl()


def report(said: str) -> Iterator[str]:
    """Tell which problem of the broken brief the night's report keeps to itself."""
    lines = [line for line in said.splitlines() if briefs.BROKEN in line]
    for problem in briefs.PROBLEMS:
        if not any(problem in line for line in lines):
            yield f"the night's report says nothing of {problem} in briefs/{briefs.BROKEN}.toml"


def only_usable(known: tuple[FitTruth, ...], fit: pl.DataFrame) -> Iterator[str]:
    """Tell of briefs that have rows and should not, or none and should."""
    right = {one.brief_id for one in known}
    for brief in sorted(set(fit["brief_id"]) ^ right):
        yield f"mart.fit: {brief} {'has no rows' if brief in right else 'should have no rows'}"


def ranking(known: FitTruth, fit: pl.DataFrame) -> Iterator[str]:
    """Tell where the ranks, scores and limits of one brief are wrong."""
    label = f"mart.fit {known.brief_id}:"
    rows = {row["creator_id"]: row for row in fit.filter(brief_id=known.brief_id).to_dicts()}
    for creator in sorted(set(rows) ^ set(known.creators)):
        yield f"{label} {creator} {'is missing' if creator in known.creators else 'is there'}"
    ranked = sorted(
        (row["rank"], creator) for creator, row in rows.items() if row["rank"] is not None
    )
    ends = (ranked[0][1], ranked[-1][1]) if ranked else (None, None)
    for which, found, right in zip(("first", "last"), ends, (known.first, known.last), strict=True):
        if found != right:
            yield f"{label} {found} is {which} instead of {right}"
    for creator, row in rows.items():
        yield from _creator(label, known, creator, row)


def components(known: FitTruth, rows: pl.DataFrame) -> Iterator[str]:
    """Tell where the components of one brief are wrong, or known when nothing tells them."""
    own = rows.filter(brief_id=known.brief_id)
    values = {(row["platform"], row["handle"], row["component"]): row for row in own.to_dicts()}
    for is_known, accounts in ((False, known.unknown), (True, known.known)):
        for account, names in accounts.items():
            for name in names:
                row = values.get((*account, name))
                if row is None or (row["component_value"] is not None) != is_known:
                    found = "no row" if row is None else row["component_value"]
                    right = "a value" if is_known else "null"
                    yield f"{_label(known, *account)} {name} is {found} instead of {right}"
    for (platform, handle, name), (low, high) in known.bounds.items():
        row = values.get((platform, handle, name))
        value = row["component_value"] if row else None
        if value is None or not low - _ROUNDING <= value <= high + _ROUNDING:
            yield f"{_label(known, platform, handle)} {name} is {value}, not {low} to {high}"


def _creator(label: str, known: FitTruth, creator: str, row: dict[str, object]) -> Iterator[str]:
    word = known.ineligible.get(creator)
    if row["is_eligible"] != (word is None):
        yield f"{label} {creator} is {'' if row['is_eligible'] else 'not '}eligible"
    elif word and word not in str(row["ineligible_because"]):
        yield f"{label} {creator} is out because {row['ineligible_because']!r}, not of {word}"
    if (row["score"] is None) != (creator in known.unscored):
        right = "no score" if creator in known.unscored else "a score"
        yield f"{label} {creator} has the score {row['score']} instead of {right}"
    if row["score"] is None and row["rank"] is not None:
        yield f"{label} {creator} has a rank without a score"
    if not row["reason"]:
        yield f"{label} {creator} has no reason"


def _label(known: FitTruth, platform: str, handle: str) -> str:
    return f"mart.fit_component {known.brief_id}: {platform}/{handle}"
