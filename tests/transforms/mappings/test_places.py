import pytest

from tests.transforms.deliveries.made_up import read, rows, source
from transforms.exports import EXPORTS
from transforms.mappings.conflicts import conflict
from transforms.mappings.mapping import read_mapping
from transforms.mappings.problems import MappingError

LIST = """
platform = "tiktok"
kind = "listing"
no_header = { file = "streamers *.csv", columns = 4 }
[columns]
account_ref = 1
followers = { header = 3, as = "suffixed" }
"""
NAME = "streamers 2026-05-31.csv"


def read_by(mapping: str, path: str, content: str):
    export = read_mapping(mapping, "streamers")
    (reading,) = read(source(path, content), exports={**EXPORTS, "streamers": export})
    return reading


def problems(mapping: str) -> str:
    with pytest.raises(MappingError) as raised:
        read_mapping(mapping, "streamers")
    return str(raised.value)


def test_a_list_without_a_header_is_read_by_the_places_of_its_columns():
    reading = read_by(LIST, NAME, "anna,12,1.5M,x\nbo,7,900,y\n")
    assert (reading.record.export, reading.record.rows_in) == ("streamers", 2)
    assert rows(reading, "listing", "account_ref", "followers", "row_number") == [
        ("anna", 1_500_000, 1),
        ("bo", 900, 2),
    ]


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("others 2026-05-31.csv", "anna,12,1.5M,x\nbo,7,900,y\n"),
        (NAME, "anna,12,1.5M\nbo,7,900\n"),
        (NAME, "name,days,fans,words\nanna,12,1.5M,x\nbo,7,900,y\n"),
    ],
)
def test_another_name_another_width_or_a_header_is_not_the_list(path, content):
    assert read_by(LIST, path, content).record.status == "unrecognised"


def test_two_lists_without_a_header_do_not_claim_one_another():
    one, two = (read_mapping(LIST, name) for name in ("one", "two"))
    assert conflict(one, {"two": two}) is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("columns = 4 }", "columns = 0 }", "no_header.columns: 0 is no number of columns"),
        ('"streamers *.csv"', '"*.*"', 'no_header.file: "*.*" names no file'),
        ("no_header = {", "no_header = 3 #", "no_header: 3 is no file and number of columns"),
        ("account_ref = 1", "account_ref = 5", "columns.account_ref: 5 is no place"),
        ("account_ref = 1", 'account_ref = "Name"', "write a number from 1 to 4"),
    ],
)
def test_what_is_wrong_with_the_places_is_said(old, new, said):
    assert said in problems(LIST.replace(old, new))


def test_a_place_needs_a_file_without_a_header():
    text = LIST.replace('no_header = { file = "streamers *.csv", columns = 4 }', "")
    assert "columns.account_ref: its header is 1" in problems(text)
