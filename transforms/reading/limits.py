"""How much of a file is read before it is refused."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds that no exported file comes near, so that a hostile one costs little.

    Attributes
    ----------
    max_bytes
        Size of the file.
    max_record_bytes
        Size of the header, and of any cell.
    max_columns
        Cells of the header.
    max_sheets
        Sheets of a workbook, titled tables of a file.
    max_stack_bytes
        Size of a file of titled tables; a larger one is read as one table.
    max_unpacked_bytes
        Size of a workbook once unpacked.
    max_json_bytes
        Size of a file of JSON.
    max_json_cells
        Labels of a JSON table times its entries.
    """

    max_bytes: int = 2 * 1024**3
    max_record_bytes: int = 4 * 1024**2
    max_columns: int = 2000
    max_sheets: int = 100
    max_stack_bytes: int = 16 * 1024**2
    max_unpacked_bytes: int = 512 * 1024**2
    max_json_bytes: int = 32 * 1024**2
    max_json_cells: int = 4_000_000


DEFAULT_LIMITS = Limits()
