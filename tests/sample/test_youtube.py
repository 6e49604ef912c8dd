import csv
import io
import re
from datetime import date

import numpy as np
import pytest

from tests.sample import youtube
from tests.sample.__main__ import SEED
from tests.sample.account import FIRST_DAY
from tests.sample.inbox import simulations

JUNE = date(2025, 6, 1), date(2025, 6, 30)
APRIL = date(2025, 4, 1), date(2025, 4, 30)
CHANNELS = {
    truth.account.handle: truth
    for (platform, _), truth in simulations(SEED).items()
    if platform == "youtube"
}
SOFT_HYPHEN = "\u00ad"


def _rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode())))


def _table(handle: str, start: date, end: date) -> list[list[str]]:
    return _rows(next(iter(youtube.content_report(CHANNELS[handle], start, end).values())))


@pytest.mark.parametrize("handle", CHANNELS)
def test_tables_are_utf_8_without_a_mark_and_end_lines_with_lf(handle):
    for content in youtube.content_report(CHANNELS[handle], *JUNE).values():
        assert not content.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in content
        assert content.endswith(b"\n")


@pytest.mark.parametrize("handle", sorted(set(CHANNELS) - {"capped-carl"}))
def test_the_rows_of_a_content_report_add_up_to_its_total_and_to_the_truth(handle):
    header, total, *rows = _table(handle, *JUNE)
    truth = CHANNELS[handle]
    views = header.index(youtube.HEADERS[truth.account.language]["views"])
    first = (JUNE[0] - FIRST_DAY).days

    assert sum(int(row[views]) for row in rows) == int(total[views])
    assert int(total[views]) == truth.daily.views[first:].sum()
    assert total[0] in ("Total", "Totalt", "合計")


def test_the_english_report_reads_back_to_each_posts_own_counters():
    truth = CHANNELS["shorts-break-bo"]
    header, _, *rows = _table("shorts-break-bo", *APRIL)
    places = {youtube.video_id(int(number)): at for at, number in enumerate(truth.post_numbers)}
    start, end = (APRIL[0] - FIRST_DAY).days, (APRIL[1] - FIRST_DAY).days + 1
    for row in rows:
        named = dict(zip(header, row, strict=True))
        post = places[named["Content"].strip()]
        assert int(named["Views"]) == truth.daily.views[start:end, post].sum()
        assert int(named["Engaged views"]) == truth.daily.engaged_views[start:end, post].sum()
        assert int(named["Likes"]) == truth.daily.likes[start:end, post].sum()
        assert named["Video title"] == truth.captions[post]
        assert named["Impressions click-through rate (%)"] == ""


def test_engaged_views_are_a_column_only_since_shorts_count_replays():
    assert "Engaged views" in _table("shorts-break-bo", *APRIL)[0]
    assert "Engaged views" not in _table("shorts-break-bo", date(2025, 2, 1), date(2025, 2, 28))[0]


def test_german_headers_total_and_footer_carry_soft_hyphens_and_the_report_is_capped():
    header, total, *rows, footer = _table("capped-carl", *JUNE)

    assert header[0] == f"Vi{SOFT_HYPHEN}deo"
    assert total[0] == f"Ge{SOFT_HYPHEN}samt"
    assert len(rows) == 500
    assert len(footer) == 1
    assert footer[0].replace(SOFT_HYPHEN, "") == "Die 500 besten Ergebnisse werden angezeigt"
    assert int(total[3]) > sum(int(row[3]) for row in rows)


def test_ids_that_start_with_a_hyphen_stand_behind_a_space_and_have_eleven_characters():
    ids = [row[0] for handle in CHANNELS for row in _table(handle, *JUNE)[2:] if len(row) > 1]

    assert any(text.startswith(" -") for text in ids)
    assert not any(text.startswith("-") for text in ids)
    assert all(re.fullmatch(r"[\w-]{11}", text.strip()) for text in ids)


def test_publish_dates_are_english_in_every_language():
    for handle in CHANNELS:
        for row in _table(handle, *JUNE)[2:502]:
            assert re.fullmatch(r"[A-Z][a-z]{2} \d{1,2}, 20\d\d", row[2])


def test_the_zip_names_the_day_after_the_last_one():
    name = youtube.zip_name(CHANNELS["youngposts-yrsa"], 0, *JUNE)

    assert name == "Innehåll 2025-06-01_2025-07-01 Young Posts Yrsa.zip"


def test_a_date_report_carries_the_levels_net_gains_newest_day_first():
    truth = CHANNELS["steady-sara"]
    table, totals = map(_rows, youtube.date_report(truth, *JUNE).values())
    header, total, *rows = table

    assert header == ["Data", "Visualizações", "Tempo de exibição (horas)", "Inscritos"]
    assert [row[0] for row in rows[:2]] == ["2025-06-30", "2025-06-29"]
    assert len(rows) == 30
    assert sum(int(row[3]) for row in rows) == int(total[3])
    assert [int(row[3]) for row in reversed(rows)] == list(np.diff(truth.levels)[-30:])
    assert [row[1] for row in totals[1:]] == [row[1] for row in reversed(rows)]


def test_excel_turns_days_around_and_changes_the_line_ends_only():
    before = next(iter(youtube.date_report(CHANNELS["capped-carl"], *JUNE).values()))

    after = youtube.resave_in_excel(before)

    assert b"\r\n30-06-2025," in after
    assert after.count(b"\r\n") == before.count(b"\n")
    assert [row[1:] for row in _rows(after)] == [row[1:] for row in _rows(before)]


def test_the_chart_lists_the_best_five_posts_day_by_day():
    chart = _rows(youtube.content_report(CHANNELS["shorts-break-bo"], *JUNE)["Chart data.csv"])

    assert chart[0] == [
        "Date",
        "Content",
        "Video title",
        "Video publish time",
        "Duration",
        "Views",
    ]
    assert len(chart) == 1 + 5 * 30
