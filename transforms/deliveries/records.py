"""The records of one table as text under canonical names, and as the quarantine keeps them."""

from collections.abc import Mapping
from functools import cache, lru_cache

import polars as pl

from transforms.cells.typed import null_counts
from transforms.deliveries.recognition.recognition import Recognition
from transforms.export import FILLED, Export, told_column
from transforms.reading.tables import TextTable

NOT_DATA = "_not_data"
"""Helper column: why a record is no data, null where it is."""

_CARRIED = ("row_number", "surplus")


def canonical(table: TextTable, recognition: Recognition) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Give the non-blank records as text under canonical names, and notes on what was chosen.

    Returns
    -------
    tuple
        Frame with one text column per canonical column of the export (null where the file lacks
        it), in the order of the file, `row_number`, `surplus` and the helper columns; grain one
        record of the file.
    """
    export = _recognised(recognition)
    frame, notes = name_columns(table, recognition)
    frame = export.repair(frame) if export.repair else frame
    return frame.with_columns_seq(not_data_of(export)), notes


def name_columns(
    table: TextTable, recognition: Recognition
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Do as `canonical`, without putting anything right or telling what is no data."""
    export = _recognised(recognition)
    rows, filled = _not_blank(table.rows)
    chosen, notes = _choose(rows, table.header, recognition)
    ordered = sorted(chosen, key=lambda column: chosen[column])
    absent = sorted(export.canonical - set(chosen))
    frame = rows.select_seq(
        *_CARRIED,
        filled,
        *(_renamed(chosen[column], column) for column in ordered),
        *(_nothing(column) for column in absent),
        *(_told(column, recognition.told.get(column)) for column in export.vocabulary.telling),
    )
    return frame, notes


def _not_blank(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.Expr]:
    """Leave out records without a cell, and count the cells of the others that hold anything.

    Only columns with some blank cells must be looked at; where one has none, no record is blank.
    """
    counts = {name: count for name, count in null_counts(rows).items() if name != "row_number"}
    some = [pl.col(name).is_not_null() for name, count in counts.items() if 0 < count < rows.height]
    full = sum(count == 0 for count in counts.values())
    filled = pl.sum_horizontal(_number(full), *some).alias(FILLED)
    return (rows if full else rows.filter(filled > 0)), filled


def _recognised(recognition: Recognition) -> Export:
    if recognition.export is None:
        raise ValueError("only a recognised table has canonical columns")
    return recognition.export


@cache
def _nothing(column: str, dtype: pl.DataType | type[pl.DataType] = pl.String) -> pl.Expr:
    return pl.lit(None, dtype).alias(column)


@lru_cache(maxsize=1_000)
def _number(number: int) -> pl.Expr:
    return pl.lit(number, pl.UInt32)


@lru_cache(maxsize=10_000)
def _renamed(place: int, column: str) -> pl.Expr:
    return pl.col(str(place)).alias(column)


@cache
def _told(column: str, said: str | None) -> pl.Expr:
    return pl.lit(said, pl.String).alias(told_column(column))


def _choose(
    rows: pl.DataFrame, header: tuple[str, ...], recognition: Recognition
) -> tuple[dict[str, int], tuple[str, ...]]:
    """Decide which of several equal headers is meant: the first its data do not contradict."""
    chosen = {column: positions[0] for column, positions in recognition.positions.items()}
    notes = []
    for column, positions in recognition.positions.items():
        export = recognition.export
        if len(positions) == 1 or export is None or column not in export.reads:
            continue
        contradiction = export.contradictions.get(column)
        if contradiction is not None:
            chosen[column] = next(
                (
                    position
                    for position in positions
                    if not _contradicted(rows, chosen | {column: position}, contradiction)
                ),
                positions[0],
            )
        notes.append(
            f"{header[positions[0]]!r} stands {len(positions)} times: "
            f"number {positions.index(chosen[column]) + 1} is read"
        )
    return chosen, tuple(notes)


def _contradicted(rows: pl.DataFrame, chosen: Mapping[str, int], contradiction: pl.Expr) -> bool:
    named = rows.select(
        pl.col(str(chosen[column])).alias(column)
        if column in chosen
        else pl.lit(None, pl.String).alias(column)
        for column in dict.fromkeys(contradiction.meta.root_names())
    )
    return bool(named.select(contradiction.any()).item())


@cache
def not_data_of(export: Export) -> pl.Expr:
    """Tell why a record is no data, null where it is; of all records of a file together."""
    reason = pl.lit(None, pl.String)
    for kind in reversed(export.not_data):
        reason = pl.when(kind.rows).then(pl.lit(kind.reason)).otherwise(reason)
    return reason.alias(NOT_DATA)


def quarantine_records(
    table: TextTable, broken: pl.DataFrame, recognition: Recognition
) -> pl.DataFrame:
    """Give each broken rule with the header as the file writes it and the whole record.

    Returns
    -------
    pl.DataFrame
        Grain (row_number, column, rule): row_number, column, rule, value, record (JSON).
    """
    headers = {
        column: table.header[positions[0]] for column, positions in recognition.positions.items()
    }
    records = table.rows.join(broken, on="row_number", how="semi").select(
        pl.col("row_number").cast(pl.UInt32),
        pl.struct(pl.col(position).alias(name) for position, name in _record_fields(table))
        .struct.json_encode()
        .alias("record"),
    )
    return broken.with_columns(pl.col("column").replace(headers).replace("surplus", None)).join(
        records, on="row_number", how="left", validate="m:1", maintain_order="left"
    )


def _record_fields(table: TextTable) -> list[tuple[str, str]]:
    """Pair each column of cells with a header; a repeated one gets its number."""
    fields: list[tuple[str, str]] = []
    seen: dict[str, int] = {}
    for position, name in enumerate(table.header):
        seen[name] = seen.get(name, 0) + 1
        fields.append((str(position), name if seen[name] == 1 else f"{name} ({seen[name]})"))
    return [*fields, ("surplus", "beyond the header")]
