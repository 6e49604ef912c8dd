import csv
import io

import pytest

from tests.sample import meta_audience
from tests.sample.__main__ import SEED
from tests.sample.inbox import simulations

SIMULATED = {
    handle: truth
    for (platform, handle), truth in simulations(SEED).items()
    if platform == "instagram" and truth.account.audience_export != "none"
}
HORIZONTAL = [
    one for one, truth in SIMULATED.items() if truth.account.audience_export != "vertical"
]


def _blocks(handle: str) -> list[list[list[str]]]:
    text = meta_audience.audience(SIMULATED[handle]).decode("utf-16")
    first, rest = text.split("\n", 1)
    assert first == "sep=,"
    return [list(csv.reader(io.StringIO(block))) for block in rest.strip().split("\n\n")]


@pytest.mark.parametrize("handle", SIMULATED)
def test_the_file_is_utf_16_with_a_mark_lf_all_quoted_and_ends_with_a_blank_line(handle):
    content = meta_audience.audience(SIMULATED[handle])
    text = content.decode("utf-16")

    assert content.startswith(b"\xff\xfes\x00e\x00p\x00=\x00")
    assert "\r" not in text
    assert text.endswith('"\n\n')
    assert all(line.startswith('"') for line in text.split("\n")[1:] if line)


def test_blocks_and_genders_come_in_more_than_one_order():
    blocks = {handle: _blocks(handle) for handle in HORIZONTAL}
    first_kinds = {one[0][0][0] for one in blocks.values()}
    genders = {tuple(block[1][1:]) for one in blocks.values() for block in one if block[1][0] == ""}

    assert len(first_kinds) > 2
    assert {("Women", "Men"), ("Men", "Women")} <= genders


@pytest.mark.parametrize("handle", HORIZONTAL)
def test_ages_and_genders_read_back_to_the_truth_within_their_decimal(handle):
    block = next(one for one in _blocks(handle) if one[1][0] == "")
    header, *rows = block[1:]
    women = next(at for at, name in enumerate(header) if name in ("Women", "Mulheres"))
    for row in rows:
        told = (float(row[women]), float(row[3 - women]))
        truth = SIMULATED[handle].account.audience.age_gender.get(row[0], (0, 0))
        assert told == pytest.approx([100 * share for share in truth], abs=0.05001)


def test_places_stand_side_by_side_ten_at_most():
    places = [one for one in _blocks("steady.signe") if one[0][0].startswith("Top")]

    assert [len(block) for block in places] == [3, 3]
    assert [len(block[1]) for block in places] == [10, 10]
    assert [len(block[2]) for block in places] == [10, 10]
    assert sum(map(float, places[0][2])) < 50


def test_an_account_without_cities_has_no_such_block():
    titles = [block[0][0] for block in _blocks("falling.freja")]

    assert sorted(titles) == ["Age & gender", "Top countries"]


def test_the_generation_of_2024_has_places_below_each_other_with_percent_signs_and_commas():
    whole, people, cities, countries = _blocks("rising.rafael")

    assert whole[1] == ["IG_ACCOUNT,FOLLOW,UNIQUE_USERS"]
    assert people[1:3] == [["Idade", "Mulheres", "Homens"], ["18-24", "23,1%", "12,1%"]]
    assert cities[1:3] == [["Principais cidades", "Valor"], ["Lisboa, Portugal", "23,2%"]]
    assert countries[-1] == ["Angola", "1%"]
