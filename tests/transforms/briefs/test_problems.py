from datetime import date

import pytest

from transforms.briefs.problems import NOTHING, BriefError, Problems, did_you_mean, shown


def test_all_that_was_noted_is_raised_at_once():
    problems = Problems("a.toml")
    problems.raise_if_any()
    problems.add("brand", "must be text", 7, "write it in quotes")
    problems.add("id", "must be there", NOTHING, 'write id = "x"')
    with pytest.raises(BriefError) as raised:
        problems.raise_if_any()
    assert raised.value.problems == (
        "a.toml: brand: must be text, found 7; write it in quotes",
        'a.toml: id: must be there, found nothing; write id = "x"',
    )
    assert str(raised.value) == "\n".join(raised.value.problems)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (1.5, "1.5"),
        (16**70, "a number of more than 70 digits"),
        ("to\nlinjer", r'"to\nlinjer"'),
        ("a" * 100, f'"{"a" * 60}..."'),
        (["a", "b"], "a list of 2"),
        ({"a": 1}, "a table of 1"),
        (date(2026, 5, 1), "2026-05-01"),
    ],
)
def test_a_value_is_shown_as_a_brief_has_it_on_one_line(value, text):
    assert shown(value) == text


def test_a_slip_of_the_pen_is_told_from_a_wrong_word():
    assert did_you_mean("Instagran", ("instagram", "tiktok")) == "did you mean instagram?"
    assert did_you_mean("myspace", ("instagram", "tiktok")) == "write one of instagram, tiktok"
