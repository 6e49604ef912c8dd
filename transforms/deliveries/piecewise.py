"""A large file: surveyed by the columns that decide for all of it, then read piece by piece.

What only the whole of a file tells (the export, the account, days whose order shows in others, the
newest of them, Total rows) is told by few of its columns. These are held for the whole file; all
others lie in memory for one piece at a time.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import PurePath

import polars as pl

from schemas.files import SourceFile
from transforms.cells.parse import Parsed
from transforms.deliveries.checks.adding_up import summed
from transforms.deliveries.checks.totals import TOTAL
from transforms.deliveries.recognition.headerless import with_header
from transforms.deliveries.recognition.headers import (
    not_ruled_out,
    positions_looked_at,
    recognise_by_names,
)
from transforms.deliveries.recognition.recognition import Recognition
from transforms.deliveries.recognition.suggestion import SAMPLE
from transforms.deliveries.records import name_columns, not_data_of
from transforms.deliveries.survey import Surveyed
from transforms.export import FILLED, Export, told_column
from transforms.reading.ahead import one_ahead
from transforms.reading.pieces import NotCleanError, Pieces, open_pieces
from transforms.reading.tables import Limits, TextTable

_MOST_SURVEYS = 2
"""The first piece can take the file for another export than the whole does."""


def survey_in_pieces(
    file: SourceFile, limits: Limits, exports: Mapping[str, Export]
) -> Surveyed | None:
    """Recognise a large clean file; nothing where it must be read at once.

    Clean is a table of UTF-8 text with regular quotes, which its headers tell, each of them once,
    and whose export declares what decides for the whole of it.

    Raises
    ------
    ReadingError
        As `read_tables`.
    """
    pieces = open_pieces(file.content, PurePath(file.member or file.path).name, limits)
    if pieces is None:
        return None
    try:
        return _survey(file, pieces, exports)
    except NotCleanError:
        return None


def records_in_pieces(
    entry: Surveyed, data: pl.DataFrame
) -> Iterator[tuple[TextTable, pl.DataFrame]]:
    """Give the records that are data piece by piece, with what the whole told of them.

    Parameters
    ----------
    data
        The deciding columns of all of them, derived ones among them.

    Yields
    ------
    tuple
        The piece as the file has it; its records that are data, as `canonical` gives them, with
        the derived columns.
    """
    if entry.pieces is None:
        raise ValueError("the table was surveyed at once")
    numbers = data.get_column("row_number")
    begin = 0
    for piece in one_ahead(entry.pieces.tables()):
        text = _named(piece, entry.recognition)
        if text.is_empty():
            continue
        end = int(numbers.search_sorted(text.item(-1, "row_number"), side="right"))
        own = data.slice(begin, end - begin)
        begin = end
        if own.height < text.height:
            text = text.filter(pl.col("row_number").is_in(own.get_column("row_number").implode()))
        if not text.get_column("row_number").equals(own.get_column("row_number")):
            raise AssertionError(f"{entry.file.label}: pieces disagree with the whole")
        yield piece, text.with_columns(own.drop("row_number").get_columns())


def _survey(file: SourceFile, pieces: Pieces, exports: Mapping[str, Export]) -> Surveyed | None:
    first = next(pieces.tables(), None)
    if first is None or with_header(first, file, exports) is not first:
        return None
    possible = not_ruled_out(first, exports, file.platform)
    looked_at = [str(place) for place in sorted(positions_looked_at(first.header, possible))]
    recognition = recognise_by_names(first, possible, file.platform)
    for _ in range(_MOST_SURVEYS):
        if recognition is None or not _is_told(recognition):
            return None
        held = _hold(pieces, recognition, looked_at)
        whole = replace(first, rows=_looked_at(held, looked_at))
        of_whole = recognise_by_names(whole, possible, file.platform)
        if of_whole == recognition:
            return _surveyed(file, pieces, first, recognition, held)
        recognition = of_whole
    return None


def _is_told(recognition: Recognition) -> bool:
    """Tell whether its export says what decides for a whole, and no header is to be chosen."""
    export = _export(recognition)
    return deciding_columns(export) is not None and not any(
        len(places) > 1 and column in export.reads
        for column, places in recognition.positions.items()
    )


def _hold(pieces: Pieces, recognition: Recognition, looked_at: Sequence[str]) -> pl.DataFrame:
    """Give the deciding columns of all records, and as `#<place>` those that are looked at."""
    export = _export(recognition)
    deciding = sorted(deciding_columns(export) or ())
    held = ["row_number", *(told_column(column) for column in export.vocabulary.telling)]
    some = None
    if reads_whole_records(export):
        held.append(FILLED)
    else:
        named = {name: at for name, at in recognition.positions.items() if name in deciding}
        recognition = replace(recognition, positions=named)
        some = sorted({*looked_at, *(str(places[0]) for places in named.values())}, key=int)
    return pl.concat(
        _named(piece, recognition)
        .select(*held, *deciding)
        .hstack([piece.rows.get_column(place).alias(f"#{place}") for place in looked_at])
        for piece in one_ahead(pieces.tables(some))
    )


def _looked_at(held: pl.DataFrame, places: Sequence[str]) -> pl.DataFrame:
    return held.select("row_number", *(pl.col(f"#{place}").alias(place) for place in places))


def _surveyed(
    file: SourceFile,
    pieces: Pieces,
    first: TextTable,
    recognition: Recognition,
    held: pl.DataFrame,
) -> Surveyed:
    export = _export(recognition)
    text = held.select(pl.exclude(r"^#\d+$"))
    if export.repair and export.repairs == "file":
        text = export.repair(text)
    return Surveyed(
        file=file,
        table=replace(first, rows=first.rows.head(SAMPLE)),
        recognition=recognition,
        export=export,
        text=text.with_columns(not_data_of(export)),
        notes=first.notes,
        pieces=pieces,
    )


def _export(recognition: Recognition) -> Export:
    if recognition.export is None:
        raise ValueError("only a recognised table has an export")
    return recognition.export


def _named(piece: TextTable, recognition: Recognition) -> pl.DataFrame:
    export = _export(recognition)
    text, _ = name_columns(piece, recognition)
    return export.repair(text) if export.repair and export.repairs == "records" else text


@cache
def deciding_columns(export: Export) -> frozenset[str] | None:
    """Give the canonical columns that decide for the whole of a file; null where all may."""
    opaque = (
        export.repair if export.repairs == "file" else None,
        export.derive,
        export.refusal,
        export.keeping,
        export.said_on,
        export.remarks,
    )
    is_other = not export.tables or bool(export.titles) or export.complete is not None
    if is_other or (export.settled_by is None and any(opaque)):
        return None
    read = {
        name
        for expression in (*_expressions(export), *_account(export), *_totals(export))
        for name in expression.meta.root_names()
    }
    read.update(column for check in export.cross_checks for column in check.by)
    read.update(export.columns["post_id"].columns if "post_id" in export.columns else ())
    return frozenset((read | {export.key} | (export.settled_by or set())) & export.canonical)


@cache
def reads_whole_records(export: Export) -> bool:
    """Tell whether what decides for the whole of a file looks at more than cells of its columns."""
    read = {name for expression in _expressions(export) for name in expression.meta.root_names()}
    is_repaired = export.repair is not None and export.repairs == "records"
    return is_repaired or FILLED in read | (export.settled_by or set())


def _expressions(export: Export) -> Iterator[pl.Expr]:
    yield from (kind.rows for kind in export.not_data)
    for check in export.cross_checks:
        yield from (check.said, check.found)
    yield from (days for days in (export.days_inside, export.days_covered) if days is not None)


def _account(export: Export) -> Iterator[pl.Expr]:
    told = (export.columns.get(name) for name in ("account_ref", "account_handle"))
    yield from (parsed.value for parsed in told if isinstance(parsed, Parsed))


def _totals(export: Export) -> Iterator[pl.Expr]:
    """Give the readings of figures that are held against a Total, own or of a report beside."""
    has_total = any(kind.reason == TOTAL for kind in export.not_data)
    if has_total or export.tables == ("account_day",):
        for parsed in summed(export).values():
            yield from (parsed.value, parsed.failed)
