"""What the documentation shows is what the program takes."""

import re
from pathlib import Path

from schemas.brief import DEFAULT_WEIGHTS
from transforms.briefs.brief import example_brief, read_brief
from transforms.briefs.weights import NAMES

PAGE = (Path(__file__).parents[3] / "docs" / "briefs.md").read_text(encoding="utf-8")


def test_the_example_is_a_brief_that_uses_every_part_of_the_form():
    brief = read_brief(example_brief(), "brief.example.toml", tiers=("micro", "macro", "mega"))
    assert set(brief.audience) == {"country", "city", "age", "gender", "language"}
    assert brief.weights == DEFAULT_WEIGHTS
    assert all((brief.topics, brief.hashtags, brief.values, brief.avoid, brief.competitors))


def test_the_page_shows_the_example():
    assert f"```toml\n{example_brief()}```" in PAGE


def test_the_page_gives_every_weight_with_its_default():
    rows = re.findall(r"^\| (?:`(\w+)`)? ?\| `(\w+)` \| ([\d.]+) \|$", PAGE, re.MULTILINE)
    assert {long: float(default) for _, long, default in rows} == dict(DEFAULT_WEIGHTS)
    assert {short: long for short, long, _ in rows if short} == {
        short: long for short, long in NAMES.items() if short != long
    }
