"""Whatever a spreadsheet did to an export, its figures are the same or refused, never others."""

from collections import Counter
from collections.abc import Iterator

import pytest

from schemas.audience import UNREPORTED
from schemas.files import FileReading
from tests.transforms.excel import Grid, cells_of, workbook, written
from tests.transforms.excel_damage import CELLS, SAVES, SHAPES
from tests.transforms.hostile import Seed, read, seeds

SEEDS = seeds()
PARTS = 8
"""So many seeds share each damage in `make test`; the soak test gives every damage every seed."""

_OF_THE_FILE = {
    "file_id", "sha256", "row_number", "distribution_id", "observed_on", "observed_on_source",
    "observed_on_is_exact", "evidence_rank", "period_start", "period_end",
}  # fmt: skip
_MOVE_WHOLE = ("facebook_audience", "instagram_audience")
"""Names that lie beside each other move with their figures."""
_LATER = {
    "03/09/2026": "03/19/2026", "03/08/2026": "03/18/2026", "06/01/2026": "05/31/2026",
    "06/01/2025": "05/31/2025",
}  # fmt: skip
"""Days that tell day from month, instead of days that nothing can tell."""
_LONE, _WHOLE = b'"He said "hi", twice"', b'"He said ""hi"", twice"'


def seeds_of_text() -> dict[str, Seed]:
    return {
        name: seed
        for name, seed in SEEDS.items()
        if seed.tables is None and not seed.content.startswith((b"[", b"{"))
    }


def grid_of(seed: Seed) -> Grid:
    """Give the cells of a text seed, with quotes that are whole and days that tell the month."""
    return [
        [_LATER.get(cell[:10], cell[:10]) + cell[10:] for cell in row] or [""]
        for row in cells_of(seed.content.replace(_LONE, _WHOLE))
    ]


def figures(readings: list[FileReading]) -> Counter:
    """Count the rows that were loaded, without what speaks of the file and of what is unknown."""
    return Counter(
        (table, row)
        for reading in readings
        for table, frame in reading.tables.items()
        for row in frame.drop(_OF_THE_FILE & set(frame.columns)).iter_rows()
        if not (table == "audience" and UNREPORTED in row)
    )


def to_three_digits(counted: Counter) -> Counter:
    """Leave three digits of each figure, and not whether it is rounded."""
    return Counter(
        {
            (table, *(f"{value:.2e}" if isinstance(value, int | float) else value for value in row
                      if not isinstance(value, bool))): number
            for (table, row), number in counted.items()
        }
    )  # fmt: skip


def assert_nothing_is_another(
    seed: Seed, damaged: bytes, whole: Counter, *, is_cut: bool = False
) -> None:
    """Hold what a damaged file gives to a part of what it gave, the rest having a reason.

    `is_cut` where the numbers were cut to three digits, and the export reads such numbers.
    """
    readings = read([seed.with_content(damaged)])
    found = figures(readings)
    if is_cut:
        found, whole = to_three_digits(found), to_three_digits(whole)
    assert found <= whole, (found - whole).most_common(1)
    if found < whole:
        assert any(reading.record.reason for reading in readings)


def chosen(damage: str, names: list[str], parts: int) -> Iterator[str]:
    """Take every so many-th seed, others for each damage."""
    first = sum(damage.encode()) % parts
    yield from names[first::parts]


def check_saved(how: str, name: str) -> None:
    seed = SEEDS[name]
    grid = grid_of(seed)
    whole = figures(read([seed.with_content(written(grid).encode())]))
    try:
        damaged = SAVES[how](grid)
    except UnicodeEncodeError:
        return
    assert_nothing_is_another(seed, damaged, whole)


def check_changed(what: str, name: str) -> None:
    seed, damage = SEEDS[name], {**CELLS, **SHAPES}[what]
    if seed.tables is None:
        grid = grid_of(seed)
        damaged = damage([list(row) for row in grid])
        if damaged == grid or (what.startswith("values") and name.startswith(_MOVE_WHOLE)):
            return
        whole = figures(read([seed.with_content(written(grid).encode())]))
        is_cut = what.endswith("E+05") and name.startswith("list_")
        assert_nothing_is_another(seed, written(damaged).encode(), whole, is_cut=is_cut)
        if not what.startswith("days as 30"):  # which Excel itself would turn round again
            assert_nothing_is_another(seed, workbook({"Sheet1": damaged}), whole, is_cut=is_cut)
        return
    tables = {sheet: [list(row) or [""] for row in rows] for sheet, rows in seed.tables.items()}
    whole = figures(read([seed.with_content(seed.content)]))
    damaged_tables = {sheet: damage(rows) for sheet, rows in tables.items()}
    assert_nothing_is_another(seed, workbook(damaged_tables), whole)


@pytest.mark.parametrize("how", SAVES)
def test_a_file_saved_again_holds_the_same_figures_or_is_refused(how):
    for name in chosen(how, list(seeds_of_text()), PARTS):
        check_saved(how, name)


@pytest.mark.parametrize("what", CELLS)
def test_changed_cells_give_the_same_figures_or_none(what):
    for name in chosen(what, list(SEEDS), PARTS):
        if not SEEDS[name].content.startswith((b"[", b"{")):
            check_changed(what, name)


@pytest.mark.parametrize("what", SHAPES)
def test_moved_rows_and_columns_give_the_same_figures_or_none(what):
    for name in chosen(what, list(SEEDS), PARTS):
        if not SEEDS[name].content.startswith((b"[", b"{")):
            check_changed(what, name)
