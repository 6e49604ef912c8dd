"""The roster: which account belongs to whom, as the user wrote it."""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

import polars as pl

from schemas import contract
from schemas.columns import PLATFORMS
from schemas.reference import Roster
from transforms.cells import parse
from transforms.cells.parse import Parsed
from transforms.headers import normalise_header
from transforms.reading.tables import Limits, TextTable, read_tables

_REQUIRED = ("platform", "handle")
_OPTIONAL = (
    "account_id",
    "creator_id",
    "display_name",
    "category",
    "country",
    "market",
    "currency",
    "time_zone",
    "followers",
    "followers_observed_on",
    "alias_of",
    "valid_from",
)
_PLATFORM_NAMES = {name: name for name in PLATFORMS}


class RosterError(ValueError):
    """The roster cannot be used at all."""


@dataclass(frozen=True)
class RosterReading:
    """The rows of one roster file that can be used, and what is wrong with the others.

    Attributes
    ----------
    rows
        Grain (platform, account_handle, valid_from), contract Roster.
    problems
        One sentence per cell that breaks a rule: row, column, rule, what stood there.
    """

    rows: pl.DataFrame = field(repr=False)
    problems: tuple[str, ...]


@lru_cache(maxsize=32)  # every mart of every day of a backfill asks for the same few versions
def read_roster(content: bytes, arrived_on: date) -> RosterReading:
    """Read `roster.csv`.

    Parameters
    ----------
    arrived_on
        Holds as `valid_from` where the file has no such column, or a row leaves it blank.

    Raises
    ------
    RosterError
        If a required header is missing or the file is no table.
    """
    tables = read_tables(content, "roster.csv", Limits())
    if len(tables) != 1:
        raise RosterError(f"roster.csv holds {len(tables)} tables; it must hold one")
    text, unknown = _named(tables[0])
    columns = _columns(arrived_on)
    frame = text.with_columns(
        *(column.value.alias(name) for name, column in columns.items()),
        *(column.failed.alias(f"failed {name}") for name, column in columns.items()),
    )
    checks = _checks(columns)
    broken = pl.any_horizontal(list(checks.values()))
    problems = [_problem(frame, message, check) for message, check in checks.items()]
    good = frame.filter(~broken).select(*contract.columns(Roster))
    repeated = good.is_duplicated() | good.select(contract.grain(Roster)).is_duplicated()
    return RosterReading(
        rows=good.unique(contract.grain(Roster), keep="last", maintain_order=True),
        problems=(
            *(f"roster.csv: header {name!r} is not known and was ignored" for name in unknown),
            *(problem for found in problems for problem in found),
            *_repeats(frame.filter(~broken).filter(repeated)),
        ),
    )


def no_roster() -> pl.DataFrame:
    """Give a roster without rows."""
    return pl.DataFrame(schema=contract.polars_schema(Roster))


def _named(table: TextTable) -> tuple[pl.DataFrame, list[str]]:
    positions: dict[str, str] = {}
    unknown = []
    for position, header in enumerate(table.header):
        name = normalise_header(header).replace(" ", "_")
        if name in (*_REQUIRED, *_OPTIONAL) and name not in positions:
            positions[name] = str(position)
        else:
            unknown.append(header)
    if missing := [name for name in _REQUIRED if name not in positions]:
        raise RosterError(
            f"roster.csv: no header {', '.join(missing)} among {', '.join(table.header)}; "
            f"the first line must name {', '.join(_REQUIRED)}"
        )
    return table.rows.select(
        "row_number",
        *(
            pl.col(positions[name]).alias(f"text {name}")
            if name in positions
            else pl.lit(None, dtype=pl.String).alias(f"text {name}")
            for name in (*_REQUIRED, *_OPTIONAL)
        ),
    ), unknown


def _columns(arrived_on: date) -> dict[str, Parsed]:
    valid_from = parse.day("text valid_from", "%Y-%m-%d")
    return {
        "platform": parse.one_of(
            "text platform", _PLATFORM_NAMES, f"one of {', '.join(PLATFORMS)}"
        ),
        "account_handle": parse.handle("text handle"),
        "account_ref": parse.identifier("text account_id"),
        "creator_id": parse.text("text creator_id"),
        "display_name": parse.text("text display_name"),
        "category": parse.text("text category"),
        "country": parse.text("text country"),
        "market": parse.text("text market"),
        "account_currency": parse.text("text currency"),
        "time_zone": parse.text("text time_zone"),
        "followers": parse.count("text followers"),
        "followers_observed_on": parse.day("text followers_observed_on", "%Y-%m-%d"),
        "alias_of": parse.handle("text alias_of"),
        "valid_from": Parsed(
            valid_from.columns,
            pl.coalesce(valid_from.value, pl.lit(arrived_on)),
            valid_from.failed,
            valid_from.rule,
        ),
    }


def _checks(columns: dict[str, Parsed]) -> dict[tuple[str, str], pl.Expr]:
    """Map (text column, rule) to what says that a row breaks it."""
    unread = {
        (column.columns[0], f"is not {column.rule}"): pl.col(f"failed {name}")
        for name, column in columns.items()
        if column.columns and column.rule
    }
    missing = {
        (f"text {name}", "is missing"): pl.col(f"text {name}").fill_null("").str.strip_chars() == ""
        for name in _REQUIRED
    }
    codes = {
        ("text country", "is not an ISO 3166-1 alpha-2 code such as DK"): ~_matches(
            "country", "^[A-Z]{2}$"
        ),
        ("text currency", "is not an ISO 4217 code such as DKK"): ~_matches(
            "account_currency", "^[A-Z]{3}$"
        ),
        ("text followers", "needs followers_observed_on, the day of the count"): (
            pl.col("followers").is_not_null() & pl.col("followers_observed_on").is_null()
        ),
    }
    return unread | missing | codes


def _matches(column: str, pattern: str) -> pl.Expr:
    return pl.col(column).str.contains(pattern).fill_null(value=True)


def _problem(frame: pl.DataFrame, check: tuple[str, str], broken: pl.Expr) -> list[str]:
    column, rule = check
    return [
        f"roster.csv row {row}: {column.removeprefix('text ')} {rule}"
        + (f"; there stands {value!r}" if value else "")
        + "; the row is left out"
        for row, value in frame.filter(broken).select("row_number", column).iter_rows()
    ]


def _repeats(rows: pl.DataFrame) -> list[str]:
    return [
        f"roster.csv row {row}: {platform}/{handle} stands more than once; the last row holds"
        for row, platform, handle in rows.select(
            "row_number", "platform", "account_handle"
        ).iter_rows()
    ]
