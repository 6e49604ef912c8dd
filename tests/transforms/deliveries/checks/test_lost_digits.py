import pytest

from tests.transforms.deliveries.made_up import read_one, rows

HEADER = "Post ID,Account ID,Publish time,Post type,Views"


def content(*ids: str) -> str:
    return "\n".join([HEADER, *(f"{post},1784,03/19/2026 10:00,IG reel,5" for post in ids)])


def reading(*ids: str):
    return read_one("instagram/anna/2026-06-01/content.csv", content(*ids))


@pytest.mark.parametrize(
    "ids", [("17900000000000100", "17800000000000200"), ("1790000000000010000",)]
)
def test_ids_that_all_end_in_zeros_were_rounded_by_a_spreadsheet(ids):
    record = reading(*ids).record
    assert record.status == "refused"
    assert "every id in 'Post ID' ends in zeros after 15 digits" in record.reason
    assert ids[-1] in record.reason or ids[0] in record.reason


@pytest.mark.parametrize("ids", [
    ("17900000000000100", "17800000000000201"),
    ("933528094972000",),
    ("1790000000000010",),
])  # fmt: skip
def test_one_id_with_another_end_and_short_ids_are_whole(ids):
    assert sorted(rows(reading(*ids), "post", "post_id")) == sorted((one,) for one in ids)
