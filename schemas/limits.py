"""How much a file may ask for before it is refused: one object, passed on as a parameter."""

from dataclasses import dataclass, field
from typing import Any

_MIB = 1024**2
_GIB = 1024**3


def _limit(most: int, description: str) -> Any:
    return field(default=most, metadata={"description": description})


@dataclass(frozen=True)
class Limits:
    """Bounds that no exported file comes near, so that a hostile one costs little.

    A deployment sets them under `limits` in its settings; what is refused names the one it met.
    """

    max_file_bytes: int = _limit(2 * _GIB, "Size of a file, or of a member of a zip.")
    max_whole_bytes: int = _limit(
        64 * _MIB, "Size of a delimited file that is read at once; a larger one in pieces."
    )
    max_at_once_bytes: int = _limit(
        256 * _MIB,
        "Size of a delimited file that cannot be read in pieces: no export has its headers, its "
        "quotes are damaged, or a record of it is as long as several pieces.",
    )
    piece_bytes: int = _limit(8 * _MIB, "Size of such a piece.")
    max_record_bytes: int = _limit(4 * _MIB, "Size of the header, and of any cell.")
    max_line_bytes: int = _limit(32 * _MIB, "Bytes without the end of a line.")
    max_rewritten_bytes: int = _limit(
        256 * _MIB,
        "Size of a text file that has to be written anew in memory: in another encoding than "
        "UTF-8, or with lines that end in CR alone.",
    )
    max_mended_bytes: int = _limit(128 * _MIB, "Size of a text file with damaged quotes.")
    max_damaged_cells: int = _limit(
        2_000_000, "Records whose damaged quotes fit no reading, times the cells of the header."
    )
    max_columns: int = _limit(2_000, "Cells of the header.")
    max_sheets: int = _limit(100, "Sheets of a workbook, titled tables of a file.")
    max_stack_bytes: int = _limit(
        16 * _MIB, "Size of a file of titled tables; a larger one is read as one table."
    )
    max_unpacked_bytes: int = _limit(
        512 * _MIB,
        "Size of a workbook once unpacked, and of the texts its cells share once each has its own.",
    )
    max_workbook_cells: int = _limit(
        10_000_000, "Cells between the corners of a workbook's sheets, empty ones included."
    )
    max_json_bytes: int = _limit(32 * _MIB, "Size of a file of JSON.")
    max_json_cells: int = _limit(4_000_000, "Labels of a JSON table times its entries.")
    max_zip_members: int = _limit(10_000, "Members of a zip.")
    max_zip_bytes: int = _limit(4 * _GIB, "Bytes of all members of a zip, unpacked.")
    max_zip_ratio: int = _limit(200, "Bytes of a member unpacked, per byte packed.")
    zip_ratio_from_bytes: int = _limit(
        10 * _MIB, "Unpacked size of a member below which its ratio does not matter."
    )
    max_reference_bytes: int = _limit(
        16 * _MIB, "Size of a roster, a list of collaborations, a brief in the inbox."
    )

    def __post_init__(self) -> None:
        """Hold every limit to 1 or more."""
        for name, value in vars(self).items():
            if value < 1:
                raise ValueError(f"{name} must be 1 or more, not {value}")

    def more_than(self, name: str, of: str = "") -> str:
        """Say that something is beyond a limit, how much that is, and which setting moves it."""
        most = f"{getattr(self, name):,} {of}".rstrip()
        return f"more than {most} (setting limits.{name})"


DEFAULT_LIMITS = Limits()
