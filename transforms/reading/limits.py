"""How much of a file is read before it is refused."""

from dataclasses import dataclass

from transforms.reading.errors import ReadingError


@dataclass(frozen=True)
class Limits:
    """Bounds that no exported file comes near, so that a hostile one costs little.

    Attributes
    ----------
    max_bytes
        Size of the file.
    max_record_bytes
        Size of the header, and of any cell.
    max_line_bytes
        Bytes without the end of a line.
    max_rewritten_bytes
        Size of a file that has to be written anew in memory: in another encoding than UTF-8, with
        lines that end in CR alone, or with damaged quotes.
    max_damaged_cells
        Records whose damaged quotes fit no reading, times the cells of the header.
    max_columns
        Cells of the header.
    max_sheets
        Sheets of a workbook, titled tables of a file.
    max_stack_bytes
        Size of a file of titled tables; a larger one is read as one table.
    max_unpacked_bytes
        Size of a workbook once unpacked, and of the texts its cells share once each has its own.
    max_workbook_cells
        Cells between the corners of a workbook's sheets, empty ones included.
    max_json_bytes
        Size of a file of JSON.
    max_json_cells
        Labels of a JSON table times its entries.
    """

    max_bytes: int = 2 * 1024**3
    max_record_bytes: int = 4 * 1024**2
    max_line_bytes: int = 32 * 1024**2
    max_rewritten_bytes: int = 128 * 1024**2
    max_damaged_cells: int = 2_000_000
    max_columns: int = 2000
    max_sheets: int = 100
    max_stack_bytes: int = 16 * 1024**2
    max_unpacked_bytes: int = 512 * 1024**2
    max_workbook_cells: int = 10_000_000
    max_json_bytes: int = 32 * 1024**2
    max_json_cells: int = 4_000_000


DEFAULT_LIMITS = Limits()


def check_rewriting(size_bytes: int, name: str, why: str, limits: Limits) -> None:
    """Refuse what would have to be written anew and is too large to hold twice."""
    if size_bytes > limits.max_rewritten_bytes:
        raise ReadingError(
            f"{name} {why}, and has {size_bytes:,} bytes: of such files no more than "
            f"{limits.max_rewritten_bytes:,} are read. Save it as UTF-8 CSV, or export a shorter "
            "period"
        )
