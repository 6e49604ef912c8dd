"""Made-up workbooks of LinkedIn, as pages and members download them."""

from collections.abc import Sequence
from datetime import UTC, datetime

from schemas.files import FileReading
from tests.sample.spreadsheet import sheets
from tests.transforms.deliveries.made_up import read, source

PAGE = "linkedin/anna/anna-berg_content_1767225600000.xlsx"
MEMBER = "linkedin/anna/AggregateAnalytics_Anna Berg_2025-12-10_2025-12-16.xlsx"
POST = "https://www.linkedin.com/feed/update/urn:li:activity:"

Rows = Sequence[Sequence[str]]


def read_sheets(name: str, **tables: Rows) -> dict[str, FileReading]:
    """Read a workbook that arrived alone, by the names of its tables."""
    content = sheets({sheet.replace("_", " "): rows for sheet, rows in tables.items()},
                     datetime(2026, 1, 1, tzinfo=UTC))  # fmt: skip
    return {str(one.record.sheet): one for one in read(source(name, content))}


def read_sheet(name: str, sheet: str, rows: Rows) -> FileReading:
    """Read a workbook of one sheet."""
    (reading,) = read_sheets(name, **{sheet: rows}).values()
    return reading
