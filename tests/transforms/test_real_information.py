"""Real insights of Instagram's download of information, beside the json module's own reading."""

import hashlib
import json
import re
from datetime import date
from pathlib import Path

import pytest

from schemas.files import FileReading, SourceFile
from transforms.deliveries.delivery import read_delivery

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "exports" / "instagram" / "5_dyi_recall"
EXPORTED_ON = date(2025, 5, 8)

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"no real exports at {FOLDER}")


@pytest.fixture(scope="module")
def said() -> dict[str, str]:
    """Give every label of the audience file with its value."""
    content = json.loads((FOLDER / "audience_insights.json").read_bytes())
    ((entry,),) = content.values()
    return {label: cell["value"] for label, cell in entry["string_map_data"].items()}


def listed(cell: str) -> dict[str, float]:
    return {name.strip(): float(figure) / 100
            for name, figure in re.findall(r"([^:,]+): ([\d.]+)%", cell)}  # fmt: skip


@pytest.fixture(scope="module")
def readings() -> dict[tuple[str, str], FileReading]:
    files = []
    for path in sorted(FOLDER.iterdir()):
        content = path.read_bytes()
        files.append(
            SourceFile(
                file_id=path.name,
                path=f"instagram/recall/{path.name}",
                member=None,
                content=content,
                sha256=hashlib.sha256(content).hexdigest(),
                size_bytes=len(content),
                platform="instagram",
                handle="recall",
                modified_on=EXPORTED_ON,
                arrived_on=date(2026, 11, 23),
            )
        )
    return {(r.record.file_id, r.record.export or ""): r for r in read_delivery(files)}


def test_every_part_of_every_file_loads(readings):
    assert {reading.record.status for reading in readings.values()} == {"loaded"}
    assert len(readings) == 9
    assert not any(reading.record.quarantined for reading in readings.values())


@pytest.mark.parametrize(
    ("part", "label"),
    [
        ("age", "Follower percentage by age for all genders"),
        ("country", "Follower percentage by country"),
        ("city", "Follower percentage by town/city"),
    ],
)
def test_shares_are_those_of_the_file_and_the_rest_is_unreported(readings, said, part, label):
    reading = readings["audience_insights.json", f"instagram_information_{part}"]
    table = reading.tables["audience"]
    shares = dict(table.select("segment", "share").iter_rows())
    expected = listed(said[label])
    assert sum(shares.values()) == pytest.approx(1)
    rest = shares.pop("unreported", 0.0)
    assert list(shares.values()) == pytest.approx(list(expected.values()), abs=1e-3)
    assert rest == pytest.approx(0 if part == "age" else 1 - sum(expected.values()))


def test_both_together_sum_to_each_gender_and_to_its_ages(readings, said):
    table = readings["audience_insights.json", "instagram_information_age_gender"].tables[
        "audience"
    ]
    for gender, word in (("male", "men"), ("female", "women")):
        total = float(said[f"Total follower percentage for {word}"].rstrip("%")) / 100
        within = listed(said[f"Follower percentage by age for {word}"])
        rows = table.filter(table["segment"].str.ends_with(f":{gender}"))
        assert rows["share"].sum() == pytest.approx(total, abs=2e-3)
        found = [share / total for share in rows["share"]]
        assert found == pytest.approx(list(within.values()), abs=2e-3)


def test_levels_and_figures_of_the_period_are_those_of_the_files(readings, said):
    level = readings["audience_insights.json", "instagram_information_followers"].tables[
        "account_day"
    ]
    assert level.select("day", "followers").rows() == [(EXPORTED_ON, int(said["Followers"]))]
    for name, labels in {
        "audience_insights.json": {
            "gross_follows": "Follows",
            "lost_follows": "Unfollows",
            "net_follows": "Overall followers",
        },
        "content_interactions.json": {"interactions": "Content interactions"},
        "profiles_reached.json": {
            "reach": "Accounts reached",
            "impressions": "Impressions",
            "profile_views": "Profile visits",
        },
    }.items():
        ((entry,),) = json.loads((FOLDER / name).read_bytes()).values()
        cells = entry["string_map_data"]
        (row,) = (
            readings[name, "instagram_information_period"].tables["account_period"].rows(named=True)
        )
        assert {column: row[column] for column in labels} == {
            column: int(cells[label]["value"]) for column, label in labels.items()
        }
        assert (row["period_start"], row["period_end"]) == (date(2025, 2, 6), date(2025, 5, 6))
