"""The page that says what is wrong with what arrived."""

import polars as pl

from flows.reports.quality import quality_markdown
from warehouse.home import Home
from warehouse.published.quality import Quality, quality

EMPTY = pl.DataFrame(schema={"of_all": pl.Int64})


def test_after_a_night_it_names_the_bad_record_and_the_file_nobody_knows(first_night):
    text = quality_markdown(quality(Home(first_night.home).warehouse))

    assert "Views | is not a whole number of at least 0 | 1 | 10 | abc |" in text
    assert "| instagram/anna.bager/invoice.csv | unrecognised |" in text
    assert "## Sums unexplained\n\nNone." in text


def test_it_says_how_many_rows_it_leaves_out():
    drift = pl.DataFrame(
        {
            "export": ["meta_content"],
            "header": ["<b>Reach</b>"],
            "kind": ["new"],
            "canonical": [None],
            "suggestion": ["reach"],
            "files": [2],
            "path": ["a|b.csv"],
            "of_all": [71],
        }
    )
    text = quality_markdown(Quality(quarantined=EMPTY, unexplained=EMPTY, drift=drift, left=EMPTY))
    assert "| meta\\_content | new: \\<b\\>Reach\\</b\\> | reach? | 2 | a\\|b.csv |" in text
    assert "And 70 rows like these, older ones." in text
