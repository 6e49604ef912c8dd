"""What a backfill changed, as a person reads it: before and after, by table and by day."""

from collections.abc import Iterable
from dataclasses import astuple
from datetime import date

from flows.reports.markup import escape
from flows.reports.run import MartReport, Report
from flows.reports.text import span
from transforms.difference import Difference

_ASKED = ("start", "end", "platforms", "creators", "knowledge", "cutoff", "only_stale", "reason")
_HEAD = "rows before | rows after | added | removed | changed | of others |"
_NUMBERS = "---:|---:|---:|---:|---:|---:|"


def backfill_lines(report: Report) -> list[str]:
    """Write what a backfill changed, a line a table, for a terminal."""
    is_dry = bool(report.request.get("dry_run"))
    said = [f"  deliveries {len(report.deliveries)} used for the first time"]
    for table, found in _by_table(report.marts):
        counts = ", ".join(
            f"{count} {name}"
            for name, count in (
                ("added", found.added),
                ("removed", found.removed),
                ("changed", found.changed),
            )
            if count
        )
        verb = "would be " if is_dry and counts else ""
        said.append(f"  mart.{table:<24} {verb}{counts or 'no row differs'}")
    return said


def backfill_markdown(report: Report, quarantine_url: str | None = None) -> str:
    """Write what a backfill changed as the artifact of its run.

    Parameters
    ----------
    quarantine_url
        Page of the Prefect UI that tells of the records in quarantine.
    """
    is_dry = bool(report.request.get("dry_run"))
    where = f"[in quarantine]({quarantine_url})" if quarantine_url else "in quarantine"
    text = [
        f"# {'Dry run of a backfill' if is_dry else 'Backfill'} of {span(report.days)}",
        "",
        "Nothing was kept: these are the changes it would make."
        if is_dry
        else f"Published: {report.published.how}.",
        "",
        "| asked | |",
        "|---|---|",
        *(f"| {name} | {escape(_value(report.request.get(name)))} |" for name in _ASKED),
        f"| deliveries used for the first time | {len(report.deliveries)} |",
        "",
        f"Records of these deliveries that broke a rule stand {where} "
        "(`creator-metrics quarantine`, `ops.quarantine`).",
        "",
        "## By table",
        "",
        f"| table | {_HEAD}",
        f"|---|{_NUMBERS}",
        *(f"| mart.{table} | {_counts(found)} |" for table, found in _by_table(report.marts)),
        "",
        "A row of others belongs to accounts that were not asked for: percentiles compare.",
        "",
        "## By day",
        "",
        f"| day | {_HEAD}",
        f"|---|{_NUMBERS}",
        *(f"| {day} | {_counts(found)} |" for day, found in _by_day(report.marts)),
    ]
    if report.deliveries:
        text += ["", "## Deliveries used for the first time", ""]
        text += [f"- `{delivery}`" for delivery in report.deliveries]
    return "\n".join(text)


def _value(value: object) -> str:
    if value in (None, "", [], ()):
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _by_table(marts: Iterable[MartReport]) -> list[tuple[str, Difference]]:
    tables: dict[str, list[MartReport]] = {}
    for one in marts:
        tables.setdefault(one.table, []).append(one)
    return [(table, _sum(found)) for table, found in tables.items()]


def _by_day(marts: Iterable[MartReport]) -> list[tuple[date, Difference]]:
    days: dict[date, list[MartReport]] = {}
    for one in marts:
        days.setdefault(one.as_of, []).append(one)
    return [(day, _sum(found)) for day, found in days.items()]


def _sum(marts: Iterable[MartReport]) -> Difference:
    parts = (astuple(one.difference or _unchanged(one)) for one in marts)
    return Difference(*map(sum, zip(*parts, strict=True)))


def _unchanged(mart: MartReport) -> Difference:
    return Difference(before=mart.rows, after=mart.rows, added=0, removed=0, changed=0)


def _counts(found: Difference) -> str:
    return " | ".join(f"{count:,}" for count in astuple(found))
