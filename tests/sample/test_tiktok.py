import csv
import io
import re
import zipfile
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from python_calamine import CalamineWorkbook

from tests.sample import inbox, tiktok
from tests.sample.__main__ import SEED
from tests.sample.inbox import simulations

MARCH = date(2025, 3, 1), date(2025, 3, 31)
ACCOUNTS = {
    truth.account.handle: truth
    for (platform, _), truth in simulations(SEED).items()
    if platform == "tiktok"
}


def _rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_tables_have_a_mark_quotes_around_everything_and_no_last_newline():
    content = tiktok.table(tiktok.overview(ACCOUNTS["crossing.cleo"], *MARCH))

    assert content.startswith(b'\xef\xbb\xbf"Date","Video Views","Profile Views","Likes"')
    assert not content.endswith(b"\n")
    assert b"\r" not in content
    assert all(re.fullmatch(rb'("[^"]*",)+"[^"]*"', line) for line in content[3:].split(b"\n"))


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("en", "May 8"),
        ("en-GB", "8 May"),
        ("es", "8 de mayo"),
        ("el", "8 Μαΐου"),
        ("ru", "8 мая"),
        ("vi", "8 tháng Năm"),
        ("ja", "5月8日"),
    ],
)
def test_days_are_written_as_the_language_does_without_a_year(language, label):
    assert tiktok.label(date(2025, 5, 8), language) == label


@pytest.mark.parametrize("handle", ACCOUNTS)
def test_the_overview_reads_back_to_the_truth(handle):
    truth = ACCOUNTS[handle]
    _, *rows = _rows(tiktok.table(tiktok.overview(truth, *MARCH)))

    assert [int(row[1]) for row in rows] == list(truth.daily.views.sum(axis=1)[59:90])
    assert len(rows) == 31


def test_likes_are_net_and_can_fall_below_zero_on_a_silent_day():
    after = tiktok.account_days(ACCOUNTS["silent.silas"])["likes"][-40:]

    assert after.min() < 0


def test_the_difference_looks_back_except_in_the_forward_variant():
    truth = ACCOUNTS["flapping.flora"]
    back = _rows(tiktok.table(tiktok.follower_history(truth, *MARCH)))[1:]
    forward = _rows(tiktok.table(tiktok.follower_history(truth, *MARCH, is_forward=True)))[1:]

    assert [row[1] for row in back] == [row[1] for row in forward]
    assert [int(row[2]) for row in back[1:]] == list(np.diff([int(row[1]) for row in back]))
    assert [row[2] for row in forward[:-1]] == [row[2] for row in back[1:]]
    assert forward[-1][2] == "0"


def test_an_id_tells_the_moment_of_upload():
    truth = ACCOUNTS["rising.rosa"]
    rows = _rows(tiktok.table(tiktok.content(truth, *MARCH, "rising.rosa")))
    uploads = {moment.item().replace(tzinfo=UTC) for moment in truth.published_at}

    assert 5 <= len(rows[1:]) <= 10
    for row in rows[1:]:
        seconds = int(row[2].rsplit("/", 1)[1]) >> 32
        assert datetime.fromtimestamp(seconds, UTC) in uploads
        assert row[0] == "31 tháng Ba"


def test_the_content_list_holds_the_posts_with_the_most_views_and_one_without_likes():
    rows = tiktok.content(ACCOUNTS["mega.milo"], *MARCH, "mega.milo")[1:]
    views = [int(row[7]) for row in rows]

    assert views == sorted(views, reverse=True)
    assert [row[4] for row in rows].count("undefined") == 1


def test_broken_quotes_break_one_row_only():
    rows = tiktok.content(ACCOUNTS["rising.rosa"], *MARCH, "rising.rosa")
    intact = tiktok.table(rows)

    broken = tiktok.unescape_quotes(intact)

    assert b'"say "hello" ' in broken
    assert broken.split(b"\n")[2:] == intact.split(b"\n")[2:]


def test_only_the_overview_zip_tells_the_year_and_its_entry_the_export_day():
    files = [file for file in inbox.build(SEED) if "/crossing.cleo/" in file.path]
    overview = next(file for file in files if "Overview_2025-01-01_" in file.path)
    epoch = int(overview.path.rsplit("_", 2)[1])
    with zipfile.ZipFile(io.BytesIO(overview.content)) as archive:
        entry = archive.getinfo("Overview.csv")
        rows = _rows(archive.read(entry))

    assert entry.compress_type == zipfile.ZIP_STORED
    assert entry.date_time[:3] == (2025, 2, 1)
    assert datetime.fromtimestamp(epoch, UTC).date() == date(2025, 2, 1)
    assert rows[-1][0] == "31 January"
    assert not any("2025" in cell for row in rows for cell in row[:1])


def test_the_workbook_holds_text_only_and_the_same_figures():
    path = "/mega.milo/"
    file = next(one for one in inbox.build(SEED) if path in one.path and "Overview_" in one.path)
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(archive.read("Overview.xlsx")))
    rows = workbook.get_sheet_by_name("Overview").to_python()

    assert rows == tiktok.overview(ACCOUNTS["mega.milo"], date(2025, 1, 1), date(2025, 1, 31))


def test_the_silent_account_stops_delivering():
    days = [file.exported_on for file in inbox.build(SEED) if "/silent.silas/" in file.path]

    assert max(days) == ACCOUNTS["silent.silas"].account.silent_from
    assert max(days) < date(2025, 6, 30) - timedelta(days=60)
