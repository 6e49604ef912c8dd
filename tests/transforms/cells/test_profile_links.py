import polars as pl
import pytest

from transforms.cells.profile_links import profile, profile_handle

CHANNEL = "UC" + "a1_-" * 5 + "Zz"


@pytest.mark.parametrize(
    ("link", "account", "handle"),
    [
        ("https://www.instagram.com/Anna.B/", "anna.b", "anna.b"),
        ("https://instagram.com/anna?igsh=1%3D", "anna", "anna"),
        ("tiktok.com/@anna", "anna", "anna"),
        ("https://twitter.com/Anna_B", "anna_b", "anna_b"),
        ("https://www.youtube.com/@Anna-B", "anna-b", "anna-b"),
        (f"http://youtube.com/channel/{CHANNEL}", CHANNEL, None),
        ("https://www.facebook.com/profile.php?id=1234", "1234", None),
        ("https://www.linkedin.com/in/anna-b/", "anna-b", "anna-b"),
    ],
)
def test_a_link_to_an_account_holds_its_handle_or_its_id(link, account, handle):
    frame = pl.DataFrame({"link": [link]})
    assert frame.select(profile("link").value).item() == account
    assert frame.select(profile_handle("link").value).item() == handle


@pytest.mark.parametrize(
    "link",
    [
        "https://www.instagram.com/p/DS5/",
        "https://x.com/i/status/1",
        "https://x.com/home",
        "https://youtube.com/watch?v=abc",
        "https://example.com/anna",
        "anna",
    ],
)
def test_what_is_no_link_to_an_account_fails(link):
    read = profile("link")
    told = pl.DataFrame({"link": [link]}).select(value=read.value, failed=read.failed)
    assert told.rows() == [(None, True)]


def test_an_empty_cell_is_not_reported():
    read = profile("link")
    told = pl.DataFrame({"link": ["", None]}).select(value=read.value, failed=read.failed)
    assert told.rows() == [(None, False)] * 2
