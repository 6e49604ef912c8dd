from datetime import date, timedelta
from itertools import permutations

import pytest

from schemas.files import FileReading
from tests.transforms.deliveries.made_up import read, source

CONTENT = (
    "Post ID,Account ID,Account username,Publish time,Post type,Views\n"
    "17900000000000001,17841400000000001,anna,05/26/2026 10:00,IG reel,5\n"
)
ONE, OTHER = [5, 6, 7, 0, 9], [1, 2, 3, 0, 5]


def daily(title: str, values: list[int]) -> bytes:
    days = (date(2026, 5, 25) + timedelta(number) for number in range(len(values)))
    lines = [f'"{day}T00:00:00","{value}"' for day, value in zip(days, values, strict=True)]
    return "\n".join(["sep=,", f'"{title}"', '"Date","Primary"', *lines, ""]).encode("utf-16")


def networks(*files: tuple[str, bytes | str]) -> dict[str, str]:
    """Read the files in every order; give the platform of each, or its reason."""
    found = []
    for order in permutations(files):
        readings = read(*(source(path, content) for path, content in order))
        found.append({reading.record.path: told(reading) for reading in readings})
    assert all(one == found[0] for one in found)
    return found[0]


def told(reading: FileReading) -> str:
    record = reading.record
    return str(record.platform if record.status == "loaded" else record.reason)


def test_a_title_that_names_its_network_outranks_the_folder():
    found = networks(("instagram/anna/Visits (1).csv", daily("Facebook visits", ONE)))
    assert found == {"instagram/anna/Visits (1).csv": "facebook"}


@pytest.mark.parametrize("platform", ["facebook", "instagram"])
def test_the_folder_tells_the_network_of_a_title_that_does_not(platform):
    path = f"{platform}/anna/Reach.csv"
    assert networks((path, daily("Reach", ONE))) == {path: platform}


def test_outside_a_folder_the_certain_tables_beside_it_tell():
    found = networks(
        ("drop/Reach.csv", daily("Reach", ONE)), ("drop/Visits.csv", daily("Facebook visits", ONE))
    )
    assert "handle" in found["drop/Visits.csv"]
    reading = read(
        source("drop/Reach.csv", daily("Reach", ONE)),
        source("drop/content.csv", CONTENT),
    )[0]
    assert (reading.record.platform, reading.record.account_ref) == (
        "instagram",
        "17841400000000001",
    )
    assert any("as the tables beside it are" in note for note in reading.record.notes)


def test_where_nothing_tells_the_network_it_is_refused_with_what_to_do():
    found = networks(("drop/Reach.csv", daily("Reach", ONE)))
    assert "fits facebook and instagram alike" in found["drop/Reach.csv"]
    assert "move it to facebook/<handle>/ or instagram/<handle>/" in found["drop/Reach.csv"]
    both = networks(
        ("drop/Reach.csv", daily("Reach", ONE)),
        ("drop/Visits.csv", daily("Facebook visits", ONE)),
        ("drop/Visits (1).csv", daily("Instagram profile visits", ONE)),
    )
    assert "alike" in both["drop/Reach.csv"]


def test_two_tables_of_one_figure_with_other_days_cannot_both_be_the_folders():
    found = networks(
        ("instagram/anna/Reach.csv", daily("Reach", ONE)),
        ("instagram/anna/Reach (1).csv", daily("Reach", OTHER)),
    )
    assert "differ from those of instagram/anna/Reach (1).csv" in found["instagram/anna/Reach.csv"]
    assert "differ from those of instagram/anna/Reach.csv" in found["instagram/anna/Reach (1).csv"]


def test_the_other_network_is_told_by_elimination():
    found = networks(
        ("instagram/anna/Reach.csv", daily("Instagram reach", ONE)),
        ("instagram/anna/Reach (1).csv", daily("Reach", OTHER)),
    )
    assert found["instagram/anna/Reach (1).csv"] == "facebook"


def test_a_table_is_of_the_network_whose_days_it_repeats():
    found = networks(
        ("instagram/anna/Reach.csv", daily("Facebook reach", [*ONE, 4])),
        ("instagram/anna/Reach (1).csv", daily("Reach", ONE)),
        ("instagram/anna/Reach (2).csv", daily("Reach", OTHER)),
    )
    assert found["instagram/anna/Reach (1).csv"] == "facebook"
    assert found["instagram/anna/Reach (2).csv"] == "instagram"


def test_days_that_differ_from_both_networks_are_refused():
    found = networks(
        ("instagram/anna/Reach.csv", daily("Facebook reach", ONE)),
        ("instagram/anna/Reach (1).csv", daily("Instagram reach", OTHER)),
        ("instagram/anna/Reach (2).csv", daily("Reach", [40, 41, 42, 43, 44])),
    )
    assert "differ from those of" in found["instagram/anna/Reach (2).csv"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (ONE, [*ONE, 3, 2]),
        (ONE, [5, 6, 7, 0, 8]),
        (ONE, [4, 5]),
        ([0, 0, 0, 0, 1], [0, 0, 0, 0, 2]),
    ],
)
def test_a_second_download_or_a_few_days_are_no_other_network(first, second):
    found = networks(
        ("instagram/anna/Reach.csv", daily("Reach", first)),
        ("instagram/anna/Reach (1).csv", daily("Reach", second)),
    )
    assert set(found.values()) == {"instagram"}


def test_other_creators_days_are_not_held_to_these():
    found = networks(
        ("instagram/anna/Reach.csv", daily("Reach", ONE)),
        ("instagram/ben/Reach.csv", daily("Reach", OTHER)),
        ("facebook/anna/Reach.csv", daily("Reach", OTHER)),
    )
    assert list(found.values()) == ["facebook", "instagram", "instagram"]


def test_tables_with_nothing_in_them_tell_nothing():
    readings = read(
        source("instagram/anna/Reach.csv", daily("Reach", [])),
        source("instagram/anna/Reach (1).csv", 'sep=,\n"Reach"\n"Date","Primary"\n\n"Reach"\n'),
    )
    assert [reading.record.status for reading in readings] == ["empty", "empty", "empty"]
