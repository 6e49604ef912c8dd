"""What a person reads of a run."""

from datetime import date

from flows.reports.run import CollectReport, MartReport, PublishReport, ReadReport, Report
from flows.reports.text import lines, markdown

REPORT = Report(
    run="night of 2026-03-31",
    days=(date(2026, 3, 31),),
    knowledge="latest",
    collected=CollectReport(deliveries=2, files=3, waiting=("a|b.csv: it is still growing",)),
    readings=(
        ReadReport(files={"loaded": 2}, rows={"rows_in": 5, "loaded": 4, "quarantined": 1}),
        ReadReport(files={"loaded": 1, "refused": 1}, rows={"rows_in": 2, "loaded": 2}),
    ),
    marts=(MartReport(table="tier", as_of=date(2026, 3, 31), rows=7, is_built=True),),
    tier_changes=("tiktok/anna: micro to macro since 2026-03-30",),
    published=PublishReport(
        path="w.duckdb", how="updated", size_bytes=1000, findings={"figures restated": 12}
    ),
)


def test_batches_are_added_up():
    assert REPORT.files == {"loaded": 3, "refused": 1}
    assert REPORT.rows == {"rows_in": 7, "loaded": 6, "quarantined": 1}


def test_the_artifact_has_deliveries_rows_quarantine_and_tier_changes():
    text = markdown(REPORT)
    assert "| deliveries | 2 |" in text
    assert "| records in | 7 |" in text
    assert "| records quarantined | 1 |" in text
    assert "tiktok/anna: micro to macro" in text


def test_what_the_files_were_found_to_contradict_is_counted():
    assert "| figures restated | 12 |" in markdown(REPORT)
    assert "findings   12 figures restated" in "\n".join(lines(REPORT))


def test_a_name_cannot_break_the_artifact_s_tables():
    assert "a\\|b.csv" in markdown(REPORT)


def test_the_terminal_says_what_was_left_and_what_changed():
    text = "\n".join(lines(REPORT))
    assert "it is still growing" in text
    assert "nothing new" not in text
