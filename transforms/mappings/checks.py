"""What must hold between the keys of a mapping, its kinds and its columns."""

from collections.abc import Iterator, Mapping, Set
from typing import Any, Literal, get_args
from zoneinfo import available_timezones

from schemas.columns import PLATFORMS
from schemas.contract import Column
from transforms.briefs.problems import did_you_mean, shown
from transforms.cells.written_numbers import Decimal
from transforms.mappings.cells import SHOWN, Cells, is_money
from transforms.mappings.days import has_time, has_zone
from transforms.vocabulary import CURRENCY

Catalogue = Literal["complete", "top"]
IDENTIFYING = ("post_id", "account_ref", "day")
"""Columns that tell the records of a file apart; the first that is mapped is the key."""


def problems_of(
    told: Mapping[str, Any],
    kinds: tuple[str, ...],
    columns: Mapping[str, Cells],
    schema: Mapping[str, Column],
    needed: Set[str],
) -> Iterator[str]:
    """Say what is wrong between the keys of a mapping and the columns it names.

    Parameters
    ----------
    told
        The whole file.
    columns
        Those below `[columns]` that are right by themselves.
    schema
        Contract columns of the kinds.
    needed
        Those that only the file can tell.
    """
    yield from _platform_problems(told, columns, kinds)
    yield from _choices(told)
    lacking = needed - set(told["columns"])
    for column in sorted(lacking):
        yield (
            f"columns: {' and '.join(kinds)} cannot be without {column} "
            f"({schema[column].description}); name its header"
        )
    yield from _date_problems(told, columns)
    yield from _money_problems(columns, schema)
    if "post" in kinds and "catalogue" not in told:
        yield (
            'catalogue: a list of posts says whether it has all of them; write "complete" or "top"'
        )
    yield from _key_problems(told, columns)
    yield from _shown_names(columns, kinds)
    yield from _repeated_headers(columns)


def _platform_problems(
    told: Mapping[str, Any], columns: Mapping[str, Cells], kinds: tuple[str, ...]
) -> Iterator[str]:
    platform = told.get("platform")
    if platform is None and "platform" not in columns:
        yield f"platform: missing; write one of {', '.join(PLATFORMS)}, or map a column to platform"
    if platform is not None and platform not in PLATFORMS:
        yield (
            f"platform: {shown(platform)} is no network that has tables here; "
            f"{did_you_mean(str(platform), PLATFORMS)}, or leave the file: of another network it "
            "stays archived, and is loaded nowhere"
        )
    if platform is not None and "platform" in columns:
        yield "platform: told by a column and as a key; keep one of the two"
    if "platform" in columns and "account_ref" not in columns:
        yield "columns.platform: a file of several networks must name each account_ref, too"
    if "observed_on" in columns and "listing" not in kinds and "platform" not in columns:
        yield "columns.observed_on: only a list has a day of its own per record; leave it out"


def _choices(told: Mapping[str, Any]) -> Iterator[str]:
    for key, allowed in (("decimal", get_args(Decimal)), ("catalogue", get_args(Catalogue))):
        if key in told and told[key] not in allowed:
            yield f"{key}: {shown(told[key])} is none of {', '.join(map(repr, allowed))}"
    zone = told.get("time_zone")
    if zone is not None and not (isinstance(zone, str) and zone in available_timezones()):
        yield f"time_zone: {shown(zone)} is no IANA zone; write it as Europe/Copenhagen"
    for key in ("title", "source", "language", "where", "key"):
        if key in told and not (isinstance(told[key], str) and told[key].strip()):
            yield f"{key}: {shown(told[key])} is no text"


def _date_problems(told: Mapping[str, Any], columns: Mapping[str, Cells]) -> Iterator[str]:
    written = columns["published_at"].written if "published_at" in columns else None
    if written and has_time(written) and not has_zone(written) and not told.get("time_zone"):
        yield (
            "time_zone: published_at has a time of day and no offset; say which zone it is in, "
            "as Europe/Copenhagen or UTC"
        )


def _money_problems(columns: Mapping[str, Cells], schema: Mapping[str, Column]) -> Iterator[str]:
    for name, cells in columns.items():
        in_header = any(CURRENCY in header for header in cells.headers)
        if is_money(schema[name]) and not (cells.currency or in_header or "currency" in columns):
            yield (
                f'columns.{name}: money without a currency; add currency = "DKK", write the header '
                f'as "Revenue ({CURRENCY})", or map a column to currency'
            )
        if cells.currency and not is_money(schema[name]):
            yield f"columns.{name}: {schema[name].description} has no currency; leave it out"


def _key_problems(told: Mapping[str, Any], columns: Mapping[str, Cells]) -> Iterator[str]:
    key = told.get("key")
    if key is not None and not (isinstance(key, str) and key in columns):
        yield f"key: {shown(key)} is no column that is mapped; {did_you_mean(str(key), columns)}"
    if key is None and not any(one in columns for one in IDENTIFYING):
        yield (
            "key: nothing tells the records apart; map one of "
            f"{', '.join(IDENTIFYING)}, or name the column that does"
        )
    not_data = told.get("not_data", {})
    if not isinstance(not_data, dict):
        yield 'not_data: write [not_data] and below it a column with its words: day = ["Total"]'
        return
    for column, words in not_data.items():
        if column not in columns:
            yield f"not_data.{column}: is not mapped; {did_you_mean(column, columns)}"
        if not (isinstance(words, list) and all(isinstance(word, str) for word in words)):
            yield f'not_data.{column}: {shown(words)} is no list of words; write it as ["Total"]'


def _shown_names(columns: Mapping[str, Cells], kinds: tuple[str, ...]) -> Iterator[str]:
    account = columns.get("account_ref")
    if account and account.written == SHOWN and "listing" not in kinds:
        yield (
            'columns.account_ref: as = "name" is for lists, whose accounts join nothing; '
            'map the handle, a link (as = "link") or an id'
        )
    if account and account.written == SHOWN and "account_name" in columns:
        yield 'columns.account_name: account_ref as = "name" gives it already; leave it out'


def _repeated_headers(columns: Mapping[str, Cells]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for name, cells in columns.items():
        for header in cells.headers:
            if (other := seen.setdefault(header.casefold(), name)) != name:
                yield (
                    f"columns.{name}: {shown(header)} is the header of {other}, too; a header is "
                    "one column"
                )
