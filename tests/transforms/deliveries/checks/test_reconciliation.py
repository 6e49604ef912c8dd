from dataclasses import replace

import polars as pl
import pytest

from schemas.contract import enforce
from schemas.ops import Reconciliation
from tests.transforms.deliveries.made_up import read, read_one, source
from transforms.cells import parse
from transforms.export import CrossCheck
from transforms.exports import EXPORTS

VIDEOS = "Content,Video title,Views,Subscribers,Watch time (hours)\n"


def compared(reading):
    return reading.reconciliation.select(
        "check", "metric", "said", "found", "difference", "records", "records_off", "reason"
    ).rows()


def reasons(text, path="youtube/anna/t.csv"):
    found = read_one(path, text).reconciliation
    return dict(found.select("metric", "reason").iter_rows())


def test_a_total_row_that_its_records_add_up_to_agrees():
    text = VIDEOS + "Total,,9,1,0.5\naaaaaaaaaa1,A,7,1,0.25\naaaaaaaaaa2,B,2,,0.25\n"
    assert compared(read_one("youtube/anna/t.csv", text)) == [
        ("total", "views", 9.0, 9.0, 0.0, 2, None, "agrees"),
        ("total", "net_follows", 1.0, 1.0, 0.0, 1, None, "agrees"),
        ("total", "watch_time_s", 1800.0, 1800.0, 0.0, 2, None, "agrees"),
    ]


def test_the_rows_meet_the_contract():
    text = VIDEOS + "Total,,9,1,0.5\naaaaaaaaaa1,A,7,1,0.25\n"
    stamped = read_one("youtube/anna/t.csv", text).reconciliation.with_columns(
        load_id=pl.lit("l"),
        loaded_at=pl.datetime(2026, 6, 30, time_zone="UTC", time_unit="us"),
    )
    assert enforce(stamped, Reconciliation, "ops.reconciliation").height == 3


def test_printed_decimals_are_no_difference():
    text = VIDEOS + "Total,,,,0.5001\naaaaaaaaaa1,A,7,1,0.25\naaaaaaaaaa2,B,2,,0.25\n"
    assert reasons(text)["watch_time_s"] == "agrees"


def test_fewer_views_than_the_total_are_those_of_absent_posts_and_subscribers_the_channels():
    assert reasons(VIDEOS + "Total,,9,5,\naaaaaaaaaa1,A,7,1,\n") == {
        "views": "absent_posts",
        "net_follows": "channel_level",
    }


def test_more_views_than_the_total_are_unexplained():
    assert reasons(VIDEOS + "Total,,5,1,\naaaaaaaaaa1,A,7,1,\n")["views"] == "unexplained"


def test_a_list_the_platform_cut_explains_what_is_missing():
    text = VIDEOS + "Total,,9,1,\naaaaaaaaaa1,A,7,1,\nShowing top 500 results,,,,\n"
    assert reasons(text)["views"] == "capped"


def test_records_in_quarantine_can_be_the_difference():
    text = VIDEOS + "Total,,9,2,\naaaaaaaaaa1,A,7,1,\naaaaaaaaaa2,B,many,1,\n"
    assert reasons(text)["views"] == "quarantined"


def test_days_that_do_not_add_up_are_unexplained():
    assert reasons("Date,Views\nTotal,9\n2026-01-01,3\n") == {"views": "unexplained"}


def test_people_are_not_added_up():
    assert reasons("Date,Views,Unique viewers\nTotal,3,5\n2026-01-01,3,5\n") == {"views": "agrees"}


def test_a_file_that_says_nothing_twice_has_no_row():
    assert read_one("youtube/anna/a.csv", "Date,Views\n2026-01-01,3\n").reconciliation.is_empty()


FACEBOOK = (
    "Post ID,Page ID,Page name,Title,Publish time,Post type,Permalink,Date,Views,Reach,Reactions,"
    'Comments,Shares,"Reactions, Comments and Shares"\n'
)


def facebook(*figures):
    lines = [
        f"10000000000000{i},200,Anna,A,05/0{i}/2026 10:00,Photos,https://f/{i},Lifetime,{cells}\n"
        for i, cells in enumerate(figures, 1)
    ]
    return read_one(
        "facebook/anna/May-01-2026_May-28-2026_1234567890.csv", FACEBOOK + "".join(lines)
    )


def test_reach_above_views_and_a_sum_that_is_not_the_sum_of_its_parts_are_unexplained():
    reading = facebook("9,7,1,1,1,3", "5,8,2,1,0,4", "0,6,1,,1,2")
    assert compared(reading) == [
        ("reach <= views", "reach", 5.0, 8.0, 3.0, 2, 1, "unexplained"),
        (
            "reactions + comments + shares = their sum",
            "reactions_comments_shares", 7.0, 6.0, -1.0, 2, 1, "unexplained",
        ),
    ]  # fmt: skip


def test_both_checks_agree_where_the_file_does():
    assert {row[-1] for row in compared(facebook("9,7,1,1,1,3"))} == {"agrees"}


def test_parts_and_whole_in_different_records_are_compared_by_their_key():
    part, views = pl.col("video_title"), parse.count("views").value
    check = CrossCheck(
        name="organic + sponsored = total",
        metric="views",
        said=views.filter(part == "Total").sum(),
        found=views.filter(part != "Total").sum(),
        by=("published",),
    )
    exports = {"youtube_content": replace(EXPORTS["youtube_content"], cross_checks=(check,))}
    text = "Content,Video title,Video publish time,Views\n" + "".join(
        f'aaaaaaaaa{i:02},{title},"Jan {day}, 2026",{views}\n'
        for i, (title, day, views) in enumerate(
            [
                ("Organic", 1, 3),
                ("Sponsored", 1, 4),
                ("Total", 1, 7),
                ("Organic", 2, 3),
                ("Total", 2, 5),
            ]
        )
    )
    (reading,) = read(source("youtube/anna/t.csv", text), exports=exports)
    assert compared(reading) == [
        ("organic + sponsored = total", "views", 12.0, 10.0, -2.0, 2, 1, "unexplained")
    ]


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_every_check_reads_columns_that_the_export_names(name):
    export = EXPORTS[name]
    assert export.channel_level <= set(export.figures)
    for check in export.cross_checks:
        read_by = {*check.said.meta.root_names(), *check.found.meta.root_names(), *check.by}
        assert {name for name in read_by if not name.startswith("_")} <= export.canonical
        assert check.metric in export.schema
