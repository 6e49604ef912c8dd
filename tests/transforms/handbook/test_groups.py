from dataclasses import replace

import pytest

from transforms.exports import EXPORTS
from transforms.handbook.groups import Group, constants, grouped, names_of, rows, worked_out


def group_of(*names: str) -> Group:
    (found,) = grouped(EXPORTS[name] for name in names)
    return found


def test_every_export_is_in_one_group():
    members = [export.name for group in grouped(EXPORTS.values()) for export in group.exports]

    assert sorted(members) == sorted(EXPORTS)


def test_no_two_groups_have_one_title():
    titles = [group.title for group in grouped(EXPORTS.values())]

    assert len(titles) == len(set(titles))


@pytest.mark.parametrize("group", grouped(EXPORTS.values()), ids=lambda group: group.first.name)
def test_every_column_that_an_export_fills_is_accounted_for(group):
    filled = {name.partition(".")[2] for row in rows(group) for name in row.fills}

    for export in group.exports:
        assert set(export.columns) == filled | set(constants(export)) | set(worked_out(export))


def test_a_title_alone_names_a_group_of_reports_that_all_have_it():
    assert group_of("x_video", "x_video_untitled").title == "X account analytics, video, daily"


def test_the_dimensions_follow_the_words_that_the_titles_share():
    assert group_of("facebook_audience_city", "facebook_audience_country").title == (
        "Meta Business Suite audience, Facebook followers by city, country"
    )


def test_what_is_kept_stands_alone():
    alike = ("linkedin_followers_others", "linkedin_viewers_others")

    assert len(grouped(EXPORTS[name] for name in alike)) == 2


def test_reports_of_two_places_of_download_stand_apart():
    here = EXPORTS["tiktok_follower_gender"]
    there = replace(here, name="elsewhere", where="elsewhere")

    assert len(grouped([here, there])) == 2


def test_a_name_in_english_that_a_real_file_had_is_shown_first():
    export = EXPORTS["tiktok_viewers"].with_names(
        '[headers.total]\nda = ["I alt"]\nen = [{ name = "Viewers", seen = "documentation" }]'
    )

    assert [name.spelled for name in names_of(export, "total")] == [
        "Total Viewers",
        "Viewers",
        "I alt",
    ]


def test_a_title_that_fills_nothing_is_no_row():
    columns = [row.column for row in rows(group_of("x_video"))]

    assert "video_overview" not in columns
    assert "views" in columns


def test_one_title_of_several_is_needed_and_a_header_of_every_table_always():
    need = {row.column: row.need for row in rows(group_of("instagram_overview"))}

    assert need["reach"] == "one of these"
    assert need["date"] == "yes"
