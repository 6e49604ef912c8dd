"""From the files of a delivery to recognised tables, or to the reason why one is not read."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath

from schemas.files import FileReading, SourceFile
from transforms.deliveries.evidence.network import settle_networks
from transforms.deliveries.outcome import DEFECTS, defect, nothing
from transforms.deliveries.piecewise import survey_in_pieces
from transforms.deliveries.recognition.headerless import with_header
from transforms.deliveries.recognition.recognition import Recognition
from transforms.deliveries.recognition.suggestion import explain, suggest
from transforms.deliveries.recognition.title import recognise_any
from transforms.deliveries.records import canonical
from transforms.deliveries.survey import Surveyed
from transforms.export import Export
from transforms.reading.errors import ReadingError
from transforms.reading.tables import Limits, TextTable, read_tables


def survey_files(
    files: Sequence[SourceFile],
    limits: Limits,
    exports: Mapping[str, Export],
    *,
    in_pieces: bool = False,
) -> list[Surveyed | FileReading]:
    """Recognise every table of every file and settle its network, in the order of the files.

    Parameters
    ----------
    in_pieces
        Whether large files may be surveyed for reading in pieces.
    """
    found = [entry for file in files for entry in _survey_file(file, limits, exports, in_pieces)]
    return _with_networks(found)


def _survey_file(
    file: SourceFile, limits: Limits, exports: Mapping[str, Export], in_pieces: bool
) -> Iterator[Surveyed | FileReading]:
    try:
        if in_pieces and (large := survey_in_pieces(file, limits, exports)):
            yield _unless_kept(large)
            return
        tables = read_tables(file.content, PurePath(file.member or file.path).name, limits)
        entries = [
            _survey_table(file, table, recognition, exports.get(recognition.nearest or ""))
            for found in tables
            for recognition, table in recognise_any(
                with_header(found, file, exports), exports, file.platform
            )
        ]
    except ReadingError as error:
        yield nothing(file, "unrecognised", str(error))
    except DEFECTS as error:
        yield nothing(file, "refused", defect(error))
    else:
        yield from entries or [nothing(file, "unrecognised", "holds no table")]


def _survey_table(
    file: SourceFile, table: TextTable, recognition: Recognition, nearest: Export | None
) -> Surveyed | FileReading:
    if recognition.export is None or recognition.reason:
        suggestions = suggest(table, recognition, nearest) if nearest else ()
        return nothing(
            file,
            "refused" if recognition.export else "unrecognised",
            explain(recognition, nearest, suggestions),
            sheet=table.sheet,
            export=recognition.export.name if recognition.export else None,
            language=recognition.language,
            nearest_export=recognition.nearest,
            missing_headers=recognition.missing,
            unknown_headers=recognition.unknown,
            suggestions=suggestions,
            notes=tuple(table.notes),
        )
    if recognition.export.kept:
        return _keep(file, table, recognition, recognition.export)
    text, notes = canonical(table, recognition)
    return _unless_kept(
        Surveyed(
            file=file,
            table=table,
            recognition=recognition,
            export=recognition.export,
            text=text,
            notes=(*table.notes, *notes),
        )
    )


def _keep(
    file: SourceFile, table: TextTable, recognition: Recognition, export: Export
) -> FileReading:
    """Say what a recognised table is that fills no table of ours."""
    header = table.header[recognition.positions[export.key][0]].replace("\u00ad", "")
    reason = str(export.kept).format(key=repr(header))
    return _kept(file, table, recognition, export, reason)


def _unless_kept(entry: Surveyed) -> Surveyed | FileReading:
    """Give the table, or why it fills none although others of its export do."""
    keeping, named = entry.export.keeping, entry.named_period
    if keeping is None:
        return entry
    reason = keeping(entry.data, (named.start, named.end) if named else None)
    if reason is None:
        return entry
    return _kept(entry.file, entry.table, entry.recognition, entry.export, reason)


def _kept(
    file: SourceFile, table: TextTable, recognition: Recognition, export: Export, reason: str
) -> FileReading:
    return nothing(
        file,
        "kept",
        reason,
        sheet=table.sheet,
        platform=file.platform if recognition.rivals else export.platform,
        export=export.name,
        language=recognition.language,
        notes=tuple(table.notes),
    )


def _with_networks(found: Sequence[Surveyed | FileReading]) -> list[Surveyed | FileReading]:
    """Refuse the tables whose network nothing tells."""
    settled = settle_networks([entry for entry in found if isinstance(entry, Surveyed)])
    return [
        entry if isinstance(entry, FileReading) else _or_refusal(entry, settled[entry])
        for entry in found
    ]


def _or_refusal(entry: Surveyed, settled: Surveyed | str) -> Surveyed | FileReading:
    if isinstance(settled, Surveyed):
        return settled
    return nothing(
        entry.file,
        "refused",
        settled,
        sheet=entry.table.sheet,
        language=entry.recognition.language,
        notes=entry.notes,
    )
