"""Zips whose bytes depend on nothing but their content."""

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime

ZIP_EPOCH = datetime(1980, 1, 1, tzinfo=UTC)


def pack(
    members: Mapping[str, bytes], at: datetime, compression: int = zipfile.ZIP_STORED
) -> bytes:
    """Zip members in their order, all with the entry time `at`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, date_time=at.timetuple()[:6])
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            entry.compress_type = compression
            archive.writestr(entry, content)
    return buffer.getvalue()
