"""Hold core.audience, core.account_day and core.account_hour to what the exports tell."""

from collections.abc import Iterator

import duckdb
import polars as pl

from schemas.audience import OTHERS, UNREPORTED
from tests.sample.truth_audience import TOLERANCE, AudienceTruth
from tests.sample.truth_daily import DailyTruth, HourTruth

_NEWEST = """
    select a.platform, a.account_handle as handle, u.basis, u.dimension, u.segment, u.share
    from core.audience as u join core.account as a using (platform, account_id)
    qualify u.observed_on = max(u.observed_on)
        over (partition by u.platform, u.account_id, u.basis, u.dimension)
"""
_HOURS = """
    select count(h.active_followers)
    from core.account_hour as h join core.account as a using (platform, account_id)
    where a.platform = ? and a.account_handle = ? and h.day <= ?::date and h.day > ?::date - 7
"""
_SUM = 1e-6


def newest(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Read the newest distribution of every account, basis and dimension."""
    return connection.sql(_NEWEST).pl()


def audience(known: AudienceTruth, rows: pl.DataFrame) -> Iterator[str]:
    """Tell where core.audience disagrees on one account."""
    label = f"{known.platform}/{known.handle}: core.audience"
    own = rows.filter(platform=known.platform, handle=known.handle)
    right = {*known.dimensions, *(["city"] if known.cities else [])}
    for dimension in sorted(set(own["dimension"]) ^ right):
        said = "is missing" if dimension in right else "should not be there"
        yield f"{label} {dimension} {said}"
    bases = set(own["basis"]) - {known.basis}
    if bases:
        yield f"{label} is of {', '.join(sorted(bases))} instead of {known.basis}"
    for (dimension,), part in own.group_by("dimension", maintain_order=True):
        if abs(part["share"].sum() - 1) > _SUM:
            yield f"{label} {dimension} sums to {part['share'].sum()} instead of 1"
        yield from _shares(label, dimension, known, dict(part.select("segment", "share").rows()))


def daily(known: DailyTruth, connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Tell where core.account_day disagrees on one column of one account."""
    query = f"""
        select sum(d.{known.column})
        from core.account_day as d join core.account as a using (platform, account_id)
        where a.platform = ? and a.account_handle = ? and d.day between ? and ?
    """
    given = [known.platform, known.handle, known.first, known.last]
    [(found,)] = connection.sql(query, params=given).fetchall()
    if found != known.total:
        yield (
            f"{known.platform}/{known.handle}: core.account_day {known.column} sums to "
            f"{found} instead of {known.total}"
        )


def hourly(known: HourTruth, connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Tell where core.account_hour lists other hours than the last export."""
    given = [known.platform, known.handle, known.last, known.last]
    [(found,)] = connection.sql(_HOURS, params=given).fetchall()
    if found != known.hours:
        yield (
            f"{known.platform}/{known.handle}: core.account_hour has "
            f"{found} hours up to {known.last} instead of {known.hours}"
        )


def _shares(
    label: str, dimension: str, known: AudienceTruth, found: dict[str, float]
) -> Iterator[str]:
    tolerance = TOLERANCE[dimension]
    if dimension == "city":
        named = sorted(
            (segment.partition(":")[0], share)
            for segment, share in found.items()
            if segment not in (OTHERS, UNREPORTED)
        )
        is_right = len(named) == len(known.cities) and all(
            one[0] == other[0] and abs(one[1] - other[1]) <= tolerance
            for one, other in zip(named, sorted(known.cities), strict=True)
        )
        if not is_right:
            yield f"{label} city says {named} instead of {sorted(known.cities)}"
        return
    for segment, share in known.dimensions.get(dimension, {}).items():
        if abs(found.get(segment, 0.0) - share) > tolerance:
            yield f"{label} {dimension} {segment} is {found.get(segment)} instead of {share:.4f}"
