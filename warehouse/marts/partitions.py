"""Partitions: one mart on one day, replaced whole, with how it was built."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from schemas.contract import polars_schema
from schemas.ops import OPS
from warehouse.home import Home, StoreError, remove, replace_file
from warehouse.loads.load import COMPRESSION, COMPRESSION_LEVEL
from warehouse.reference import Knowledge

_RECORD = "build.json"


@dataclass(frozen=True, kw_only=True)
class Build:
    """How one partition was built: a row of ops.build.

    Attributes
    ----------
    cutoff
        Newest load that was used, UTC.
    inputs_hash
        Equal hashes, equal tables.
    reference_versions
        Kind of reference to the SHA-256 of the version used.
    is_backfill
        Whether a person asked for the day; retention leaves it.
    reason
        Why, as the person wrote it; empty for a night.
    rows
        Set when it is written.
    """

    table: str
    as_of: date
    knowledge: Knowledge
    cutoff: datetime
    built_at: datetime
    run: str
    program_version: str
    inputs_hash: str
    reference_versions: Mapping[str, str] = field(default_factory=dict)
    is_backfill: bool = False
    reason: str = ""
    rows: int = 0


@dataclass(frozen=True)
class Partition:
    """One partition as it lies in the store.

    Attributes
    ----------
    part
        Its Parquet file; build.json names it, so that the two change together.
    """

    build: Build
    part: Path


def write(home: Home, table: str, as_of: date, frame: pl.DataFrame, build: Build) -> Partition:
    """Put a partition in its place, over the one that may be there.

    The rows come first, under a name of their own; build.json, renamed over the old one, is
    the moment at which they count. A crash leaves the old partition or the new one.

    Parameters
    ----------
    frame
        The mart's rows for `as_of`, already held to its contract.
    build
        How they were built, of the same table and day.
    """
    if (build.table, build.as_of) != (table, as_of):
        raise StoreError(
            f"the build of {build.table} as of {build.as_of} is not of {table} as of {as_of}"
        )
    folder = _folder(home, table, as_of)
    scratch = home.scratch("partition")
    part = folder / f"part-{secrets.token_hex(6)}.parquet"
    frame.write_parquet(
        scratch / part.name, compression=COMPRESSION, compression_level=COMPRESSION_LEVEL
    )
    replace_file(scratch / part.name, part)
    record = _plain(build) | {"rows": frame.height, "part": part.name}
    (scratch / _RECORD).write_text(json.dumps(record, indent=1), encoding="utf-8")
    replace_file(scratch / _RECORD, folder / _RECORD)
    scratch.rmdir()
    for other in folder.glob("part-*.parquet"):
        if other != part:
            other.unlink()
    return _partition(folder)


def read(home: Home, table: str, as_of: date) -> tuple[pl.DataFrame, Build] | None:
    """Read a partition, or null where none was built."""
    found = partition(home, table, as_of)
    while found is not None:
        try:
            return pl.read_parquet(found.part, glob=False, hive_partitioning=False), found.build
        except FileNotFoundError:
            again = partition(home, table, as_of)
            if again == found:
                raise StoreError(f"{found.part} is missing: rebuild the partition") from None
            found = again
    return None


def partition(home: Home, table: str, as_of: date) -> Partition | None:
    """Find a partition, or null where none was built."""
    folder = _folder(home, table, as_of)
    return _partition(folder) if (folder / _RECORD).exists() else None


def partitions(home: Home, table: str | None = None) -> list[Partition]:
    """Give the partitions of a mart, or of all marts, by table and day."""
    records = home.marts.glob(f"{table or '*'}/as_of=*/{_RECORD}")
    return [_partition(path.parent) for path in sorted(records)]


def inputs_hash(
    *,
    load_ids: Iterable[str],
    reference_versions: Mapping[str, str],
    settings: Mapping[str, Any],
    program_version: str,
    as_of: date,
    knowledge: Knowledge,
    withdrawn: Iterable[str] = (),
) -> str:
    """Hash all that a partition depends on; the order of arguments' items does not matter.

    Parameters
    ----------
    load_ids
        Loads that were used.
    reference_versions
        Kind to hash of the version in force.
    settings
        What changes the figures; values that JSON can hold.
    withdrawn
        Files of those loads whose rows were left out.
    """
    inputs = {
        "load_ids": sorted(load_ids),
        "reference_versions": dict(reference_versions),
        "settings": dict(settings),
        "program_version": program_version,
        "as_of": as_of.isoformat(),
        "knowledge": knowledge,
        "withdrawn": sorted(withdrawn),
    }
    text = json.dumps(inputs, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def expire(
    home: Home, table: str, today: date, daily_days: int = 35, *, month_ends: bool = True
) -> list[date]:
    """Remove old partitions: keep the last days, and of each month before them the last one.

    What a backfill built was asked for and stays. Folders without build.json, which a crash
    left and nothing reads, go too.

    Parameters
    ----------
    today
        Day in the deployment's zone.
    daily_days
        Days before `today` of which every partition is kept.
    month_ends
        Whether the last one of each month before them stays.

    Returns
    -------
    list of date
        Days removed.
    """
    found = partitions(home, table)
    days = [one.build.as_of for one in found]
    last_of_month = {(day.year, day.month): day for day in sorted(days)} if month_ends else {}
    kept = {*last_of_month.values(), *(o.build.as_of for o in found if o.build.is_backfill)}
    old = [d for d in days if d < today - timedelta(days=daily_days) and d not in kept]
    for day in old:
        folder = _folder(home, table, day)
        (folder / _RECORD).unlink()
        remove(folder)
    for folder in home.marts.glob(f"{table}/as_of=*"):
        if not (folder / _RECORD).exists():
            remove(folder)
    return old


def build_frame(known: Iterable[Partition]) -> pl.DataFrame:
    """Give ops.build: one row per table and day."""
    return pl.DataFrame(
        [
            asdict(one.build)
            | {"reference_versions": json.dumps(one.build.reference_versions, sort_keys=True)}
            for one in known
        ],
        schema=polars_schema(OPS["build"]),
    )


def _folder(home: Home, table: str, as_of: date) -> Path:
    return home.marts / table / f"as_of={as_of.isoformat()}"


def _partition(folder: Path) -> Partition:
    path = folder / _RECORD
    try:
        record = json.loads(path.read_bytes())
        part = folder / record.pop("part")
        for name in ("cutoff", "built_at"):
            record[name] = datetime.fromisoformat(record[name])
        record["as_of"] = date.fromisoformat(record["as_of"])
        return Partition(Build(**record), part)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path} is not a build record: {error!r}") from error


def _plain(build: Build) -> dict[str, Any]:
    values = ((one.name, getattr(build, one.name)) for one in fields(build))
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values}
