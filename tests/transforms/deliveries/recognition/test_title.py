from dataclasses import replace

import polars as pl
import pytest

from transforms.deliveries.recognition.recognition import RecognitionError
from transforms.deliveries.recognition.title import recognise_any
from transforms.exports import EXPORTS
from transforms.reading.tables import TextTable, read_tables


def table(title: str, header: str = '"Date","Primary"') -> TextTable:
    content = f'sep=,\n"{title}"\n{header}\n"2026-05-25T00:00:00","1"\n'
    return read_tables(content.encode(), "file")[0]


def test_a_title_decides_and_the_folder_only_puts_its_own_network_first():
    for platform, rival in (("instagram", "facebook"), ("facebook", "instagram")):
        ((recognition, _),) = recognise_any(table("Views"), platform=platform)
        assert recognition.export is EXPORTS[f"{platform}_overview"]
        assert recognition.rivals == (EXPORTS[f"{rival}_overview"],)
        assert (recognition.about, recognition.language) == ("views", "en")
    ((recognition, _),) = recognise_any(table("Facebook visits"), platform="instagram")
    assert (recognition.export, recognition.rivals) == (EXPORTS["facebook_overview"], ())


@pytest.mark.parametrize("title", ["VIEWS", " views ", "Vi\u00adews"])
def test_case_spaces_and_soft_hyphens_make_no_other_title(title):
    ((recognition, _),) = recognise_any(table(title))
    assert recognition.about == "views"


def test_a_title_outside_a_workbook_is_no_name_of_a_sheet():
    ((recognition, _),) = recognise_any(table("Followers"), platform="instagram")
    assert recognition.export is None
    assert "the title 'Followers'" in recognition.reason


def test_an_unknown_title_is_named_with_the_nearest():
    ((recognition, _),) = recognise_any(table("Instagram profile visit"))
    assert recognition.export is None
    assert recognition.nearest == "instagram_overview"
    assert "'Instagram profile visit'" in recognition.reason
    assert "'Instagram profile visits'" in recognition.reason


def test_a_table_under_a_title_is_never_told_by_its_header():
    content = (
        b"Nonsense of mine\nDate,Video Views,Profile Views,Likes,Comments,Shares\n1 May,1,2,3,4,5\n"
    )
    (found,) = read_tables(content, "file")
    assert recognise_any(found)[0][0].export is None


def test_a_table_without_a_title_is_never_told_by_a_title():
    content = b"Date,Primary\n2026-05-25T00:00:00,1\n"
    (found,) = read_tables(content, "file")
    assert recognise_any(found)[0][0].export is None


@pytest.mark.parametrize(
    ("content", "export"),
    [
        ('"Age","Women","Men"\n"18-24","34","23"\n"25-34","23","20"\n', "age_gender"),
        ('"Mexico","Chile"\n"39.2","12"\n', "country"),
        ('"Lima, Peru","Santiago, Chile"\n"4.5","6.2"\n', "city"),
    ],
)
def test_a_table_whose_title_is_gone_is_named_and_not_read(content, export):
    (untitled,) = read_tables(content.encode(), "file")
    ((recognition, _),) = recognise_any(untitled, platform="instagram")
    assert (recognition.export, recognition.nearest) == (None, f"instagram_audience_{export}")
    assert "the title above them is gone" in recognition.reason


def test_a_layout_its_title_does_not_promise_is_the_reason():
    ((recognition, _),) = recognise_any(table("Views", '"Day","Figure"'))
    assert recognition.export is not None
    assert "'Primary' are expected" in recognition.reason


def test_two_exports_of_one_platform_for_one_title_are_an_error():
    twin = replace(EXPORTS["instagram_overview"], name="twin")
    with pytest.raises(RecognitionError, match="both claim the title 'Views'"):
        recognise_any(table("Views"), EXPORTS | {"twin": twin}, "instagram")


def test_a_language_is_added_without_code():
    export = EXPORTS["instagram_overview"].with_names('[titles.visits]\nda = ["Profilbesøg"]')
    ((recognition, _),) = recognise_any(table("Profilbesøg"), {export.name: export})
    assert (recognition.about, recognition.language) == ("visits", "da")


def information(labels: str) -> TextTable:
    start, end = '{"organic_insights_audience": [{"string_map_data": {', "}}]}"
    return read_tables((start + labels + end).encode(), "file")[0]


def test_exports_that_share_a_title_each_read_their_part_and_the_sheet_names_it():
    found = recognise_any(
        information('"Followers": {"value": "5"}, "Follows": {"value": "2"}'), platform="instagram"
    )
    assert {(recognition.export.name, table.sheet) for recognition, table in found} == {
        ("instagram_information_followers", "organic_insights_audience: followers"),
        ("instagram_information_period", "organic_insights_audience: figures of the period"),
    }


def test_a_shared_title_whose_every_part_is_absent_is_not_recognised():
    ((recognition, _),) = recognise_any(information('"Ukendt": {"value": "5"}'))
    assert (recognition.export, recognition.unknown) == (None, ("Ukendt",))
    assert "'Ukendt'" in recognition.reason
    ((recognition, _),) = recognise_any(information(""))
    assert "it holds no entry" in recognition.reason


def test_the_name_of_a_sheet_is_a_title_where_nothing_else_tells():
    days = [("2026-05-25T00:00:00", "1")]
    sheet = replace(small_sheet(("Date", "Primary"), days), tab="Instagram reach")
    ((recognition, _),) = recognise_any(sheet, EXPORTS, "instagram")
    assert (recognition.export.name, recognition.about) == ("instagram_overview", "reach")


def test_a_sheet_whose_headers_are_known_is_not_what_its_name_says():
    sheet = replace(small_sheet(("Date", "Impressions", "Engagements"), []), tab="Reach")
    ((recognition, _),) = recognise_any(sheet, EXPORTS, "instagram")
    assert recognition.export.name == "linkedin_engagement"


def test_another_platforms_sheet_of_a_known_name_is_left_alone():
    sheet = replace(small_sheet(("Day", "Gained"), [("1", "2")]), tab="FOLLOWERS")
    ((recognition, _),) = recognise_any(sheet, EXPORTS, "tiktok")
    assert recognition.export is None
    ((recognition, _),) = recognise_any(sheet, EXPORTS, "linkedin")
    assert (recognition.export.name, recognition.reason is None) == ("linkedin_followers", False)


def small_sheet(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> TextTable:
    cells = {str(place): [row[place] for row in rows] for place in range(len(header))}
    frame = pl.DataFrame(
        {**cells, "row_number": range(2, len(rows) + 2), "surplus": [None] * len(rows)},
        schema={**dict.fromkeys(cells, pl.String), "row_number": pl.UInt32, "surplus": pl.String},
    )
    return TextTable(header, frame, "Sheet1", "workbook", "")
