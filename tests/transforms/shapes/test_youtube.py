import pytest

from tests.transforms.deliveries.made_up import broken, read, read_one, rows, source

ZIP = "youtube/anna/X 2026-03-01_2026-04-01 Anna.zip"


def table(*lines: str, path: str = ZIP):
    return read_one(path, "\n".join([*lines, ""]), member="t.csv")


def shares(reading) -> dict[str, float]:
    return {
        segment: round(share, 6) for segment, share in rows(reading, "audience", "segment", "share")
    }


@pytest.mark.parametrize(
    ("header", "export"),
    [
        ("Edad,Visualizaciones (%)", "youtube_viewer_age"),
        ("視聴者の年齢,視聴回数 (%)", "youtube_viewer_age"),
    ],
)
def test_age_bands_and_the_share_of_views_are_viewer_age_in_every_language(header, export):
    reading = table(header, "13\u201317 x,20", "65 y más,80")
    assert reading.record.export == export
    assert shares(reading) == {"13-17": 0.2, "65+": 0.8}
    assert reading.record.notes[0].startswith("told by its shape: no name is known for ")


def test_the_share_of_views_is_told_by_its_word_wherever_it_stands():
    reading = table(
        "Edad,Tiempo (horas) (%),Visualizaciones (%)", "13-17 años,21,20", "25-34 años,79,80"
    )
    assert shares(reading) == {"13-17": 0.2, "25-34": 0.8}


def test_the_share_of_views_without_a_word_is_the_one_that_sums_to_100_and_has_no_unit():
    lines = ("13\u201317,20,33.1,21", "25\u201334,80,44.2,79")
    assert shares(table("Wiek,A (%),B (%),C (h) (%)", *lines)) == {"13-17": 0.2, "25-34": 0.8}


@pytest.mark.parametrize(
    "lines",
    [
        ("Wiek,A (%),B (%)", "13\u201317,20,30", "25\u201334,80,70"),
        ("Wiek,A (%)", "13\u201317,20", "25\u201334,70"),
        ("Wiek,A (h) (%)", "13\u201317,20", "25\u201334,80"),
        ("Wiek,Płeć,Wyświetlenia (%)", "13\u201317,K,20", "13\u201317,M,80"),
        ("Wiek,Viewer gender,Wyświetlenia (%)", "13\u201317,1,20", "25\u201334,2,80"),
        ("Wiek,Wyświetlenia (%)", "13\u201317,20", "26\u201333,80"),
        ("Guztira,Wyświetlenia", "Guztira,200", "PL,80"),
        ("Napisy,Wyświetlenia", "en,20", "pl,10"),
        ("Kraj,Foo", "PL,20", "DE,10"),
        ("Miasta,Wyświetlenia", "0x1:0x2,10"),
        ("Kraj,Wyświetlenia",),
        ("Kraj,Wyświetlenia", "Razem,200"),
    ],
)
def test_what_is_not_certain_stays_unrecognised(lines):
    assert table(*lines).record.status == "unrecognised"


def test_country_codes_beside_views_are_geography_with_the_total_in_its_language():
    reading = table("Kraj,Wyświetlenia,Foo", "Razem,200,9", "PL,120,3", "ZZ,20,1", "XK,10,0:01:02")
    assert (reading.record.export, reading.record.not_data) == ("youtube_geography", 1)
    assert reading.record.language == "pl"
    assert reading.record.unknown_headers == ("Kraj", "Foo")
    assert shares(reading) == {"PL": 0.6, "unreported": 0.35, "XK": 0.05}


def test_feature_ids_and_their_names_beside_views_are_cities():
    reading = table(
        "Ciudades,Nombre,Visualizaciones",
        "Total,,200",
        '0x1:0xaf,"Madrid, España",80',
        "Se muestran los 500 primeros resultados,,",
    )
    assert (reading.record.export, reading.record.not_data) == ("youtube_cities", 2)
    assert shares(reading) == {"Madrid, España": 0.4, "unreported": 0.6}


def test_women_and_men_are_viewer_gender_and_a_third_word_is_quarantined():
    reading = table("性別,視聴回数 (%)", "女性,20", "男性,79.9", "ユーザー指定,0.1")
    assert reading.record.export == "youtube_viewer_gender"
    assert shares(reading) == {"female": 0.2, "male": 0.799, "unreported": 0.001}
    assert [row[3] for row in broken(reading)] == ["ユーザー指定"]


def test_a_file_under_another_platform_is_not_told_by_its_shape():
    assert table("Kraj,Wyświetlenia", "PL,120", path="tiktok/anna/a.zip").record.export is None


def test_a_file_cut_along_its_rows_is_one_distribution():
    readings = read(
        source("youtube/anna/a.csv", "Kraj,Wyświetlenia\nRazem,200\nPL,120\n"),
        source("youtube/anna/b.csv", "Kraj,Wyświetlenia\nDE,20\n"),
    )
    told = {}
    for reading in readings:
        for segment, share in shares(reading).items():
            told[segment] = round(told.get(segment, 0) + share, 6)
    assert told == {"PL": 0.6, "DE": 0.1, "unreported": 0.3}


def test_video_ids_titles_and_english_days_beside_views_are_the_content_report():
    reading = table(
        "Contenido,Título,Publicación,Duración,Visualizaciones,Etiqueta",
        "Total,,,,30,4",
        'aaaaaaaaaa1,Uno,"Aug 19, 2025",60,20,3',
        " -aaaaaaaaa2,2,,30,9,1",
    )
    assert (reading.record.export, reading.record.language) == ("youtube_content", "es")
    assert rows(reading, "post_period", "post_id", "views", "net_follows") == [
        ("aaaaaaaaaa1", 20, None),
        ("-aaaaaaaaa2", 9, None),
    ]
    assert reading.record.unknown_headers[-1] == "Etiqueta"


@pytest.mark.parametrize(
    "lines",
    [
        ("Vídeo,Título,Fecha,Visualizaciones", "aaaaaaaaaa1,Uno,19/08/2025,20"),
        ("Vídeo,Título,Publicación,Visualizaciones", 'Uno,1,"Aug 19, 2025",20'),
        ("Vídeo,Título,Publicación,Vues x", 'aaaaaaaaaa1,1,"Aug 19, 2025",20'),
        ("Vídeo,Título,Visualizaciones,Vues x", 'aaaaaaaaaa1,1,"Aug 19, 2025",20'),
        ("Vídeo,Duración,Publicación,Visualizaciones", 'aaaaaaaaaa1,1,"Aug 19, 2025",20'),
    ],
)
def test_a_list_of_videos_that_studio_does_not_write_is_none(lines):
    assert table(*lines).record.status == "unrecognised"


def test_a_list_longer_than_studio_cuts_it_is_none():
    lines = [f"PL,{views}" for views in range(503)]
    assert table("Kraj,Wyświetlenia", *lines).record.status == "unrecognised"
