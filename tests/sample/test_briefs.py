import tomllib

from tests.sample import briefs, captions
from tests.sample.__main__ import SEED
from tests.sample.cast import ACCOUNTS
from tests.sample.inbox import simulations

WRITTEN = {path: tomllib.loads(text.decode()) for path, text in briefs.write().items()}
OATS = WRITTEN[f"briefs/{briefs.OATS}.toml"]
SIMULATED = simulations(SEED)


def test_each_brief_lies_under_its_own_id():
    assert all(path == f"briefs/{brief['id']}.toml" for path, brief in WRITTEN.items())


def test_the_third_brief_is_broken_in_two_places():
    broken = WRITTEN[f"briefs/{briefs.BROKEN}.toml"]

    assert "budget" in broken
    assert "currency" not in broken
    assert broken["audience"]["countries"] == {"Danmark": 1.0}


def test_the_usable_briefs_can_be_read():
    from transforms.briefs.brief import read_brief

    for path, text in briefs.write().items():
        if briefs.BROKEN not in path:
            assert read_brief(text, path).brief_id in path


def test_captions_speak_of_the_topics_as_often_as_the_cast_says():
    for account in ACCOUNTS:
        if account.platform not in OATS["platforms"]:
            continue
        truth = SIMULATED[account.platform, account.handle]
        said = [caption.casefold() for caption in truth.captions]
        spoken = sum(any(topic in one for topic in OATS["content"]["topics"]) for one in said)
        assert abs(spoken / len(said) - account.theme_share) < 0.12


def test_a_word_the_brief_avoids_stands_in_some_captions_of_one_account_only():
    for (_, handle), truth in SIMULATED.items():
        said = [any(word in one for word in OATS["content"]["avoid"]) for one in truth.captions]
        assert any(said) == (handle == "falling.freja")
        assert not all(said)


def test_only_the_paid_posts_of_one_account_tag_brands_and_one_of_them_competes():
    paid = {
        key: [one for one in truth.captions if captions.COMMERCIAL in one]
        for key, truth in SIMULATED.items()
    }

    assert [key for key, posts in paid.items() if posts] == [("instagram", "steady.signe")]
    tagged = {
        word
        for one in paid["instagram", "steady.signe"]
        for word in one.split()
        if word.startswith("@")
    }
    assert tagged == {"@oatly.", "@kaffekompagniet."}
    assert "@oatly" in OATS["content"]["competitors"]
