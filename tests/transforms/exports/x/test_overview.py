from datetime import date

import pytest

from tests.transforms.deliveries.made_up import broken, read, read_one, rows, source

ENGLISH = (
    "Date,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Unfollows,Replies,Reposts,"
    "Profile visits,Create Post,Video views,Media views"
)
JAPANESE = (
    "Date,インプレッション数,いいね,エンゲージメント,ブックマーク,共有された回数\\,新しいフォロー,"
    "フォロー解除,返信,リポスト,プロフィールへのアクセス数,ポストを作成,動画再生数,メディアの再生数"
)
PORTUGUESE = (
    "Date,Impressões,Curtidas,Engajamentos,Itens salvos,Compartilhamentos,Novos seguidores,"
    "Deixar de seguir,Respostas,Reposts,Visitas ao perfil,Criar post,Visualizações de vídeo,"
    "Visualizações de mídia"
)
DAYS = (
    '"Sun, Sep 7, 2025",20,1,2,3,4,5,6,7,8,9,10,0,0',
    '"Sat, Sep 6, 2025",40,2,3,4,5,9,1,8,9,10,11,0,0',
)
NAME = "account_overview_analytics.csv"


def overview(*lines: str, path: str = f"x/anna/{NAME}"):
    return read_one(path, "\n".join(lines))


@pytest.mark.parametrize("header", [ENGLISH, JAPANESE, PORTUGUESE])
def test_days_are_english_whatever_the_language_and_counts_are_gross(header):
    reading = overview(header, *DAYS)
    assert (reading.record.export, reading.record.account_ref) == ("x_overview", "anna")
    figures = (
        "impressions", "likes", "saves", "shares", "comments", "reposts", "profile_views",
        "likes_net", "comments_net", "shares_net",
    )  # fmt: skip
    assert rows(reading, "account_day", "day", *figures) == [
        (date(2025, 9, 7), 20, 1, 3, 4, 7, 8, 9, None, None, None),
        (date(2025, 9, 6), 40, 2, 4, 5, 8, 9, 10, None, None, None),
    ]


def test_followers_are_told_gained_lost_and_net():
    reading = overview(ENGLISH, *DAYS)
    follows = ("gross_follows", "lost_follows", "net_follows")
    assert rows(reading, "account_day", *follows) == [(5, 6, -1), (9, 1, 8)]
    blank = overview(ENGLISH, DAYS[0].replace(",5,6,", ",5,,"))
    assert rows(blank, "account_day", *follows) == [(5, None, None)]


def test_video_views_that_x_never_fills_are_no_views():
    assert rows(overview(ENGLISH, *DAYS), "account_day", "views") == [(None,), (None,)]


def test_a_day_whose_weekday_is_another_is_no_day():
    reading = overview(ENGLISH, DAYS[0], DAYS[1].replace("Sat", "Mon"))
    assert [(record, header) for record, header, _, _ in broken(reading)][:1] == [(3, "Date")]
    assert (reading.record.loaded, reading.record.quarantined) == (1, 1)


def test_outside_a_folder_a_sibling_tells_whose_it_is_and_alone_nothing_does():
    assert overview(ENGLISH, *DAYS, path=NAME).record.status == "refused"
    tweets = (
        '"Tweet id","Tweet permalink","impressions","retweets"\n'
        '"970638794191540224","https://twitter.com/Anna/status/970638794191540224","1.0","0.0"\n'
    )
    readings = read(
        source(NAME, "\n".join([ENGLISH, *DAYS])),
        source("tweet_activity_metrics_Anna_20180301_20180401_en.csv", tweets),
    )
    assert {reading.record.account_ref for reading in readings} == {"anna"}
