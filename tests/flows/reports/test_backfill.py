"""What a backfill changed is said at once, then by table and by day."""

from datetime import date

import pytest

from flows.reports.backfill import ASKED, backfill_markdown
from flows.reports.run import MartReport, PublishReport, Report
from flows.runs.request import BackfillRequest
from transforms.difference import Difference

DAY = date(2026, 3, 31)
URL = "http://127.0.0.1:4200/artifacts/key/data-quality"


def report_of(*differences: Difference, deliveries: tuple[str, ...] = (), **asked) -> Report:
    marts = tuple(
        MartReport(table="tier", as_of=DAY, rows=one.after, is_built=True, difference=one)
        for one in differences
    )
    return Report(
        run="backfill",
        days=(DAY,) if marts else (),
        knowledge="latest",
        request=BackfillRequest(start=DAY, **asked).model_dump(mode="json"),
        deliveries=deliveries,
        marts=marts,
        published=PublishReport(path="warehouse.duckdb", how="updated"),
    )


def test_the_titles_are_those_of_the_form():
    fields = BackfillRequest.model_fields
    assert {name: fields[name].title for name in ASKED} == ASKED
    assert set(fields) - set(ASKED) == {"dry_run"}


def test_only_what_was_asked_is_repeated():
    text = backfill_markdown(report_of(Difference(1, 1, 0, 0, 0), reason="a | b"))
    assert "| First day | 2026-03-31 |" in text
    assert "| Reason | a \\| b |" in text
    assert "Cutoff" not in text
    assert "Only stale days" not in text


@pytest.mark.parametrize(
    ("found", "is_dry", "said"),
    [
        (Difference(1_000, 2_000, 1_500, 500, 7), False, "1,500 added, 500 removed, 7 changed."),
        (Difference(2, 3, 1, 0, 0), True, "1 would be added, 0 removed, 0 changed. Nothing was"),
        (Difference(2, 2, 0, 0, 0), False, "No row differs from what is there. Published: updated"),
    ],
)
def test_what_changed_is_said_at_once(found, is_dry, said):
    assert said in backfill_markdown(report_of(found, dry_run=is_dry))


def test_a_backfill_of_no_day_says_so():
    assert "No day is to be built." in backfill_markdown(report_of())


def test_rows_of_others_are_told_only_where_accounts_were_chosen():
    found = Difference(10, 12, 2, 0, 5, of_others=6)
    everyone = backfill_markdown(report_of(found))
    some = backfill_markdown(report_of(found, creators=("anna",)))
    assert "| 2026-03-31 | 10 | 12 | 2 | 0 | 5 |" in everyone
    assert "others" not in everyone
    assert "| table | before | after | added | removed | changed | others |" in some
    assert "| 2026-03-31 | 10 | 12 | 2 | 0 | 5 | 6 |" in some


def test_new_deliveries_are_named_with_the_way_to_their_quarantine():
    text = backfill_markdown(report_of(Difference(1, 2, 1, 0, 0), deliveries=("d1", "d2")), URL)
    assert "## Deliveries used for the first time: 2" in text
    assert f"[in quarantine]({URL})" in text
