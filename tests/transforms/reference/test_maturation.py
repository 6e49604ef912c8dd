from schemas.columns import PLATFORMS
from transforms.reference.maturation import maturation_frame, maturations


def test_every_platform_has_a_curve_with_its_source():
    curves = maturations()
    assert {each.platform for each in curves} == set(PLATFORMS)
    assert all(each.half_life_days > 0 and len(each.source) > 10 for each in curves)


def test_youtube_is_compared_later_than_the_others():
    ages = {each.platform: each.target_age_days for each in maturations()}
    assert ages.pop("youtube") == 28
    assert set(ages.values()) == {7}


def test_at_the_target_age_nearly_all_is_earned():
    for each in maturations():
        assert 1 - 0.5 ** (each.target_age_days / each.half_life_days) > 0.95


def test_the_table_has_a_row_per_platform():
    assert maturation_frame(maturations()).collect()["platform"].is_unique().all()
