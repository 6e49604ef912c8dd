"""What a run came to: what the steps return, put together."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from transforms.difference import Difference


@dataclass(frozen=True, kw_only=True)
class CollectReport:
    """What a look at the inbox brought.

    Attributes
    ----------
    waiting, refused
        Files left where they lie, each with its reason.
    reference_problems
        What is wrong in the user's own files: the roster, edited reference data.
    """

    deliveries: int = 0
    files: int = 0
    waiting: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    reference_problems: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReadReport:
    """What reading a batch of deliveries came to.

    Attributes
    ----------
    files
        Status to number of files.
    rows
        rows_in, loaded, quarantined, not_data.
    defects
        Files that a reader failed on in a way that is our fault.
    """

    load_id: str | None = None
    files: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    defects: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MartReport:
    """What building one mart for one day came to.

    Attributes
    ----------
    is_built
        False where the partition of the same inputs was there already.
    difference
        Against the partition that was there before; null where it was not built again.
    """

    table: str
    as_of: date
    rows: int
    is_built: bool
    difference: Difference | None = None


@dataclass(frozen=True, kw_only=True)
class PublishReport:
    """What publishing came to.

    Attributes
    ----------
    how
        `unchanged`, `updated`, or `rebuilt` and why.
    changed
        Tables that differ from what was served before.
    findings
        What the files of the run say of themselves and of each other, by kind.
    """

    path: str
    how: str
    size_bytes: int = 0
    changed: tuple[str, ...] = ()
    findings: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a whole run came to.

    Attributes
    ----------
    missing
        Days before a night's that have no partition, because their own night did not run.
    request
        What a person asked of a backfill, as JSON values; empty for a night.
    deliveries
        Deliveries that a backfill was the first to use.
    """

    run: str
    days: tuple[date, ...]
    missing: tuple[date, ...] = ()
    knowledge: str
    collected: CollectReport = CollectReport()
    readings: tuple[ReadReport, ...] = ()
    request: dict[str, Any] = field(default_factory=dict)
    deliveries: tuple[str, ...] = ()
    marts: tuple[MartReport, ...] = ()
    tier_changes: tuple[str, ...] = ()
    fit_changes: tuple[str, ...] = ()
    expired: tuple[str, ...] = ()
    published: PublishReport

    @property
    def files(self) -> dict[str, int]:
        """Give the files read in the run, by status."""
        return _sum(reading.files for reading in self.readings)

    @property
    def rows(self) -> dict[str, int]:
        """Give the records read in the run, by what became of them."""
        return _sum(reading.rows for reading in self.readings)

    @property
    def quarantined_share(self) -> float | None:
        """Give the share in quarantine of the records that are data; null where none came."""
        quarantined, loaded = self.rows.get("quarantined", 0), self.rows.get("loaded", 0)
        return quarantined / (quarantined + loaded) if quarantined + loaded else None

    @property
    def is_unchanged(self) -> bool:
        """Say whether the run changed no table."""
        return self.published.how == "unchanged"

    def as_dict(self) -> dict[str, Any]:
        """Give the report as plain values, for JSON."""
        return asdict(self) | {
            "files": self.files,
            "rows": self.rows,
            "is_unchanged": self.is_unchanged,
        }


def _sum(parts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for part in parts:
        for name, count in part.items():
            total[name] = total.get(name, 0) + count
    return total
