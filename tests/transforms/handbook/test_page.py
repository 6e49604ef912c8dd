from dataclasses import replace
from pathlib import Path

import pytest

from transforms.exports import EXPORTS
from transforms.handbook.page import page

PAGE = Path(__file__).parents[3] / "docs" / "exports.md"
LONGEST = 1500
"""Lines of a page that a person still reads."""


def of(*names: str) -> str:
    return page({name: EXPORTS[name] for name in names})


def line(text: str, beginning: str) -> str:
    (found,) = [line for line in text.splitlines() if line.startswith(beginning)]
    return found


def test_the_page_says_what_the_declarations_say():
    assert page(EXPORTS) == PAGE.read_text(encoding="utf-8"), (
        "an export changed: read the difference, then run "
        "python -m tests.transforms.handbook.test_page"
    )


def test_the_page_stays_short_enough_to_be_read():
    assert page(EXPORTS).count("\n") < LONGEST


@pytest.mark.parametrize("export", EXPORTS.values(), ids=EXPORTS)
def test_every_report_its_download_and_its_source_stand_on_the_page(export):
    said = page(EXPORTS)

    assert f"`{export.name}`" in said
    assert f"| {export.where} |" in said
    assert f"- {export.source} (" in said


@pytest.mark.parametrize("export", EXPORTS.values(), ids=EXPORTS)
def test_an_export_that_refuses_says_what(export):
    assert bool(export.refusal) == bool(export.refuses)


def test_an_export_that_keeps_some_of_its_files_says_which():
    said = of("youtube_content_days")
    keeps = EXPORTS["youtube_content_days"].keeps

    assert line(said, f"- {keeps}") == f"- {keeps} (`youtube_content_days`)."
    assert "### Kept, and why" in said
    assert "| loaded |" in said


def test_a_header_stands_with_its_column_what_it_fills_its_unit_and_whether_it_is_needed():
    said = of("youtube_content")

    assert line(said, "| `Watch time (hours)`") == (
        "| `Watch time (hours)` | `watch_time` | `post_period.watch_time_s` | s | one of these |"
    )
    assert line(said, "| `Video publish time`").endswith(" | UTC |  |")
    assert "at least one of those marked so below" in line(said, "- `youtube_content` is told by")
    assert line(said, "| `Content`").endswith("`post_period.post_id` |  | yes |")


def test_a_header_that_only_tells_the_report_fills_nothing():
    assert line(of("tiktok_last_days"), "| `Difference in") == (
        "| `Difference in followers from previous day` | `difference` | nothing |  | yes |"
    )


def test_a_name_that_no_real_file_had_is_marked():
    said = of("x_video")

    assert "| `Views`\u2020 | `views` |" in said
    assert "a table titled `Video overview`\u2020" in said
    assert "English 0/5" in said


def test_reports_that_differ_in_a_dimension_share_one_table():
    said = of("tiktok_follower_gender", "tiktok_follower_territories")

    assert "### TikTok Studio followers by gender, country\n" in said
    assert said.count("| header |") == 1
    assert "`dimension` is gender or country" in said
    assert "`tiktok_follower_territories` is told by `Top territories`, `Distribution`." in said


def test_reports_of_other_people_do_not_share_a_table():
    said = of("linkedin_followers_location", "linkedin_viewers_location")

    assert said.count("| header |") == 2
    assert "`basis` is followers," in said
    assert "`basis` is viewers," in said


def test_a_report_that_fills_no_table_says_why_and_has_none_on_the_page():
    said = of("youtube_viewers")

    assert "| kept |" in said
    assert "YouTube Studio figures by `<header>` that no column holds" in said
    assert "`<header>` is one of `Date`" in said
    assert "| header |" not in said


def test_what_is_said_of_several_reports_is_said_once():
    said = of("instagram_audience_city", "instagram_audience_country", "instagram_followers")

    assert said.count("figures that are no parts of one audience") == 1
    assert said.count("public importers of such files") == 2
    assert said.count("| Meta Business Suite > Insights > Audience, Instagram") == 1


def test_a_header_known_and_filling_no_column_is_listed_unless_another_report_has_it():
    alone = of("x_content")
    together = of("x_content", "x_overview")

    assert "`Profile visits`" in alone.partition("### Known, and filling no column")[2]
    assert "`Profile visits`" not in together.partition("### Known, and filling no column")[2]
    assert "`Hashtag clicks`" in together.partition("### Known, and filling no column")[2]


def test_of_a_header_that_a_layout_takes_for_the_figure_it_is_not_said_that_it_fills_nothing():
    assert "`Primary`" not in of("instagram_overview")


def test_a_list_of_creators_stands_apart_from_the_exports_of_its_platform():
    said = of("list_tiktok", "tiktok_overview")

    assert said.index("## TikTok\n") < said.index("## Lists of creators\n")
    assert "| Lists of creators | List of creators, tiktok | loaded |" in said


def test_another_language_shows_on_the_page():
    export = EXPORTS["tiktok_viewers"].with_names(
        '[headers.total]\nfi = [{ name = "Katsojat", seen = "documentation" }]'
    )

    assert "English 4/4, Finnish 0/1" in page({export.name: export})


def test_a_platform_that_the_page_does_not_know_comes_last_under_its_own_name():
    other = replace(EXPORTS["tiktok_viewers"], name="threads_viewers", platform="threads")

    said = page({other.name: other, "tiktok_viewers": EXPORTS["tiktok_viewers"]})

    assert said.index("## TikTok\n") < said.index("## threads\n")


if __name__ == "__main__":
    PAGE.write_text(page(EXPORTS), encoding="utf-8")
