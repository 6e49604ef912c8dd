"""LinkedIn page, content export, sheet Metrics: what all posts earned per day, in UTC.

Impressions, clicks, reactions, comments and reposts stand three times: organic, sponsored and
their total, of which the total is stored. People reached are told of organic posts alone, so on a
day with sponsored impressions nothing tells the reach. Figures of the last two days still grow.
"""

from dataclasses import replace

import polars as pl

from transforms.cells import parse
from transforms.cells.days import DAY, day_of
from transforms.cells.parse import Parsed
from transforms.export import CrossCheck, Export
from transforms.exports.linkedin.conventions import dated
from transforms.vocabulary import read_vocabulary

NAMES = read_vocabulary(__name__)

TOTALS = {
    "impressions": parse.count("impressions"),
    "clicks": parse.count("clicks"),
    "likes_net": parse.signed_count("reactions"),
    "comments_net": parse.signed_count("comments"),
    "shares_net": parse.signed_count("reposts"),
}


def _reach() -> Parsed:
    people = parse.count("unique_impressions_organic")
    is_organic = parse.count("impressions_sponsored").value == 0
    columns = (*people.columns, "impressions_sponsored")
    return replace(people.with_value(pl.when(is_organic).then(people.value)), columns=columns)


def _sum_of_parts(metric: str, total: Parsed) -> CrossCheck:
    (column,) = total.columns
    organic, sponsored = (parse.signed_count(f"{column}_{part}") for part in PARTS)
    return CrossCheck(
        name="organic + sponsored = total",
        metric=metric,
        said=total.value,
        found=organic.value + sponsored.value,
    )


PARTS = ("organic", "sponsored")
_PART_COLUMNS = frozenset(
    f"{total.columns[0]}_{part}" for total in TOTALS.values() for part in PARTS
)

EXPORT = Export(
    name="linkedin_page_metrics",
    platform="linkedin",
    title="LinkedIn page content, Metrics, daily",
    vocabulary=NAMES,
    tables=("account_day",),
    columns={"day": day_of("date"), **TOTALS, "reach": _reach()},
    key="date",
    optional=frozenset({"clicks", "reactions", "comments", "reposts", "unique_impressions_organic"})
    | _PART_COLUMNS,
    cross_checks=tuple(_sum_of_parts(metric, total) for metric, total in TOTALS.items()),
    derive=dated,
    days_inside=pl.col(DAY),
    days_covered=pl.col(DAY),
    source="A real export of 2025, read 2026-11-23; Portuguese, Spanish and older names from "
    "public programs that read such files, read that day",
    where="LinkedIn page, as admin > Analytics > Content > Export; keep the file's name",
)
