import pytest

from transforms.briefs.table import TextError
from transforms.briefs.terms import handle, hashtag


@pytest.mark.parametrize("written", ["#Havremælk", "havremælk", "# havremælk"])
def test_a_hashtag_is_the_same_with_and_without_its_sign(written):
    assert hashtag(written) == "havremælk"


@pytest.mark.parametrize("written", ["@Oatly", "oatly", "@ oatly"])
def test_a_handle_is_the_same_with_and_without_its_sign(written):
    assert handle(written) == "oatly"


@pytest.mark.parametrize(
    ("read", "written"),
    [
        (hashtag, "#"),
        (hashtag, "##a"),
        (hashtag, "to ord"),
        (handle, "@"),
        (handle, "Oatly AB"),
        (handle, "instagram.com/oatly"),
    ],
)
def test_what_is_neither_is_refused(read, written):
    with pytest.raises(TextError):
        read(written)
