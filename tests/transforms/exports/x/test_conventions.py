from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.exports.x import conventions as x

BEGAN = datetime(2010, 11, 4, 1, 42, 54, 657_000, tzinfo=UTC)
COLUMNS = x.post("id", "link")


def read(column: str, post_id: str | None = None, link: str | None = None) -> tuple:
    """Give what is read, and whether it failed."""
    frame = pl.DataFrame(
        {"id": [post_id], "link": [link]}, schema=dict.fromkeys(("id", "link"), pl.String)
    )
    parsed = COLUMNS[column]
    return frame.select(
        parsed.value.alias("value"), failed=parsed.failed.fill_null(value=False)
    ).row(0)


def link(post_id: int | str, handle: str = "Anna_B") -> str:
    return f"https://x.com/{handle}/status/{post_id}"


def post_id_of(moment: datetime, low_bits: int = 0) -> str:
    return str(((moment - BEGAN) // timedelta(milliseconds=1) << 22) + low_bits)


@settings(deadline=None)
@given(
    st.datetimes(datetime(2011, 1, 1), datetime(2079, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.integers(0, 2**22 - 1),
)
def test_an_id_tells_its_millisecond_whatever_its_lower_bits_are(moment, low_bits):
    post_id = post_id_of(moment, low_bits)
    whole_ms = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    assert read("published_at", link=link(post_id)) == (whole_ms, False)
    assert read("published_at", post_id=post_id) == (whole_ms, False)
    assert read("published_at_source", post_id=post_id) == ("post_id", False)


@settings(deadline=None)
@given(st.integers(10**17, 2**63 - 1))
def test_a_link_keeps_every_digit_that_excel_took_from_the_id_beside_it(post_id):
    truncated = str(post_id)[:15] + "0" * (len(str(post_id)) - 15)
    for damaged in (f"{post_id:.5E}", truncated, "#NAME?", None):
        assert read("post_id", damaged, link(post_id)) == (str(post_id), False)
    assert read("post_id", f'="{post_id}"', None) == (str(post_id), False)


@pytest.mark.parametrize(
    ("post_id", "url"),
    [
        ("1.89E+18", None),
        ("2013544529130434617", link("1413544529130434617")),
        (None, "https://example.org/Anna_B/status/2013544529130434617"),
        (None, "https://x.com/Anna_B"),
        ("12345", None),
    ],
)
def test_without_all_digits_or_with_those_of_another_post_there_is_no_id(post_id, url):
    assert read("post_id", post_id, url) == (None, True)


@settings(deadline=None)
@given(st.none() | st.text(max_size=30), st.none() | st.text(max_size=30))
def test_whatever_stands_there_an_id_is_digits_or_nothing(post_id, url):
    value, failed = read("post_id", post_id, url)
    assert value is None or (value.isdigit() and not failed)
    assert read("published_at", post_id, url)[0] is None or value is not None


@pytest.mark.parametrize(
    ("url", "handle"),
    [
        ("https://x.com/Anna_B/status/2013544529130434617", "anna_b"),
        ("https://twitter.com/anna/status/970638794191540224?s=20", "anna"),
        ("http://www.twitter.com/ANNA/status/970638794191540224/photo/1", "anna"),
        ("https://mobile.x.com/anna/status/2013544529130434617", "anna"),
        ("https://x.com/i/web/status/2013544529130434617", None),
        ("https://x.com/i/status/2013544529130434617", None),
        ("https://notx.com/anna/status/2013544529130434617", None),
    ],
)
def test_a_link_names_its_author_in_lower_case(url, handle):
    assert read("account_ref", link=url) == (handle, False)


@settings(deadline=None)
@given(st.text(st.sampled_from("&<>;ampltg #x'\"é"), max_size=30))
def test_text_is_what_was_written_before_three_characters_became_entities(text):
    written = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    parsed = x.caption("text")
    found = pl.DataFrame({"text": [written]}).select(parsed.value).item()
    assert found == (text if text.strip() else None)


def test_the_newest_day_allows_for_a_browser_west_of_utc():
    early = post_id_of(datetime(2026, 3, 2, 4, tzinfo=UTC))
    late = post_id_of(datetime(2026, 3, 2, 13, tzinfo=UTC))
    frame = pl.DataFrame({"id": [early, late], "link": [link(early), link(late)]})
    days = frame.select(x.newest_day("id", "link")).to_series()
    assert [str(day) for day in days] == ["2026-03-01", "2026-03-02"]


@pytest.mark.parametrize(("cell", "seconds"), [("1500", 1.5), ("0", 0.0), (None, None)])
def test_milliseconds_are_given_in_seconds(cell, seconds):
    frame = pl.DataFrame({"time": [cell]}, schema={"time": pl.String})
    assert frame.select(x.milliseconds_as_s("time").value).item() == seconds
