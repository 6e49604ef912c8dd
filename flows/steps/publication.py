"""What the published file is made from: every table's Parquet, as the store holds it now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from flows.marts import MARTS, PUBLISHED
from flows.references import tables
from flows.steps.staleness import in_force_now
from schemas.core import CORE
from schemas.history import HISTORY
from transforms.deliveries.drift import drift
from warehouse.arrivals.deliveries import deliveries, delivery_frame
from warehouse.arrivals.withdrawals import Withdrawal, withdrawal_frame, withdrawals, withdrawn
from warehouse.home import Home
from warehouse.loads.load import READ_OPS, Load, file_frame, load_frame, loads
from warehouse.loads.standing import standing_files
from warehouse.marts import partitions
from warehouse.marts.partitions import Partition
from warehouse.marts.stale import stale_frame
from warehouse.published.publish import MartPart, Publication

_BESIDE_CORE = ("day_correction", "restatement")
"""Tables of the ops layer that are computed with the core."""


@dataclass(frozen=True, kw_only=True)
class Held:
    """What the store holds at one moment, read once.

    Attributes
    ----------
    files, drift
        ops.file and ops.drift.
    """

    home: Home
    loads: Sequence[Load]
    withdrawals: Sequence[Withdrawal]
    partitions: Sequence[Partition]
    files: pl.DataFrame
    drift: pl.DataFrame

    @classmethod
    def of(cls, home: Home) -> "Held":
        """Read what a home holds."""
        known, taken_back = loads(home), withdrawals(home)
        files = file_frame(known, withdrawn(taken_back))
        return cls(
            home=home,
            loads=known,
            withdrawals=taken_back,
            partitions=partitions.partitions(home),
            files=files,
            drift=drift(files),
        )

    def standing(self, load: Load, table: str, scratch: Path) -> list[Path]:
        """Give a load's rows of a table without those of withdrawn files; see `standing_files`."""
        return standing_files(load, table, withdrawn(self.withdrawals), scratch)

    @property
    def last_withdrawals(self) -> dict[str, str]:
        """Say of each load that a withdrawal touched what the last one did to it."""
        return {
            load.load_id: f"{count} file(s) of load {load.load_id} were {one.kind}"
            for one in self.withdrawals
            for load in self.loads
            if (count := len(load.file_ids.intersection(file.file_id for file in one.files)))
        }

    def reconciliations(self, load_ids: Iterable[str]) -> list[Path]:
        """Give the reconciliations of some loads as they were read."""
        wanted = set(load_ids)
        return [
            path
            for load in self.loads
            if load.load_id in wanted
            for path in load.files("reconciliation")
        ]


def publication(held: Held, as_of: date, core: Path, scratch: Path) -> Publication:
    """Say of every table of the published file where its rows lie.

    Parameters
    ----------
    core
        Folder of the core tables, computed for `as_of`.
    scratch
        Folder that receives the copies of files that lost rows.
    """
    return Publication(
        tables=PUBLISHED,
        history={
            table: {load.load_id: held.standing(load, table, scratch) for load in held.loads}
            for table in HISTORY
        },
        core={table: [core / f"{table}.parquet"] for table in CORE},
        mart={
            table: {
                one.build.as_of: MartPart(one.part, one.build.inputs_hash)
                for one in held.partitions
                if one.build.table == table
            }
            for table in MARTS
        },
        ops=_ops(held, core, scratch),
        ref=tables.published(held.home, as_of),
        withdrawn=held.last_withdrawals,
    )


def _ops(held: Held, core: Path, scratch: Path) -> dict[str, pl.DataFrame | list[Path]]:
    """Give the tables of the ops layer, in the order in which they are published."""
    return {
        "delivery": delivery_frame(deliveries(held.home)),
        "file": held.files,
        **{
            table: [path for load in held.loads for path in held.standing(load, table, scratch)]
            for table in READ_OPS
        },
        **{table: [core / f"{table}.parquet"] for table in _BESIDE_CORE},
        "drift": held.drift,
        "load": load_frame(held.loads),
        "withdrawal": withdrawal_frame(held.withdrawals),
        "build": partitions.build_frame(held.partitions),
        "stale_partition": stale_frame(
            held.partitions, held.loads, in_force_now(held.home), held.withdrawals
        ),
    }
