"""Names of headers against real files: what a file had is marked as seen, the rest is counted."""

from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest

from tests.transforms.test_real_exports import EXPORTS as FOLDER
from tests.transforms.test_real_exports import deliveries, files_of, is_of_information
from transforms.deliveries.intake import survey_files
from transforms.deliveries.survey import Surveyed
from transforms.exports import EXPORTS
from transforms.headers import normalise_header
from transforms.reading.limits import Limits
from transforms.vocabulary import CURRENCY, Name

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason=f"the real exports are not at {FOLDER}: nothing to read"
)

ELSEWHERE = {
    "facebook": 59, "instagram": 22, "linkedin": 5, "lists": 25, "tiktok": 1, "x": 1, "youtube": 57,
}  # fmt: skip
"""Names marked as seen that stand in none of the files here: those who marked them had another
public file before them, which the export's `source` names. A mark that is new to this count says
that there was one more; a name that only a page or a program has is `documentation`."""

Spelled = tuple[str, str, Name]
"""Export, canonical column and the name of a header that stands in a real file."""


@cache
def surveyed() -> list[Surveyed]:
    """Survey the real files, without Instagram's JSON, whose tables have headers of ours."""
    return [
        entry
        for folder in deliveries()
        for entry in survey_files(
            [file for file in files_of(folder) if not is_of_information(file)], Limits(), EXPORTS
        )
        if isinstance(entry, Surveyed)
    ]


def headers(entry: Surveyed) -> Iterator[tuple[str, str]]:
    """Give each header that names a column, with the currency in it written as a name does."""
    for column, places in entry.recognition.positions.items():
        code = entry.recognition.told.get(column)
        for place in places:
            if place < len(entry.table.header):
                header = entry.table.header[place]
                yield column, header.replace(code, CURRENCY) if code else header


def met() -> Iterator[Spelled]:
    for entry in surveyed():
        for column, header in headers(entry):
            for name in entry.export.vocabulary.headers.get(column, ()):
                if normalise_header(name.spelled) == normalise_header(header):
                    yield entry.export.name, column, name


def test_every_header_that_a_real_file_had_is_marked_as_seen():
    marks: dict[tuple[str, str, str], set[str]] = {}
    for export, column, name in met():
        marks.setdefault((export, column, normalise_header(name.spelled)), set()).add(name.seen)
    assert len(marks) > 200
    assert [header for header, seen in marks.items() if "file" not in seen] == []


def test_what_is_marked_as_seen_and_stands_in_no_file_here_is_counted():
    found = {normalise_header(name.spelled) for _, _, name in met()}
    found |= {normalise_header(cell) for entry in surveyed() for cell in entry.table.header}
    lacking = {
        (_group(export.name, export.platform), column, name.language, name.spelled)
        for export in EXPORTS.values()
        for column, names in export.vocabulary.headers.items()
        for name in names
        if name.seen == "file" and normalise_header(name.spelled) not in found
        if not export.name.startswith("instagram_information")
    }
    assert Counter(group for group, *_ in lacking) == ELSEWHERE


def _group(export: str, platform: str | None) -> str:
    return "lists" if export.startswith("list_") else platform or export
