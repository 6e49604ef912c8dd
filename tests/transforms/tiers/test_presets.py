from datetime import date

import pytest

from transforms.tiers.presets import PresetError, shipped_tiers, tier_preset, tier_presets

OWN = """
[mine]
tiers = ["small", "big"]
followers_up_to = [500]
source = "our own"
read_on = 2026-05-01
"""


def test_the_danish_scale_is_micro_macro_mega_at_20_and_100_thousand():
    danish = tier_preset("danish", tier_presets())
    assert danish.tiers == ("micro", "macro", "mega")
    assert danish.followers_up_to == (20_000, 100_000)
    assert danish.median_views_up_to == danish.followers_up_to


def test_every_shipped_scale_says_where_and_when_it_was_read():
    presets = tier_presets()
    assert set(presets) == {"danish", "nordic_inzpire", "hypeauditor", "us_common"}
    assert all(preset.source and isinstance(preset.read_on, date) for preset in presets.values())


def test_a_deployments_scales_lie_over_the_shipped_ones():
    presets = tier_presets(shipped_tiers(), OWN, OWN.replace("mine", "danish"))
    assert presets["mine"].tiers == ("small", "big")
    assert presets["danish"].followers_up_to == (500,)
    assert presets["us_common"].followers_up_to == (10_000, 50_000, 500_000, 1_000_000)


def test_views_can_have_edges_of_their_own():
    preset = tier_presets(OWN + "median_views_up_to = [90]")["mine"]
    assert (preset.followers_up_to, preset.median_views_up_to) == ((500,), (90,))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[500]", "[500, 900]", r"\[mine\] followers_up_to has 2 edges for 2 tiers; 1 are"),
        ("[500]", "[5.5]", r"followers_up_to = \[5.5\] must be whole numbers"),
        ("[500]", "[true]", "must be whole numbers"),
        ("[500]", "[0]", "above 0"),
        ('["small", "big"]', '["a", "b", "c"]', "has 1 edges for 3 tiers"),
        ('["small", "big"]', '["a", "a"]', "must be different names"),
        ('["small", "big"]', "[]", "must be different names"),
        ('source = "our own"\n', "", "lacks source"),
        ("followers_up_to", "edges", "lacks followers_up_to"),
        ("read_on = 2026-05-01", 'read_on = "May"', "must be a day"),
        ("read_on", "colour = 1\nread_on", "unknown colour; known are tiers"),
        ("[mine]", "mine = 1\n[other]", "outside a scale"),
        ("[mine]", "[mine", "not TOML"),
    ],
)
def test_a_wrong_scale_is_an_error_that_says_what_to_do(old, new, message):
    with pytest.raises(PresetError, match=message):
        tier_presets(OWN.replace(old, new))


def test_edges_must_rise():
    text = OWN.replace('["small", "big"]', '["a", "b", "c"]').replace("[500]", "[500, 500]")
    with pytest.raises(PresetError, match="greater than the one before"):
        tier_presets(text)


def test_an_unknown_scale_is_an_error_that_names_the_known_ones():
    with pytest.raises(PresetError, match="no scale 'danisch'; there are danish, hypeauditor"):
        tier_preset("danisch", tier_presets())
