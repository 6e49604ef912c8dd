from datetime import UTC, date, datetime

import pytest

from tests.transforms.deliveries.made_up import broken, read, read_one, rows, source

NAME = "instagram/anna/Mar-01-2026_Mar-31-2026_1019826952924933.csv"
HEADER = (
    '"Post ID","Account ID","Account username","Account name",Description,"Duration (sec)",'
    '"Publish time",Permalink,"Post type","Data comment",Date,Views,Reach,Likes,Shares,Follows,'
    "Comments,Saves"
)
OWN = (
    '17900000000000001,17840000000000001,anna,Anna A,"Line one\nline two, ""so""",58,'
    '"03/08/2026 01:30",https://www.instagram.com/reel/a/,"IG reel",,Lifetime,100,80,9,3,1,2,4'
)
COLLAB = (
    '17900000000000002,17840000000000002,bo,Bo B,Together,0,"03/09/2026 10:00",'
    'https://www.instagram.com/p/b/,"IG carousel",,Lifetime,50,,7,0,,1,0'
)


def file(*lines: str, header: str = HEADER) -> str:
    return "\ufeff" + "\n".join([header, *lines])


def test_a_row_fills_post_and_lifetime():
    reading = read_one(NAME, file(OWN))
    assert rows(
        reading, "post", "post_id", "account_ref", "account_handle", "published_at", "format",
        "caption", "catalogue",
    ) == [
        (
            "17900000000000001", "17840000000000001", "anna",
            datetime(2026, 3, 8, 9, 30, tzinfo=UTC), "reel", 'Line one\nline two, "so"', "complete",
        )
    ]  # fmt: skip
    assert rows(
        reading,
        "post_lifetime",
        "views",
        "reach",
        "likes",
        "shares",
        "follows",
        "comments",
        "saves",
    ) == [(100, 80, 9, 3, 1, 2, 4)]


def test_publish_times_are_of_los_angeles_in_winter_and_summer():
    summer = OWN.replace("03/08/2026 01:30", "03/08/2026 03:30")
    assert rows(read_one(NAME, file(summer)), "post", "published_at") == [
        (datetime(2026, 3, 8, 10, 30, tzinfo=UTC),)
    ]


def test_a_collaboration_belongs_to_the_rows_account_and_blank_is_not_zero():
    reading = read_one(NAME, file(COLLAB, OWN))
    assert rows(reading, "post", "account_ref", "account_handle", "exported_by") == [
        ("17840000000000002", "bo", "17840000000000001"),
        ("17840000000000001", "anna", "17840000000000001"),
    ]
    assert rows(reading, "post_lifetime", "reach", "follows", "shares")[0] == (None, None, 0)
    assert reading.record.account_ref == "17840000000000001"


def test_without_a_folder_the_account_of_most_rows_exported_it():
    other = OWN.replace("000001,1784", "000003,1784")
    reading = read_one("export.csv", file(COLLAB, OWN, other))
    assert set(reading.tables["post"]["exported_by"]) == {"17840000000000001"}


def test_the_periods_end_is_inclusive_and_only_an_estimate_of_the_day():
    record = read_one(NAME, file(OWN)).record
    assert (record.period_start, record.period_end) == (date(2026, 3, 1), date(2026, 3, 31))
    assert (record.observed_on, record.observed_on_source) == (date(2026, 3, 31), "period_end")


def test_portuguese_headers_in_another_order():
    header = (
        "Identificação da publicação,Identificação da conta,Nome de usuário da conta,"
        "Nome da conta,Descrição,Duração (segundos),Horário de publicação,Link permanente,"
        "Tipo de publicação,Comentário de dados,Data,Visualizações,Curtidas,Compartilhamentos,"
        "Comentários,Salvamentos,Alcance,Seguimentos"
    )
    line = (
        '17900000000000001,17840000000000001,anna,Anna,Oi,0,"03/08/2026 03:30",https://i/,'
        '"Carrossel do Instagram",,Vitalício,10,2,3,4,5,6,7'
    )
    reading = read_one(NAME, file(line, header=header))
    assert reading.record.language == "pt"
    assert rows(reading, "post", "format") == [("carousel",)]
    assert rows(
        reading,
        "post_lifetime",
        "views",
        "likes",
        "shares",
        "comments",
        "saves",
        "reach",
        "follows",
    ) == [(10, 2, 3, 4, 5, 6, 7)]


def test_documented_swedish_headers():
    header = (
        "Publicerings-id,Konto-id,Kontots användarnamn,Kontonamn,Beskrivning,Publiceringstid,"
        "Permalänk,Inläggstyp,Visningar,Räckvidd,Gilla-markeringar,Kommentarer,Delningar,Följer,"
        "Sparade objekt"
    )
    line = (
        "17900000000000001,17840000000000001,anna,Anna,Hej,03/08/2026 03:30,https://i/,"
        "Instagram-bild,1,2,3,4,5,6,7"
    )
    reading = read_one(NAME, file(line, header=header))
    assert reading.record.language == "sv"
    assert rows(reading, "post", "format") == [("image",)]
    assert rows(reading, "post_lifetime", "likes", "saves") == [(3, 7)]


SPANISH = (
    "Identificador de la publicación,Identificador de la cuenta,Nombre de usuario de la cuenta,"
    "Nombre de la cuenta,Descripción,Duración (segundos),Hora de publicación,Enlace permanente,"
    "Tipo de publicación,Visualizaciones,Alcance,Me gusta,Veces que se ha compartido,Seguidores,"
    "Comentarios,Veces guardado"
)
RUSSIAN = (
    "ID публикации,ID аккаунта,Имя пользователя аккаунта,Название аккаунта,Описание,"
    "Длительность (с.),Время публикации,Постоянная ссылка,Тип публикации,Просмотры,Охват,"  # noqa: RUF001
    '"Отметки ""Нравится""",Репосты,Подписки,Комментарии,Сохранения'
)
JAPANESE = (
    "投稿ID,アカウントID,アカウントのユーザーネーム,アカウント名,説明,時間(秒),公開時間,リンク,"
    "投稿タイプ,ビュー,リーチ,いいね！の数,シェア数,フォロー数,コメント数,保存数"  # noqa: RUF001
)
KOREAN = (
    "게시물 ID,계정 ID,계정 사용자 이름,계정 이름,설명,기간(초),게시 시간,고유 링크,게시물 유형,"
    "조회,도달,좋아요,공유,팔로우,댓글,저장"
)


@pytest.mark.parametrize(
    ("language", "header", "post_type", "format"),
    [
        ("es", SPANISH, "Historia de Instagram", "story"),
        ("ru", RUSSIAN, "Видео Instagram", "video"),
        ("ja", JAPANESE, "IGリール動画", "reel"),
        ("ja", JAPANESE, "Instagramカルーセル", "carousel"),
        ("ko", KOREAN, "Instagram 릴스", "other"),
    ],
)
def test_documented_headers_of_other_languages(language, header, post_type, format):
    line = (
        f"17900000000000001,17840000000000001,anna,Anna,A,9,03/08/2026 03:30,https://i/,{post_type},"
        "1,2,3,4,5,6,7"
    )
    reading = read_one(NAME, file(line, header=header))
    assert (reading.record.language, reading.record.unknown_headers) == (language, ())
    assert rows(reading, "post", "format", "duration_s") == [(format, 9.0)]
    assert rows(
        reading, "post_lifetime", "views", "reach", "likes", "shares", "follows", "comments",
        "saves",
    ) == [(1, 2, 3, 4, 5, 6, 7)]  # fmt: skip


@pytest.mark.parametrize(
    ("post_type", "format"),
    [
        ("IG reel", "reel"),
        ("IG image", "image"),
        ("Imagem do Instagram", "image"),
        ("Reel do Instagram", "reel"),
        ("IG video", "video"),
        ("IG something", "other"),
        ("", None),
    ],
)
def test_post_types_of_every_language_become_one_format(post_type, format):
    reading = read_one(NAME, file(OWN.replace('"IG reel"', post_type)))
    assert rows(reading, "post", "format") == [(format,)]


def test_rows_per_day_whose_days_are_blank_are_refused():
    lines = [OWN.replace("Lifetime", "")] * 10
    reading = read_one(NAME, file(*lines))
    assert (reading.record.export, reading.record.status) == ("instagram_content", "refused")
    assert "(10 rows, 1 posts), and Date says no day" in reading.record.reason
    assert reading.tables == {}


def test_an_unknown_word_for_lifetime_is_refused_and_says_where_to_add_it():
    reading = read_one(NAME, file(OWN.replace("Lifetime", "À vie")))
    assert reading.record.status == "refused"
    assert "'À vie'" in reading.record.reason
    assert "[labels.lifetime]" in reading.record.reason


def test_a_single_row_that_is_not_lifetime_is_quarantined():
    lines = [OWN, COLLAB, OWN.replace("000001,", "000009,", 1).replace("Lifetime", "2026-03-01")]
    reading = read_one(NAME, file(*lines))
    assert reading.record.loaded == 2
    rule = "is not Lifetime or Livstid or Total or Vitalício or 通算"
    assert broken(reading) == [(4, "Date", rule, "2026-03-01")]


def test_ids_that_went_through_a_float_are_quarantined():
    reading = read_one(NAME, file(OWN.replace("17900000000000001", "1.79E+16")))
    assert broken(reading)[0][1:] == ("Post ID", "is not an id with all its digits", "1.79E+16")


def test_another_accounts_export_in_the_same_folder_keeps_its_own_exporter():
    other = NAME.replace("1019826952924933", "2019826952924933")
    readings = read(source(NAME, file(OWN)), source(other, file(COLLAB)))
    assert [reading.record.account_ref for reading in readings] == [
        "17840000000000001",
        "17840000000000002",
    ]


def test_portuguese_headers_of_2026_and_their_word_for_lifetime():
    header = (
        '"Identificação do post","Identificação da conta","Nome de usuário da conta",'
        '"Nome da conta",Descrição,"Duração (s)","Horário de publicação","Link permanente",'
        '"Tipo de post","Comentário de dados",Data,Visualizações,Alcance,Curtidas,'
        "Compartilhamentos,Seguimentos,Comentários,Salvamentos"
    )
    own = OWN.replace("Lifetime", "Total").replace("IG reel", "Reel do Instagram")
    reading = read_one(NAME, file(own, header=header))
    assert (reading.record.status, reading.record.language) == ("loaded", "pt")
    assert rows(reading, "post", "format", "duration_s") == [("reel", 58.0)]
    assert rows(reading, "post_lifetime", "views", "reach", "likes", "follows", "saves") == [
        (100, 80, 9, 1, 4)
    ]
    assert reading.record.unknown_headers == ()


def test_a_story_has_clicks_on_its_link_and_no_comments_or_saves():
    header = HEADER.replace(
        "Follows,Comments,Saves",
        '"Profile visits",Replies,"Link clicks","Sticker taps",Navigation,Follows',
    )
    story = (
        '17900000000000003,17840000000000001,anna,Anna A,,17,"01/28/2026 22:02",'
        'https://www.instagram.com/stories/anna/38,"IG story",,Lifetime,90,80,4,5,40,6,92,,70,1'
    )
    reading = read_one(NAME, file(story, header=header))
    assert rows(reading, "post", "format", "caption") == [("story", None)]
    assert rows(
        reading, "post_lifetime", "views", "link_clicks", "follows", "comments", "saves"
    ) == [(90, 92, 1, None, None)]
    assert reading.record.unknown_headers == ()
