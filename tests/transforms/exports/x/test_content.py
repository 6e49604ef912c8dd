import csv
import io
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.deliveries.made_up import broken, read_one, rows

FIRST = (
    "Post id,Date,Post text,Link,Impressions,Likes,Engagements,Bookmarks,Share,New follows,Replies,"
    "Reposts,Profile visits,Detail expands,Url clicks,Hashtag clicks,Permalink clicks"
)
NOW = (
    "Post id,Date,Post text,Post Link,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,"
    "Replies,Reposts,Profile visits,Detail Expands,URL Clicks,Hashtag Clicks,Permalink Clicks"
)
JAPANESE = (
    "ポストID,日付,ポスト本文,ポストのリンク,インプレッション数,いいね,エンゲージメント,"
    "ブックマーク,共有された回数\\,新しいフォロー,返信,リポスト,プロフィールへのアクセス数,"
    "詳細のクリック数,URLのクリック数,ハッシュタグのクリック数,パーマリンクのクリック数"
)
PORTUGUESE = (
    "ID do post,Data,Texto do post,Postar link,Impressões,Curtidas,Engajamentos,Itens salvos,"
    "Compartilhamentos,Novos seguidores,Respostas,Reposts,Visitas ao perfil,"
    "Expansões de detalhes,Cliques de URL,Cliques de hashtag,Cliques de link permanente"
)
ID = "2013544529130434617"
URL = f"https://x.com/Anna_B/status/{ID}"
POST = f'{ID},"Tue, Jan 20, 2026","Hi, all &lt;3",{URL},70,11,30,1,2,3,4,5,6,7,8,9,10'
GHOST = ",,,https://x.com/Anna_B/status/undefined,0,0,0,0,0,0,0,0,0,0,0,0,0"
NAME = "account_analytics_content_2025-11-01_2026-01-31.csv"
FIGURES = (
    "impressions", "likes", "saves", "shares", "follows", "comments", "reposts", "link_clicks",
)  # fmt: skip


def content(*lines: str, end: str = "\n", path: str = f"x/anna_b/{NAME}"):
    return read_one(path, end.join(lines))


@pytest.mark.parametrize("header", [FIRST, NOW, JAPANESE, PORTUGUESE])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_both_generations_and_other_languages_tell_the_same(header, end):
    reading = content(header, POST, end=end)
    assert (reading.record.export, reading.record.status) == ("x_content", "loaded")
    assert rows(reading, "post_lifetime", "post_id", *FIGURES) == [(ID, 70, 11, 1, 2, 3, 4, 5, 8)]
    attributes = ("account_ref", "account_handle", "caption", "url", "catalogue", "format")
    assert rows(reading, "post", *attributes) == [
        ("anna_b", "anna_b", "Hi, all <3", URL, "complete", None)
    ]


def test_the_moment_is_that_of_the_id_and_not_the_browsers_day():
    reading = content(FIRST, POST.replace('"Tue, Jan 20, 2026"', "Mon Jan 19 2026"))
    assert rows(reading, "post", "published_at", "published_at_source") == [
        (datetime(2026, 1, 20, 9, 30, 0, 250_000, tzinfo=UTC), "post_id")
    ]


def test_the_name_tells_the_last_day_of_a_file_and_the_links_whose_it_is():
    reading = content(FIRST, POST, path=NAME)
    record = reading.record
    assert (record.account_ref, record.observed_on) == ("anna_b", date(2026, 1, 31))


def test_rows_of_no_post_are_no_data():
    reading = content(NOW, POST, GHOST, GHOST)
    record = reading.record
    assert (record.rows_in, record.loaded, record.not_data, record.quarantined) == (3, 1, 2, 0)


def test_a_file_of_nothing_but_such_rows_is_known_and_empty():
    assert content(NOW, GHOST).record.status == "empty"


@pytest.mark.parametrize(
    ("posts", "ghosts", "catalogue"),
    [(999, 0, "complete"), (1000, 0, "capped"), (997, 3, "capped"), (997, 2, "complete")],
)
def test_a_thousand_rows_are_a_list_that_was_cut(posts, ghosts, catalogue):
    lines = [POST.replace(ID, str(int(ID) - n)) for n in range(posts)]
    reading = content(NOW, *lines, *[GHOST] * ghosts)
    assert set(reading.tables["post"]["catalogue"]) == {catalogue}


def test_an_id_without_its_digits_is_read_from_the_link_and_else_refused():
    damaged = POST.replace(f"{ID},", "1.89156E+18,", 1)
    assert rows(content(NOW, damaged), "post", "post_id") == [(ID,)]
    reading = content(NOW, POST, damaged.replace(URL, ""))
    assert [record[0] for record in broken(reading)] == [3] * len(broken(reading))
    assert reading.record.quarantined == 1


def test_a_report_in_which_few_links_lead_to_x_is_no_export_of_x():
    foreign = POST.replace(URL, "https://www.instagram.com/p/D/")
    record = content(NOW, POST, foreign, foreign).record
    assert record.status == "unrecognised"
    assert "hardly a cell of 'Post Link'" in record.reason


def test_an_export_without_a_post_is_known_and_empty():
    assert content(NOW).record.export == "x_content"


def test_an_id_beside_the_link_of_another_post_is_refused():
    reading = content(NOW, POST.replace(f"{ID},", "1413544529130434617,", 1), POST)
    rule = "is not a link to a post on X whose id is the one beside it"
    assert (2, "Post Link", rule, URL) in broken(reading)


@pytest.mark.parametrize(("engagements", "agrees"), [("30", True), ("20", True), ("19", False)])
def test_what_x_sums_up_itself_holds_likes_replies_and_reposts(engagements, agrees):
    reading = content(NOW, POST.replace(",70,11,30,", f",70,11,{engagements},"))
    assert reading.record.loaded == 1
    (found,) = reading.reconciliation.rows(named=True)
    assert found["check"] == "likes + replies + reposts <= engagements"
    assert (found["reason"] == "agrees") is agrees


def test_a_blank_figure_is_not_zero():
    reading = content(NOW, POST.replace(",70,11,", ",70,,"))
    assert rows(reading, "post_lifetime", "impressions", "likes") == [(70, None)]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20), min_size=1, max_size=4
    )
)
def test_whatever_a_text_holds_the_figures_stay_in_their_columns(texts):
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(NOW.split(","))
    for number, text in enumerate(texts):
        post_id = str(int(ID) - number)
        table.writerow([post_id, "Tue, Jan 20, 2026", text, URL.replace(ID, post_id), *"7" * 13])
    reading = content(written.getvalue())
    assert reading.record.loaded == len(texts)
    assert reading.tables["post_lifetime"]["impressions"].sum() == 7 * len(texts)
