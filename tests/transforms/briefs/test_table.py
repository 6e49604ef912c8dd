from datetime import UTC, date, datetime

import pytest

from transforms.briefs.problems import BriefError, Problems
from transforms.briefs.table import Table, TextError, as_number, one_of, tidy


@pytest.fixture
def problems():
    return Problems("x.toml")


def test_what_is_absent_is_null_or_empty_and_no_problem(problems):
    table = Table({}, problems)
    assert (table.text("a"), table.day("a"), table.number("a"), table.share("a")) == (None,) * 4
    assert table.texts("a") == ()
    assert table.table("a").content == {}
    problems.raise_if_any()


def test_a_problem_names_the_whole_way_to_its_field(problems):
    Table({"a": {"b": 1}}, problems).table("a").text("b")
    with pytest.raises(BriefError, match=r"^x.toml: a\.b: must be text, found 1; write it in"):
        problems.raise_if_any()


def test_a_list_keeps_its_order_and_each_text_once(problems):
    assert Table({"a": ["b", " a", "b"]}, problems).texts("a") == ("b", "a")


def test_a_day_is_a_day_and_a_moment_is_none(problems):
    table = Table({"day": date(2026, 5, 1), "moment": datetime(2026, 5, 1, tzinfo=UTC)}, problems)
    assert table.day("day") == date(2026, 5, 1)
    assert table.day("moment") is None
    with pytest.raises(BriefError, match="moment: must be a day"):
        problems.raise_if_any()


@pytest.mark.parametrize("value", [True, "1", float("nan"), float("inf"), 10**400, None, [1]])
def test_what_is_no_finite_number_is_none(value):
    assert as_number(value) is None


def test_text_is_composed_and_single_spaced():
    assert tidy("  Ko\u0308ln \n am  Rhein ") == "K\u00f6ln am Rhein"


@pytest.mark.parametrize("text", ["", " \n", "a\x00b", "\x07"])
def test_blank_text_and_control_characters_are_refused(text):
    with pytest.raises(TextError):
        tidy(text)


def test_a_name_must_be_known_letter_for_letter():
    spell = one_of(("tiktok", "x"))
    assert spell("tiktok") == "tiktok"
    with pytest.raises(TextError, match="must be one of tiktok, x; did you mean tiktok"):
        spell("TikTok")
