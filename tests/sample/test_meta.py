import csv
import io
from datetime import UTC, date, datetime

import pytest

from tests.sample import meta
from tests.sample.__main__ import SEED
from tests.sample.inbox import simulations

MARCH = date(2025, 3, 1), date(2025, 3, 31)
SIMULATED = simulations(SEED)
ACCOUNTS = [key for key in SIMULATED if key[0] in ("instagram", "facebook")]


def _rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("key", ACCOUNTS)
def test_the_rows_read_back_to_the_truth(key):
    truth = SIMULATED[key]
    write = meta.facebook if key[0] == "facebook" else meta.instagram
    header, *rows = _rows(meta.table(write(truth, *MARCH)))
    views = header.index("Visualizações" if "Visualizações" in header else "Views")
    now = truth.counted(meta.exported_at(MARCH[1]))
    posts = meta.posts_of(truth, *MARCH)

    assert [int(row[views]) for row in rows] == list(now.views[posts])
    assert [row[0] for row in rows] == [meta.post_id(truth, post) for post in posts]
    assert all(15 <= len(row[0]) <= 18 and row[0].isdigit() for row in rows)
    caption = 3 if key[0] == "facebook" else 4
    assert [row[caption] for row in rows] == [truth.captions[post] for post in posts]


def test_the_bytes_have_a_mark_lf_and_quotes_only_where_a_space_comma_or_break_stands():
    content = meta.table(meta.instagram(SIMULATED["instagram", "steady.signe"], *MARCH))

    assert content.startswith(b'\xef\xbb\xbf"Post ID","Account ID","Account username"')
    assert b",Description," in content
    assert b",Lifetime," in content
    assert b"\r" not in content
    assert content.endswith(b"\n")


def test_captions_hold_breaks_and_emoji():
    rows = meta.instagram(SIMULATED["instagram", "steady.signe"], *MARCH)[1:]

    assert all("\n" in row[4] for row in rows)
    assert any("🚲" in row[4] for row in rows)


def test_a_portuguese_export_has_its_own_names_order_and_word_for_lifetime():
    header, first, *_ = meta.instagram(SIMULATED["instagram", "rising.rafael"], *MARCH)

    assert header[-2:] == ["Alcance", "Seguimentos"]
    assert first[10] == "Vitalício"
    assert first[8] in ("Reel do Instagram", "Imagem do Instagram", "Carrossel do Instagram")


def test_publish_times_are_those_of_los_angeles_and_the_shortcode_tells_the_same_minute():
    truth = SIMULATED["instagram", "steady.signe"]
    letters = {letter: value for value, letter in enumerate(meta._SHORTCODE)}
    for row in meta.instagram(truth, *MARCH)[1:]:
        media = 0
        for letter in row[7].split("/")[-2]:
            media = media * 64 + letters[letter]
        seconds = ((media >> 23) + 1_314_220_021_721) / 1000
        decoded = datetime.fromtimestamp(seconds, UTC).astimezone(meta.PACIFIC)
        assert f"{decoded:%m/%d/%Y %H:%M}" == row[6]


def test_the_same_post_has_the_same_id_and_never_falling_counters_in_later_exports():
    truth = SIMULATED["instagram", "falling.freja"]
    early = {row[0]: row for row in meta.instagram(truth, MARCH[0], date(2025, 3, 15))[1:]}
    late = {row[0]: row for row in meta.instagram(truth, *MARCH)[1:]}

    assert set(early) < set(late)
    for number, row in early.items():
        assert int(row[11]) <= int(late[number][11])


def test_a_collaboration_belongs_to_another_account_and_has_no_reach_and_no_follows():
    row = meta.collaboration("guest.gustav", MARCH[1], 1)
    named = dict(zip(meta.INSTAGRAM["en"], row, strict=True))

    assert named["Account ID"] == meta.account_id("guest.gustav")
    assert named["Reach"] == named["Follows"] == ""
    assert int(named["Views"]) > 0


def test_the_last_rows_of_a_page_are_short():
    header, *rows = meta.facebook(SIMULATED["facebook", "rising.page"], *MARCH)

    assert [len(row) - len(header) for row in rows[-6:]] == [0, -4, -4, -4, -4, -4]


def test_a_lost_post_leaks_a_column_that_holds_its_only_figure():
    rows = meta.facebook(SIMULATED["facebook", "rising.page"], *MARCH)

    header, failed, *rest = meta.leak(rows, "912345678901234")

    named = dict(zip(header, failed, strict=True))
    assert header[-1] == "IMPRESSION:UNIQUE_USERS"
    assert named["IMPRESSION:UNIQUE_USERS"] == "311"
    assert named["Post ID"] == named["Publish time"] == named["Permalink"] == ""
    assert named["Data comment"].endswith("912345678901234.")
    assert [len(row) for row in rest] == [len(header)] * (len(rest) - 5) + [len(header) - 5] * 5
