"""Withdraw: take back files that should not have come, or give them back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path

import polars as pl

from flows.settings import Settings
from schemas.files import ReadingKey
from schemas.history import HISTORY
from warehouse.arrivals.deliveries import DeliveredFile, Delivery, deliveries
from warehouse.arrivals.withdrawals import (
    Kind,
    Withdrawal,
    WithdrawnFile,
    record,
    withdrawals,
    withdrawn,
)
from warehouse.home import Home
from warehouse.loads.load import READ_OPS, Load, known_keys, loads, next_moment
from warehouse.loads.standing import rows_by_file


class SelectionError(ValueError):
    """What was named to be withdrawn or restored cannot be."""


@dataclass(frozen=True)
class Plan:
    """What a withdrawal would do.

    Attributes
    ----------
    files
        Each with the rows of history it brought.
    rows
        Table to rows, of history, quarantine and reconciliation.
    """

    kind: Kind
    files: tuple[WithdrawnFile, ...]
    rows: dict[str, int]

    def as_dict(self) -> dict[str, object]:
        """Give the plan as plain values, for JSON."""
        return {
            "kind": self.kind,
            "files": [vars(file) for file in self.files],
            "rows": self.rows,
        }


def plan(
    settings: Settings, names: Sequence[str], delivery_id: str | None, *, undo: bool = False
) -> Plan:
    """Say which files would be withdrawn, or restored, and how many rows; writes nothing.

    Parameters
    ----------
    names
        Each a path within the inbox or under it, a folder, a pattern with `*`, a member as
        `<zip>!<member>`, a file id or a SHA-256; every delivery that had it counts.
    delivery_id
        A whole delivery.
    undo
        Restore what was withdrawn.

    Raises
    ------
    SelectionError
        When a name matches no file, or there is nothing left to do.
    """
    home = Home(settings.home)
    known = loads(home)
    chosen = _chosen(deliveries(home), [_within(settings, name) for name in names], delivery_id)
    gone = withdrawn(withdrawals(home))
    left = [(one, file) for one, file in chosen if (file.file_id in gone) == undo]
    if not left:
        state = "none of them is withdrawn" if undo else "all are withdrawn already"
        raise SelectionError(f"nothing to do for {len(chosen)} file(s): {state}")
    wanted = {file.file_id for _, file in left}
    if undo:
        _refuse_repeats(home, known, wanted)
    counts = _counts(known, wanted)
    brought = dict(
        counts.filter(pl.col("table").is_in(list(HISTORY)))
        .group_by("file_id")
        .agg(pl.col("rows").sum())
        .iter_rows()
    )
    return Plan(
        kind="restored" if undo else "withdrawn",
        files=tuple(
            WithdrawnFile(
                file_id=file.file_id,
                delivery_id=one.delivery_id,
                path=file.path,
                member=file.member,
                sha256=file.sha256,
                rows=brought.get(file.file_id, 0),
            )
            for one, file in left
        ),
        rows={
            f"{'history' if table in HISTORY else 'ops'}.{table}": rows
            for table, rows in counts.group_by("table")
            .agg(pl.col("rows").sum())
            .sort("table")
            .rows()
        },
    )


def withdraw(
    settings: Settings,
    names: Sequence[str],
    delivery_id: str | None,
    reason: str,
    *,
    undo: bool = False,
    run: str = "withdraw",
) -> tuple[Plan, Withdrawal]:
    """Withdraw files, or restore them, as `plan` says; the next night's tables show it.

    Raises
    ------
    SelectionError
        As `plan` does.
    warehouse.home.StoreError
        When another run is writing.
    """
    home = Home(settings.home)
    with home.lock():
        home.sweep()
        planned = plan(settings, names, delivery_id, undo=undo)
        at = next_moment(home, datetime.now(UTC))
        return planned, record(home, planned.kind, planned.files, reason, run=run, at=at)


def lines(planned: Plan, recorded: Withdrawal | None) -> list[str]:
    """Write a plan, and what became of it, for a terminal."""
    done = recorded is not None
    verb = planned.kind if done else f"would be {planned.kind}"
    said = [
        f"{verb}  {_label(file.path, file.member)}  ({file.rows} rows, delivery {file.delivery_id})"
        for file in planned.files
    ]
    said += [f"  {rows} rows of {table}" for table, rows in planned.rows.items()]
    said.append(
        f"recorded as {recorded.withdrawal_id}: the next night shows it"
        if recorded
        else "nothing was written: add --yes to do it"
    )
    return said


def _chosen(
    known: list[Delivery], names: list[str], delivery_id: str | None
) -> list[tuple[Delivery, DeliveredFile]]:
    """Find the files that are named; exact names before patterns."""
    every = [(one, file) for one in known for file in one.files]
    found: dict[str, tuple[Delivery, DeliveredFile]] = {}
    if delivery_id is not None:
        of_delivery = [pair for pair in every if pair[0].delivery_id == delivery_id]
        if not of_delivery:
            raise SelectionError(
                f"no delivery {delivery_id!r}: ids stand in ops.delivery, "
                'see creator-metrics sql "from ops.delivery"'
            )
        found |= {file.file_id: (one, file) for one, file in of_delivery}
    for name in names:
        named = [pair for pair in every if _is_named(pair[1], name)] or [
            pair for pair in every if _is_like(pair[1], name)
        ]
        if not named:
            raise SelectionError(
                f"no file that arrived is {name!r}: paths as the inbox has them stand in "
                "ops.file, see creator-metrics files"
            )
        found |= {file.file_id: (one, file) for one, file in named}
    return list(found.values())


def _is_named(file: DeliveredFile, name: str) -> bool:
    return name in (
        file.file_id,
        file.sha256,
        file.path,
        _label(file.path, file.member),
    ) or file.path.startswith(name.rstrip("/") + "/")


def _is_like(file: DeliveredFile, pattern: str) -> bool:
    return fnmatchcase(file.path, pattern) or fnmatchcase(_label(file.path, file.member), pattern)


def _label(path: str, member: str | None) -> str:
    return f"{path}!{member}" if member else path


def _within(settings: Settings, name: str) -> str:
    """Give a path under the inbox as the inbox has it; any other name as it is."""
    if "://" in settings.inbox or not name:
        return name
    inbox, path = Path(settings.inbox).resolve(), Path(name).resolve()
    return path.relative_to(inbox).as_posix() if path.is_relative_to(inbox) else name


def _counts(known: list[Load], wanted: set[str]) -> pl.DataFrame:
    holding = [load for load in known if not load.file_ids.isdisjoint(wanted)]
    return rows_by_file(holding, [*HISTORY, *READ_OPS]).filter(pl.col("file_id").is_in(wanted))


def _refuse_repeats(home: Home, known: list[Load], wanted: set[str]) -> None:
    """Refuse to restore a reading whose bytes have been loaded from elsewhere since."""
    standing: Mapping[ReadingKey, str] = known_keys(home, known)
    restored: dict[ReadingKey, str] = {}
    for load in known:
        for file, key in load.readings:
            if file["file_id"] not in wanted:
                continue
            if key in standing:
                raise SelectionError(
                    f"{file['path']} was loaded again from another delivery since, in load "
                    f"{standing[key]}: its rows count already, withdraw those first"
                )
            if restored.setdefault(key, file["file_id"]) != file["file_id"]:
                raise SelectionError(
                    f"{file['path']} came in two deliveries: restore one of them, "
                    f"--file {file['file_id']} or --file {restored[key]}"
                )
