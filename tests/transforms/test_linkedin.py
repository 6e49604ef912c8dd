from datetime import UTC, datetime

import polars as pl
import pytest

from transforms.exports.linkedin.conventions import moment_from_id, post_columns

ID = "7352615432538750976"
MOMENT = datetime(2025, 7, 20, 8, 28, 44, 106000, UTC)


@pytest.mark.parametrize(
    "link",
    [
        f"https://www.linkedin.com/feed/update/urn:li:activity:{ID}",
        f"https://www.linkedin.com/feed/update/urn:li:share:{ID}/",
        f"https://www.linkedin.com/feed/update/urn%3Ali%3AugcPost%3A{ID}?x=1",
        f"https://www.linkedin.com/posts/anna-berg_a-title-activity-{ID}-aBcD",
        f"https://www.linkedin.com/posts/anna-berg_ugcPost-{ID}-aBcD?utm_source=share",
    ],
)
def test_every_form_of_link_holds_the_id_and_with_it_the_moment(link):
    frame = pl.DataFrame({"link": [link]})
    columns = post_columns("link")
    read = frame.select(
        columns[name].value.alias(name) for name in ("post_id", "published_at", "url")
    )
    assert read.row(0) == (ID, MOMENT, link)


@pytest.mark.parametrize("link", ["https://www.linkedin.com/in/anna", "activity:123", "7.35E+18"])
def test_a_link_without_the_digits_of_an_id_fails(link):
    frame = pl.DataFrame({"link": [link]})
    assert frame.select(post_columns("link")["post_id"].failed).item()
    assert frame.select(moment_from_id("link").failed).item()


def test_an_id_of_no_possible_moment_is_none():
    frame = pl.DataFrame({"link": ["urn:li:activity:100000000000000"]})
    assert frame.select(moment_from_id("link").value).item() is None
