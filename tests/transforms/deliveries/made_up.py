"""Made-up files as a delivery holds them, for the tests of reading."""

import hashlib
from datetime import date
from pathlib import Path

from schemas.files import FileReading, SourceFile
from transforms.deliveries.delivery import read_delivery

ARRIVED = date(2026, 6, 30)


def source(
    path: str, content: str | bytes | Path, member: str | None = None, **known
) -> SourceFile:
    """Make a file found in the inbox at `<platform>/<handle>/<name>`, or outside of it."""
    raw = content.encode() if isinstance(content, str) else content
    data = raw.read_bytes() if isinstance(raw, Path) else raw
    parts = Path(path).parts
    inside = len(parts) > 2
    fields = {
        "file_id": f"{path}!{member}" if member else path,
        "path": path,
        "member": member,
        "content": raw,
        "sha256": hashlib.sha256(data).hexdigest(),
        "size_bytes": len(data),
        "platform": parts[0] if inside else None,
        "handle": parts[1] if inside else None,
        "arrived_on": ARRIVED,
    }
    return SourceFile(**(fields | known))


def read(*files: SourceFile, **options) -> list[FileReading]:
    """Read files as one delivery."""
    return list(read_delivery(files, **options))


def read_one(path: str, content: str | bytes, **known) -> FileReading:
    """Read one file that arrived alone."""
    (reading,) = read(source(path, content, **known))
    return reading


def rows(reading: FileReading, table: str, *columns: str) -> list[tuple]:
    """Give the loaded rows of a table, in the file's order."""
    return reading.tables[table].sort("row_number").select(columns).rows()


def broken(reading: FileReading) -> list[tuple]:
    """Give what stands in quarantine: record, header, rule, value."""
    return reading.quarantine.select("row_number", "column", "rule", "value").rows()
