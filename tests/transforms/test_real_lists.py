"""Real lists of creators: every figure to the unit, held to the digits beside the suffixes."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from tests.transforms.deliveries.made_up import read_one

LISTS = Path(__file__).resolve().parents[3] / "shared" / "exports" / "datasets"

pytestmark = pytest.mark.skipif(
    not LISTS.is_dir(), reason=f"the real lists are not at {LISTS}: nothing to read"
)

FIGURES = {
    "average_views": ("views avg.", "views(avg)", "views (avg.)"),
    "average_likes": ("likes avg.", "likes(avg.)", "likes (avg.)"),
    "average_comments": ("comments avg.", "comments(avg.)", "comments (avg.)"),
    "average_shares": ("shares avg.", "shares(avg.)"),
    "authentic_interactions": ("eng. (auth.)",),
    "average_interactions": ("eng. (avg.)",),
    "followers": ("followers", "subscribers", "subscribers count"),
}
FILES = sorted(LISTS.rglob("*.csv")) if LISTS.is_dir() else []


def digits(path: Path) -> dict[str, dict[int, float]]:
    """Give the numeric twin of each figure by record: the second column of its header."""
    header, *records = csv.reader(io.StringIO(path.read_text("utf-8-sig")))
    names = [name.strip().lower() for name in header]
    found = {}
    for figure, spelled in FIGURES.items():
        places = [place for place, name in enumerate(names) if name in spelled]
        if len(places) == 2:
            found[figure] = {
                number: float(record[places[1]])
                for number, record in enumerate(records, 2)
                if record[places[1]].strip().replace(".", "", 1).isdigit()
            }
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_real_list_loads_to_the_digits_beside_its_suffixes(path):
    reading = read_one(f"2024-01-02/{path.name}", path.read_bytes(), arrived_on=date(2026, 6, 30))
    record = reading.record
    assert record.status == "loaded", record.reason
    assert record.loaded == record.rows_in
    table = reading.tables["listing"]
    is_shifted = any("shifted" in note for note in record.notes)
    for figure, told in digits(path).items():
        if is_shifted and figure != "followers":
            assert table[figure].null_count() == table.height
            continue
        loaded = table.select("row_number", figure).drop_nulls()
        assert loaded.height
        for number, value in loaded.iter_rows():
            assert value == told[number], (figure, number)


def test_the_real_lists_are_recognised_each_for_its_network():
    found = {
        path.name: read_one(f"2024-01-02/{path.name}", path.read_bytes()).record.export
        for path in FILES
    }
    for name, export in found.items():
        network = next(
            (word for word in ("tiktok", "youtube") if word in name.lower()), "instagram"
        )
        assert export.endswith(network), name
