"""The reach of a day, held against the views of the day in the file beside it."""

import pytest

from tests.transforms.deliveries.made_up import read, source


def figure(title, *days):
    lines = "".join(f'"2026-05-{day:02d}T00:00:00","{n}"\n' for day, n in enumerate(days, 1))
    return f'sep=,\n"{title}"\n"Date","Primary"\n{lines}'


def compared(*files):
    readings = read(*(source(f"instagram/anna/{name}.csv", text) for name, text in files))
    return [
        tuple(row[name] for name in ("metric", "said", "found", "records", "records_off", "reason"))
        for reading in readings
        for row in reading.reconciliation.to_dicts()
    ]


@pytest.mark.parametrize(
    ("views", "row"),
    [
        ((9, 8), ("reach", 17, 12, 2, 0, "agrees")),
        ((5, 8), ("reach", 5, 6, 2, 1, "unexplained")),
        ((9,), ("reach", 9, 6, 1, 0, "agrees")),
    ],
)
def test_the_reach_of_a_day_is_within_its_views(views, row):
    reach = ("Reach", figure("Instagram reach", 6, 6))
    assert compared(reach, ("Views", figure("Views", *views))) == [row]


def test_a_day_whose_views_two_files_give_differently_is_left_out():
    assert compared(
        ("Reach", figure("Instagram reach", 6, 6)),
        ("Views", figure("Views", 9, 8)),
        ("Views (1)", figure("Views", 9, 7)),
    ) == [("reach", 9, 6, 1, 0, "agrees")]


def test_reach_alone_is_held_against_nothing():
    assert compared(("Reach", figure("Instagram reach", 6, 6))) == []
