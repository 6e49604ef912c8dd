from datetime import UTC, date, datetime

import polars as pl

from schemas.contract import enforce, polars_schema
from schemas.ops import Drift, File
from transforms.deliveries.drift import drift


def file(name, known, *, unknown=(), delivery=None, **fields):
    """Say what ops.file says of a file: its known headers by column, its unknown with a guess."""
    return {
        "load_id": "load",
        "loaded_at": datetime(2026, 6, 1, tzinfo=UTC),
        "delivery_id": delivery or name,
        "file_id": name,
        "path": f"youtube/anna/{name}.csv",
        "platform": "youtube",
        "account_ref": "anna",
        "export": "youtube_content",
        "status": "loaded",
        "observed_on": date(2026, 6, int(name[-1])),
        "headers": list(known.values()),
        "columns": list(known),
        "unknown_headers": [header for header, _ in unknown],
        "suggestions": [guess for _, guess in unknown],
    } | fields


def found(*files):
    schema = polars_schema(File)
    frame = pl.DataFrame([dict.fromkeys(schema) | one for one in files], schema=schema)
    result = enforce(drift(frame), Drift, "ops.drift")
    return result.select(
        "file_id", "header", "kind", "canonical", "suggestion", "last_file_id"
    ).rows()


BASE = {"content": "Content", "views": "Views"}


def test_an_unchanged_export_has_no_drift():
    assert found(file("f1", BASE), file("f2", BASE)) == []


def test_another_language_is_no_drift():
    assert found(file("f1", BASE), file("f2", {"content": "Videos", "views": "Aufrufe"})) == []


def test_a_column_that_came_is_new_and_one_that_went_is_missing():
    later = {"content": "Content", "likes": "Likes"}
    assert found(file("f1", BASE), file("f2", later)) == [
        ("f2", "Views", "missing", "views", None, "f1"),
        ("f2", "Likes", "new", "likes", None, "f1"),
    ]


def test_an_unknown_header_that_probably_is_what_went_is_renamed():
    later = file("f2", {"content": "Content"}, unknown=[("Plays", "views"), ("Zebra", "")])
    assert found(file("f1", BASE), later) == [
        ("f2", "Zebra", "new", None, None, "f1"),
        ("f2", "Plays", "renamed", None, "views", "f1"),
    ]


def test_the_unknown_headers_of_a_first_file_are_new_and_then_no_longer():
    strange = [("Zebra", "")]
    assert found(file("f1", BASE, unknown=strange), file("f2", BASE, unknown=strange)) == [
        ("f1", "Zebra", "new", None, None, None)
    ]


def test_the_last_file_is_the_last_observed_whatever_arrived_first():
    early, late = file("f1", BASE), file("f2", BASE | {"likes": "Likes"})
    assert found(late, early) == found(early, late) == [("f2", "Likes", "new", "likes", None, "f1")]


def test_files_of_one_delivery_are_looked_at_together():
    parts = [
        file("f1", {"date": "Date", "views": "Views"}, delivery="d"),
        file("f2", {"date": "Date", "likes": "Likes"}, delivery="d"),
    ]
    assert found(*parts) == []
    later = file("f3", {"date": "Date", "views": "Views", "likes": "Likes"})
    assert found(*parts, later) == []


def test_accounts_and_exports_are_kept_apart_and_what_was_not_read_is_left_out():
    other = BASE | {"likes": "Likes"}
    assert found(file("f1", BASE), file("f2", other, account_ref="berta")) == []
    assert found(file("f1", BASE), file("f2", other, export="youtube_date")) == []
    assert found(file("f1", BASE), file("f2", other, status="refused")) == []


def test_a_load_from_before_headers_were_recorded_tells_nothing():
    old = file("f1", BASE, headers=[], columns=[], unknown_headers=["Zebra"], suggestions=[])
    assert found(old, file("f2", BASE)) == [("f1", "Zebra", "new", None, None, None)]


def test_forms_that_take_turns_are_told_once():
    totals = {"views": "Views"}
    files = [file("f1", BASE), file("f2", totals), file("f3", BASE), file("f4", totals)]
    assert found(*files) == [("f2", "Content", "missing", "content", None, "f1")]


def test_a_header_that_the_cells_told_is_renamed_though_its_column_is_not_missing():
    later = {"content": "Video ID", "views": "Views"}
    assert found(file("f1", BASE), file("f2", later, unknown=[("Video ID", "content")])) == [
        ("f2", "Video ID", "renamed", None, "content", "f1")
    ]


def test_a_header_that_the_cells_told_of_a_column_nobody_had_is_new():
    later = BASE | {"likes": "Thumbs"}
    found_now = found(file("f1", BASE), file("f2", later, unknown=[("Thumbs", "likes")]))
    assert ("f2", "Thumbs", "new", None, "likes", "f1") in found_now
    assert all(row[2] == "new" for row in found_now)


def test_a_report_by_another_dimension_is_no_later_form_of_it():
    sources = {"other_dimension": "Traffic source", "views": "Views", "impressions": "Impressions"}
    devices = {"other_dimension": "Device type", "views": "Views"}
    by = {"export": "youtube_breakdown"}
    assert found(file("f1", sources, **by), file("f2", devices, **by)) == []
    assert found(file("f1", sources, **by), file("f2", devices | sources, **by)) == []
    less = {"other_dimension": "Trafikkälla", "views": "Visningar"}
    assert found(file("f1", sources, **by), file("f2", less, **by)) == [
        ("f2", "Impressions", "missing", "impressions", None, "f1")
    ]


def test_a_chart_of_another_figure_is_no_later_form_of_it():
    views = {"date": "Date", "geography": "Geography", "views": "Views"}
    hours = {"date": "Date", "geography": "Geography", "watch_time": "Watch time (hours)"}
    by = {"export": "youtube_breakdown_days"}
    assert found(file("f1", views, **by), file("f2", hours, **by)) == []
    strange = file("f2", hours, unknown=[("Hypes", "")], **by)
    assert found(file("f1", views, **by), strange) == [("f2", "Hypes", "new", None, None, None)]
