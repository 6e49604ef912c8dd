import re
from pathlib import Path

import pytest

from transforms.exports import EXPORTS
from transforms.mappings.declarations import Addition, declare

LIST = b"""
platform = "instagram"
kind = "listing"
[columns]
account_ref = "Profil"
followers = "Antal fans"
"""


def test_an_addition_that_is_wrong_adds_nothing_and_the_others_do():
    declared = declare([Addition("mappings/agency", LIST), Addition("mappings/bad", b"x")])
    assert set(declared.exports) == {*EXPORTS, "agency"}
    assert list(declared.problems) == ["mappings/bad"]
    assert declared.problems["mappings/bad"][0].startswith(
        "reference/mappings/bad.toml: is no TOML"
    )


def test_an_overlay_of_an_export_nobody_knows_names_the_likely_one():
    (said,) = declare([Addition("headers/tiktok_overveiw", b"")]).problems.values()
    assert "did you mean tiktok_overview?" in said[0]


@pytest.mark.parametrize("content", [b"\xff\xfe", b""])
def test_what_is_no_text_or_no_mapping_is_a_problem(content):
    assert declare([Addition("mappings/agency", content)]).problems


def test_a_mapping_cannot_take_the_name_of_an_export_that_ships():
    (said,) = declare([Addition("mappings/tiktok_overview", LIST)]).problems.values()
    assert "is the name of an export that ships" in said[0]


def test_a_mapping_whose_file_an_export_reads_already_names_both():
    text = b"""
platform = "tiktok"
kind = "account_day"
[columns]
day = "Date"
followers = "Followers"
net_follows = "Difference in followers from previous day"
"""
    (said,) = declare([Addition("mappings/levels", text)]).problems.values()
    assert "levels" in said[0]
    assert "tiktok_follower_history" in said[0]


def test_two_mappings_of_one_header_name_each_other():
    found = declare([Addition("mappings/a", LIST), Addition("mappings/b", LIST)]).problems
    assert "b and a both claim" in found["mappings/b"][0]


def test_the_examples_of_the_docs_are_right():
    docs = Path(__file__).parents[3] / "docs" / "mappings.md"
    examples = re.findall(r"```toml\n(.*?)```", docs.read_text("utf-8"), re.DOTALL)
    kinds = "headers/tiktok_follower_history", "headers/youtube_breakdown", "mappings/agency_list"
    texts = zip(kinds, examples, strict=True)
    declared = declare([Addition(kind, text.encode()) for kind, text in texts])
    assert declared.problems == {}
    assert declared.exports["agency_list"].tables == ("listing",)
