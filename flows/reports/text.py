"""A run's report as a person reads it: lines for a terminal, Markdown for the Prefect UI."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from flows.reports.markup import escape, link, section, table
from flows.reports.run import MartReport, Report


def lines(report: Report) -> list[str]:
    """Write the report for a terminal."""
    days = span(report.days)
    said = [
        f"{report.run}: as of {days}, knowledge {report.knowledge}",
        f"  arrived    {report.collected.deliveries} deliveries, {report.collected.files} files",
        f"  files      {_counts(report.files) or 'none to read'}",
        f"  records    {_counts(report.rows) or 'none'}",
        f"  marts      {_marts(report)}",
        f"  findings   {_counts(report.published.findings) or 'none'}",
        f"  published  {report.published.path} ({report.published.how})",
    ]
    said += [f"  missing    {text}" for text in _missing(report.missing)]
    said += [f"  waits      {text}" for text in report.collected.waiting]
    said += [f"  left       {text}" for text in report.collected.refused]
    said += [f"  reference  {text}" for text in report.collected.reference_problems]
    said += [f"  defect     {text}" for one in report.readings for text in one.defects]
    said += [f"  tier       {text}" for text in report.tier_changes]
    said += [f"  fit        {text}" for text in report.fit_changes]
    if report.is_unchanged:
        said.append("  nothing new: no table was changed")
    return [line.replace("\n", "\\n").replace("\r", "\\r") for line in said]


def markdown(report: Report, pages: Mapping[str, str | None] | None = None) -> str:
    """Write the report of a night as the summary artifact of its run.

    Parameters
    ----------
    pages
        Addresses of the pages `data-quality` and `freshness`, where there is a UI.
    """
    pages = pages or {}
    text = [
        f"# {escape(report.run)}",
        "",
        f"As of **{span(report.days)}**, knowledge **{report.knowledge}**. "
        + ("No table was changed." if report.is_unchanged else ""),
        "",
        "What is in quarantine, does not add up or was refused: "
        f"{link('data quality', pages.get('data-quality'))}. "
        f"Whom to ask for a newer export: {link('freshness', pages.get('freshness'))}.",
        "",
        *table(("tonight", "count"), _tonight(report), numbers="count"),
        *section("Days without a night", _missing(report.missing)),
        *section("Tier changes", report.tier_changes),
        *section("Who entered and left each brief's list", report.fit_changes),
        *section("Left in the inbox", report.collected.waiting + report.collected.refused),
        *section("Reference data", report.collected.reference_problems),
        *section("Defects", tuple(t for one in report.readings for t in one.defects)),
        "",
        "## Tables",
        "",
        *table(("table", "as of", "rows", "partition"), _partitions(report.marts), numbers="rows"),
        "",
        f"Published: {report.published.size_bytes:,} bytes ({escape(report.published.how)}).",
    ]
    return "\n".join(text)


def _tonight(report: Report) -> Iterator[tuple[str, int]]:
    """Count what arrived, what became of it, and what was found in it."""
    yield "deliveries", report.collected.deliveries
    yield from ((f"files {status}", count) for status, count in sorted(report.files.items()))
    yield "records in", report.rows.get("rows_in", 0)
    yield "records loaded", report.rows.get("loaded", 0)
    yield "records quarantined", report.rows.get("quarantined", 0)
    yield "records that are no data", report.rows.get("not_data", 0)
    yield from sorted(report.published.findings.items())
    yield "tiers changed", len(report.tier_changes)
    yield "days without a night", len(report.missing)


def _partitions(marts: Iterable[MartReport]) -> Iterator[tuple[str, date, int, str]]:
    for one in marts:
        yield f"mart.{one.table}", one.as_of, one.rows, "built" if one.is_built else "kept"


def _missing(days: tuple[date, ...]) -> tuple[str, ...]:
    """Name each stretch of days that no night built, with the command that builds them."""
    starts = [day for day in days if day - timedelta(days=1) not in days]
    ends = [day for day in days if day + timedelta(days=1) not in days]
    return tuple(
        f"{span(tuple(sorted({start, end})))}: creator-metrics backfill {start} {end} builds them"
        for start, end in zip(starts, ends, strict=True)
    )


def _marts(report: Report) -> str:
    built = sum(one.is_built for one in report.marts)
    return f"{built} built, {len(report.marts) - built} already there"


def span(days: tuple[date, ...]) -> str:
    """Name a run's days in a few words."""
    if not days:
        return "no day"
    return str(days[0]) if len(days) == 1 else f"{days[0]} to {days[-1]} ({len(days)} days)"


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items()) if count)
