"""Withdrawals: files that were taken back, each time a record of its own.

What was loaded stays where it lies. A withdrawal says from when on its rows no longer count; what
undoes it is another record, so that any earlier moment can be seen as it was.
"""

import json
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import polars as pl

from schemas.contract import polars_schema
from schemas.ops import OPS
from warehouse.home import Home, StoreError, replace_file

Kind = Literal["withdrawn", "restored"]
"""`restored` undoes what was withdrawn before."""


@dataclass(frozen=True, kw_only=True)
class WithdrawnFile:
    """One file that a withdrawal is about.

    Attributes
    ----------
    rows
        Rows of history it had brought when the record was made.
    """

    file_id: str
    delivery_id: str
    path: str
    member: str | None
    sha256: str
    rows: int


@dataclass(frozen=True, kw_only=True)
class Withdrawal:
    """Files taken back, or given back, at one moment.

    Attributes
    ----------
    recorded_at
        UTC; later than every load and every earlier withdrawal.
    """

    withdrawal_id: str
    kind: Kind
    recorded_at: datetime
    run: str
    reason: str
    files: tuple[WithdrawnFile, ...]


def record(
    home: Home,
    kind: Kind,
    files: Iterable[WithdrawnFile],
    reason: str,
    *,
    run: str,
    at: datetime,
) -> Withdrawal:
    """Keep a withdrawal: its record appears whole or not at all, and never changes.

    Parameters
    ----------
    at
        With a zone; see `loads.next_moment`.
    """
    moment = at.astimezone(UTC)
    withdrawal = Withdrawal(
        withdrawal_id=f"{moment:%Y%m%dT%H%M%S.%fZ}-{secrets.token_hex(4)}",
        kind=kind,
        recorded_at=moment,
        run=run,
        reason=reason,
        files=tuple(files),
    )
    scratch = home.scratch("withdrawal")
    text = json.dumps(
        asdict(withdrawal) | {"recorded_at": moment.isoformat()}, ensure_ascii=False, indent=1
    )
    (scratch / "record").write_text(text, encoding="utf-8")
    replace_file(scratch / "record", home.withdrawals / f"{withdrawal.withdrawal_id}.json")
    scratch.rmdir()
    return withdrawal


def withdrawals(home: Home) -> list[Withdrawal]:
    """Read every withdrawal, oldest first."""
    return sorted(
        (_read(path) for path in home.withdrawals.glob("*.json")),
        key=lambda one: (one.recorded_at, one.withdrawal_id),
    )


def withdrawn(known: Iterable[Withdrawal], cutoff: datetime | None = None) -> dict[str, Withdrawal]:
    """Map each file that is withdrawn to the record that says so.

    Parameters
    ----------
    known
        Oldest first.
    cutoff
        Records up to here count, inclusive; all when null.
    """
    last = {
        file.file_id: one
        for one in known
        if cutoff is None or one.recorded_at <= cutoff
        for file in one.files
    }
    return {file_id: one for file_id, one in last.items() if one.kind == "withdrawn"}


def withdrawal_frame(known: Iterable[Withdrawal]) -> pl.DataFrame:
    """Give ops.withdrawal: one row per record and file."""
    known = list(known)
    in_force = {file.file_id: one.withdrawal_id for one in known for file in one.files}
    return pl.DataFrame(
        [
            asdict(file)
            | {
                "withdrawal_id": one.withdrawal_id,
                "kind": one.kind,
                "recorded_at": one.recorded_at,
                "run": one.run,
                "reason": one.reason,
                "is_in_force": in_force[file.file_id] == one.withdrawal_id,
            }
            for one in known
            for file in one.files
        ],
        schema=polars_schema(OPS["withdrawal"]),
    )


def _read(path: Path) -> Withdrawal:
    try:
        fields = json.loads(path.read_bytes())
        fields["recorded_at"] = datetime.fromisoformat(fields["recorded_at"])
        fields["files"] = tuple(WithdrawnFile(**file) for file in fields["files"])
        if fields["kind"] not in ("withdrawn", "restored"):
            raise ValueError(f"kind {fields['kind']!r} is neither withdrawn nor restored")
        return Withdrawal(**fields)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path} is not a withdrawal record: {error!r}") from error
