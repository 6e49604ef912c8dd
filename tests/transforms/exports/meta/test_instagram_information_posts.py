import pytest

from tests.transforms.deliveries.made_up import read, source
from tests.transforms.exports.meta.information import ROOT, insights


@pytest.mark.parametrize("root", ["posts", "reels", "stories", "live"])
def test_insights_of_posts_are_kept_since_nothing_keys_them(root):
    (reading,) = read(source(ROOT + "posts.json", insights(root, {"Likes": "1"}, {"Saves": "2"})))
    record = reading.record
    assert (record.export, record.status) == ("instagram_information_posts", "kept")
    assert "without an id" in record.reason
    assert reading.tables == {}


def test_a_root_without_an_entry_is_refused():
    (reading,) = read(source(ROOT + "posts.json", insights("posts")))
    assert (reading.record.status, reading.tables) == ("refused", {})
    assert "holds no entry" in reading.record.reason
