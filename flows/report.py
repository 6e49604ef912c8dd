"""What a run came to: what the steps return, and how a person reads it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any


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
    """

    table: str
    as_of: date
    rows: int
    is_built: bool


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
    size_bytes: int
    changed: tuple[str, ...] = ()
    findings: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a whole run came to."""

    run: str
    days: tuple[date, ...]
    knowledge: str
    collected: CollectReport = CollectReport()
    readings: tuple[ReadReport, ...] = ()
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


def lines(report: Report) -> list[str]:
    """Write the report for a terminal."""
    days = _span(report.days)
    said = [
        f"{report.run}: as of {days}, knowledge {report.knowledge}",
        f"  arrived    {report.collected.deliveries} deliveries, {report.collected.files} files",
        f"  files      {_counts(report.files) or 'none to read'}",
        f"  records    {_counts(report.rows) or 'none'}",
        f"  marts      {_marts(report)}",
        f"  findings   {_counts(report.published.findings) or 'none'}",
        f"  published  {report.published.path} ({report.published.how})",
    ]
    said += [f"  waits      {text}" for text in report.collected.waiting]
    said += [f"  left       {text}" for text in report.collected.refused]
    said += [f"  reference  {text}" for text in report.collected.reference_problems]
    said += [f"  defect     {text}" for one in report.readings for text in one.defects]
    said += [f"  tier       {text}" for text in report.tier_changes]
    said += [f"  fit        {text}" for text in report.fit_changes]
    if report.is_unchanged:
        said.append("  nothing new: no table was changed")
    return said


def markdown(report: Report) -> str:
    """Write the report as the summary artifact of its run."""
    rows, files = report.rows, report.files
    text = [
        f"# {report.run}",
        "",
        f"As of **{_span(report.days)}**, knowledge **{report.knowledge}**. "
        + ("No table was changed." if report.is_unchanged else ""),
        "",
        "| | |",
        "|---|---:|",
        f"| deliveries | {report.collected.deliveries} |",
        *(f"| files {status} | {count} |" for status, count in sorted(files.items())),
        f"| records in | {rows.get('rows_in', 0)} |",
        f"| records loaded | {rows.get('loaded', 0)} |",
        f"| records quarantined | {rows.get('quarantined', 0)} |",
        f"| records that are no data | {rows.get('not_data', 0)} |",
        *(
            f"| {finding} | {count} |"
            for finding, count in sorted(report.published.findings.items())
        ),
        "",
        "## Tables",
        "",
        "| table | as of | rows | |",
        "|---|---|---:|---|",
        *(
            f"| mart.{one.table} | {one.as_of} | {one.rows} | {_built_or_kept(one)} |"
            for one in report.marts
        ),
        "",
        f"Published: {report.published.how}, {report.published.size_bytes:,} bytes.",
    ]
    text += _section("Tier changes", report.tier_changes)
    text += _section("Who entered and left each brief's list", report.fit_changes)
    text += _section("Left in the inbox", report.collected.waiting + report.collected.refused)
    text += _section("Reference data", report.collected.reference_problems)
    text += _section("Defects", tuple(t for one in report.readings for t in one.defects))
    return "\n".join(text)


def _section(title: str, items: tuple[str, ...]) -> list[str]:
    return ["", f"## {title}", "", *(f"- {_escape(item)}" for item in items)] if items else []


def _escape(text: str) -> str:
    """Keep a file's name from being read as markup."""
    for sign in ("\\", "`", "*", "_", "[", "]", "<", ">", "|"):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", " ")


def _built_or_kept(mart: MartReport) -> str:
    return "built" if mart.is_built else "kept"


def _marts(report: Report) -> str:
    built = sum(one.is_built for one in report.marts)
    return f"{built} built, {len(report.marts) - built} already there"


def _span(days: tuple[date, ...]) -> str:
    if not days:
        return "no day"
    return str(days[0]) if len(days) == 1 else f"{days[0]} to {days[-1]} ({len(days)} days)"


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items()) if count)


def _sum(parts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for part in parts:
        for name, count in part.items():
            total[name] = total.get(name, 0) + count
    return total
