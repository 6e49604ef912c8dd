"""Hold a published warehouse to what is known of the sample."""

from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from tests.sample import check_audience, check_fit
from tests.sample.truth import (
    GROWTH_TOLERANCE,
    AccountTruth,
    FileTruth,
    SampleTruth,
    absent_files,
    expect,
)

_TIERS = """
    select a.platform, a.account_handle as handle, t.*
    from mart.tier as t join core.account as a using (platform, account_id)
    where t.as_of = ?
"""
_TRENDS = """
    select a.platform, a.account_handle as handle, t.series, t.measure, t.window_days, t."class",
        t.slope_share_per_30d as slope
    from mart.engagement_trend as t join core.account as a using (platform, account_id)
    where t.as_of = ?
"""


def check(warehouse: Path, seed: int) -> list[str]:
    """Give every disagreement between the warehouse and the truth, one line each."""
    known = expect(seed)
    with duckdb.connect(warehouse, read_only=True) as connection:
        tiers = connection.sql(_TIERS, params=[known.as_of]).pl()
        trends = connection.sql(_TRENDS, params=[known.as_of]).pl()
        files = connection.sql("select path, member, status, quarantined from ops.file").pl()
        told = [*_audience(known, connection), *_fit(known, connection)]
    return [
        *(line for account in known.accounts for line in _tier(account, tiers)),
        *(line for account in known.accounts for line in _trend(account, trends)),
        *_files(known, files),
        *_copies(known, files),
        *(
            f"{path}: stands in ops.file and should not have been read"
            for path in absent_files(seed)
            if path in set(files["path"])
        ),
        *told,
    ]


def _audience(known: SampleTruth, connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = check_audience.newest(connection)
    return [
        *(line for one in known.audiences for line in check_audience.audience(one, rows)),
        *(line for one in known.daily for line in check_audience.daily(one, connection)),
        *(line for one in known.hourly for line in check_audience.hourly(one, connection)),
    ]


def _fit(known: SampleTruth, connection: duckdb.DuckDBPyConnection) -> list[str]:
    fit, components = check_fit.fit_rows(connection), check_fit.component_rows(connection)
    return [
        *check_fit.only_usable(known.fits, fit),
        *(line for one in known.fits for line in check_fit.ranking(one, fit)),
        *(line for one in known.fits for line in check_fit.components(one, components)),
    ]


def _tier(account: AccountTruth, tiers: pl.DataFrame) -> list[str]:
    label = f"{account.platform}/{account.handle}: mart.tier"
    rows = tiers.filter(platform=account.platform, handle=account.handle).to_dicts()
    if len(rows) != 1:
        return [f"{label} has {len(rows)} rows instead of 1"]
    row = rows[0]
    wrong = [
        f"{label} says {name} {row[name]} instead of {right}"
        for name, right in (
            ("creator_id", account.creator_id),
            ("tier", account.tier),
            ("followers_method", account.followers_method),
            ("previous_tier", account.previous_tier),
        )
        if row[name] != right
    ]
    found = row["followers"]
    if (found is None) != (account.followers is None) or (
        found is not None and abs(found - account.followers) > account.followers_tolerance
    ):
        wrong.append(f"{label} says {found} followers instead of {account.followers}")
    if account.tier_since:
        first, last = account.tier_since
        if row["tier_since"] is None or not first <= row["tier_since"] <= last:
            wrong.append(f"{label} says since {row['tier_since']}, not from {first} to {last}")
    return wrong


def _trend(account: AccountTruth, trends: pl.DataFrame) -> list[str]:
    own = trends.filter(platform=account.platform, handle=account.handle)
    wrong = []
    for (series, measure, window), classes in account.trends.items():
        rows = own.filter(series=series, measure=measure, window_days=window)
        found = rows["class"].to_list() or [None]
        if len(found) != 1 or found[0] not in classes:
            wrong.append(
                f"{account.platform}/{account.handle}: {series} {measure} over {window} days is "
                f"{found[0] if len(found) == 1 else found} instead of {_either(classes)}"
            )
        slopes = rows["slope"].drop_nulls() if (measure, window) == ("engagement_rate", 90) else ()
        wrong += [
            f"{account.platform}/{account.handle}: {series} {measure} over {window} days "
            f"changes by {slope:+.3f} per 30 days instead of {account.rate_growth:+.3f}"
            for slope in slopes
            if abs(slope - account.rate_growth) > GROWTH_TOLERANCE
        ]
    return wrong


def _files(known: SampleTruth, files: pl.DataFrame) -> list[str]:
    rows: dict[tuple[str, str | None], list[dict[str, Any]]] = {}
    for row in files.iter_rows(named=True):
        rows.setdefault((row["path"], row["member"]), []).append(row)
    expected = {(file.path, file.member) for file in known.files}
    return [
        *(
            line
            for file in known.files
            for line in _file(file, rows.get((file.path, file.member), []))
        ),
        *(f"{path}!{member}: unexpected in ops.file" for path, member in rows.keys() - expected),
    ]


def _copies(known: SampleTruth, files: pl.DataFrame) -> list[str]:
    loaded = {(row["path"], row["member"]) for row in files.filter(status="loaded").to_dicts()}
    return [
        f"{', '.join(path for path, _ in group)}: say the same, yet not exactly one is loaded"
        for group in known.copies
        if len(loaded & set(group)) != 1
    ]


def _file(file: FileTruth, rows: list[dict[str, Any]]) -> list[str]:
    """Compare a member with its rows in ops.file: one for each table that it holds."""
    label = file.path if file.member is None else f"{file.path}!{file.member}"
    if not rows:
        return [f"{label}: no row in ops.file, expected {_either(file.statuses)}"]
    wrong = [
        f"{label}: {row['status']} instead of {_either(file.statuses)}"
        for row in rows
        if row["status"] not in file.statuses
    ]
    quarantined = sum(row["quarantined"] for row in rows)
    if file.quarantined is not None and quarantined != file.quarantined:
        wrong.append(f"{label}: {quarantined} quarantined instead of {file.quarantined}")
    return wrong


def _either(values: tuple[str | None, ...]) -> str:
    return " or ".join(value or "no row" for value in values)
