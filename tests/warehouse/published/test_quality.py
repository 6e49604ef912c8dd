"""What is wrong with what arrived, asked of a published file."""

from datetime import timedelta

import pytest

from tests.warehouse.published.test_query import NOW, bad, file, ops
from warehouse.published import dictionary
from warehouse.published.publish import Publication, publish
from warehouse.published.quality import quality

LATER = NOW + timedelta(days=1)


def compared(name, reason, metric="views"):
    return {
        "load_id": "load-1",
        "loaded_at": NOW,
        "file_id": name,
        "check": "total",
        "metric": metric,
        "said": 10.0,
        "found": 8.0,
        "difference": -2.0,
        "records": 3,
        "reason": reason,
    }


def changed(name, kind, loaded_at=NOW):
    return {
        "load_id": "load-1",
        "loaded_at": loaded_at,
        "file_id": name,
        "path": name,
        "export": "meta_content",
        "header": "Reach",
        "kind": kind,
    }


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    folder = tmp_path_factory.mktemp("home")
    publish(
        folder / "warehouse.duckdb",
        folder / "work",
        folder / ".generations",
        Publication(
            tables=dictionary.tables(),
            ops={
                "file": ops(
                    "file",
                    file("a.csv"),
                    file("c.csv", "refused", reason="no day tells its period"),
                    file("c.csv", load_id="load-2", loaded_at=LATER),
                    file("d.csv", "unrecognised", missing_headers=["Views"]),
                    file("e.csv", "refused", load_id="load-2", loaded_at=LATER),
                ),
                "quarantine": ops(
                    "quarantine",
                    bad("a.csv", 3, "is no number"),
                    bad("a.csv", 2, "is no number") | {"value": "abc"},
                    bad("a.csv", 2, "is missing"),
                    bad("late.csv", 9, "is missing", LATER),
                ),
                "reconciliation": ops(
                    "reconciliation",
                    compared("a.csv", "unexplained"),
                    compared("a.csv", "capped", "reach"),
                ),
                "drift": ops(
                    "drift",
                    changed("a.csv", "missing"),
                    changed("b.csv", "missing"),
                    changed("a.csv", "new", LATER),
                ),
            },
        ),
    )
    return folder / "warehouse.duckdb"


def test_records_in_quarantine_are_counted_by_file_column_and_rule_with_the_first_as_example(
    warehouse,
):
    found = quality(warehouse).quarantined.select(
        "path", "rule", "records", "first_row", "example", "of_all"
    )
    assert found.rows() == [
        ("late.csv", "is missing", 1, 9, "-1", 3),
        ("a.csv", "is no number", 2, 2, "abc", 3),
        ("a.csv", "is missing", 1, 2, "-1", 3),
    ]


def test_a_file_that_was_read_at_last_is_no_longer_told(warehouse):
    found = quality(warehouse).left
    assert found["path"].to_list() == ["e.csv", "d.csv"]
    assert found["missing_headers"].to_list() == [[], ["Views"]]


def test_only_sums_that_nothing_explains_are_told(warehouse):
    found = quality(warehouse).unexplained.select("path", "metric", "said", "found")
    assert found.rows() == [("a.csv", "views", 10.0, 8.0)]


def test_a_header_that_changed_in_several_files_is_one_row(warehouse):
    found = quality(warehouse).drift.select("kind", "files", "of_all")
    assert found.rows() == [("new", 1, 2), ("missing", 2, 2)]


def test_a_list_is_bounded_and_says_how_many_there_are(warehouse):
    found = quality(warehouse, most=1)
    assert found.quarantined.height == found.left.height == found.drift.height == 1
    assert found.quarantined["of_all"].item() == 3
