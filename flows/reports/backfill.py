"""What a backfill changed, as a person reads it: before and after, by table and by day."""

from collections.abc import Iterable, Sequence
from dataclasses import astuple
from datetime import date

from flows.reports.markup import link, table
from flows.reports.run import MartReport, Report
from flows.reports.text import span
from transforms.difference import Difference

ASKED = {
    "start": "First day",
    "end": "Last day",
    "only_stale": "Only stale days",
    "platforms": "Platforms",
    "creators": "Creators",
    "knowledge": "Knowledge",
    "cutoff": "Cutoff",
    "reason": "Reason",
}
"""Fields of the request to the titles that the form gives them."""

_COLUMNS = ("before", "after", "added", "removed", "changed")


def backfill_lines(report: Report) -> list[str]:
    """Write what a backfill changed, a line a table, for a terminal."""
    is_dry = bool(report.request.get("dry_run"))
    said = [f"  deliveries {len(report.deliveries)} used for the first time"]
    for mart, found in _by_table(report):
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
        said.append(f"  mart.{mart:<24} {verb}{counts or 'no row differs'}")
    return said


def backfill_markdown(report: Report, quarantine_url: str | None = None) -> str:
    """Write what a backfill changed as the artifact of its run.

    Parameters
    ----------
    quarantine_url
        Page of the Prefect UI that tells of the records in quarantine.
    """
    is_dry = bool(report.request.get("dry_run"))
    is_of_some = bool(report.request.get("platforms") or report.request.get("creators"))
    text = [
        f"# {'Dry run of a backfill' if is_dry else 'Backfill'} of {span(report.days)}",
        "",
        f"{_in_short(report, is_dry)} "
        + ("Nothing was kept." if is_dry else f"Published: {report.published.how}."),
        "",
        *_request(report),
        "## Rows by table",
        "",
        *_counts("table", ((f"mart.{one}", found) for one, found in _by_table(report)), is_of_some),
        "",
        "## Rows by day",
        "",
        *_counts("day", _by_day(report), is_of_some),
        "",
    ]
    if is_of_some:
        text += [
            "`others`: how many of the added, removed and changed rows belong to accounts that "
            "were not asked for. A day is built for everyone, and percentiles compare accounts.",
            "",
        ]
    return "\n".join([*text, *_deliveries(report, quarantine_url)])


def _in_short(report: Report, is_dry: bool) -> str:
    if not report.days:
        return "No day is to be built."
    found = _sum(report.marts)
    if found.is_none:
        return "No row differs from what is there."
    would_be = "would be " if is_dry else ""
    return (
        f"Rows: {found.added:,} {would_be}added, {found.removed:,} removed, {found.changed:,} "
        "changed."
    )


def _request(report: Report) -> list[str]:
    asked = {title: report.request.get(field) for field, title in ASKED.items()}
    return [*table(["asked", ""], ((t, _value(v)) for t, v in asked.items() if v)), ""]


def _counts(
    name: str, rows: Iterable[tuple[object, Difference]], is_of_some: bool
) -> Sequence[str]:
    columns = {column: column for column in _COLUMNS}
    if is_of_some:
        columns["others"] = "of_others"
    cells = ([one, *(getattr(found, field) for field in columns.values())] for one, found in rows)
    return table([name, *columns], cells, numbers=" ".join(columns))


def _deliveries(report: Report, quarantine_url: str | None) -> list[str]:
    if not report.deliveries:
        return ["No delivery is used for the first time."]
    return [
        f"## Deliveries used for the first time: {len(report.deliveries)}",
        "",
        *(f"- `{delivery}`" for delivery in report.deliveries),
        "",
        f"Records of theirs that broke a rule stand {link('in quarantine', quarantine_url)} "
        "(`creator-metrics quarantine`, `ops.quarantine`).",
    ]


def _value(value: object) -> str:
    if value is True:
        return "yes"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _by_table(report: Report) -> list[tuple[str, Difference]]:
    tables: dict[str, list[MartReport]] = {}
    for one in report.marts:
        tables.setdefault(one.table, []).append(one)
    return [(mart, _sum(found)) for mart, found in tables.items()]


def _by_day(report: Report) -> list[tuple[date, Difference]]:
    days: dict[date, list[MartReport]] = {}
    for one in report.marts:
        days.setdefault(one.as_of, []).append(one)
    return [(day, _sum(found)) for day, found in days.items()]


def _sum(marts: Iterable[MartReport]) -> Difference:
    parts = (astuple(one.difference or _unchanged(one)) for one in marts)
    return Difference(*map(sum, zip(*parts, strict=True)))


def _unchanged(mart: MartReport) -> Difference:
    return Difference(before=mart.rows, after=mart.rows, added=0, removed=0, changed=0)
