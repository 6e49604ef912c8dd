import numpy as np

from schemas.brief import AGE_BANDS
from tests.transforms.fit.made_up_components import accounts, asked, brief, component, fit_rows

EVEN = {"audience_match": 2, "target_share": 1, "engagement": 1, "consistency": 1}
WEIGHTS = {name: 0.0 for name in ("targeted_reach", "brand_crowding")} | EVEN


def reasons(
    match, share, engagement, consistency=None, *, panel=None, parts=(), inside=None, **wishes
):
    """Sentences of creators 0, 1, 2 ... with one account each."""
    panel = accounts(*[{}] * len(match)) if panel is None else panel
    wanted = asked(
        panel,
        share,
        component("audience_match", match),
        component("engagement", engagement),
        component("consistency", consistency or [0.5] * len(match), because="3 posts, 8 needed"),
        parts=parts,
        inside=inside,
    )
    made = fit_rows(brief(weights=WEIGHTS, **wishes), panel, wanted)
    return [made[name]["reason"] for name in sorted(made)]


def test_a_sentence_says_place_score_help_cost_and_the_gap_to_the_next():
    first, second = reasons([0.9, 0.9], [0.5, 0.5], [0.7, 0.2])

    assert first == (
        "1st of 2 with 0.68: audience match 0.90 helps most, target share 0.50 costs most; "
        "ahead of the 2nd, above all in engagement (0.70 against 0.20)."
    )
    assert second == (
        "2nd of 2 with 0.53: audience match 0.90 helps most, engagement 0.20 costs most; "
        "behind the 1st, above all in engagement (0.20 against 0.70)."
    )


def test_the_gap_weighs_components_by_the_brief():
    _, second = reasons([0.9, 0.5], [0.5, 0.5], [0.9, 0.4])

    assert "behind the 1st, above all in audience match (0.50 against 0.90)" in second


def test_the_audience_is_told_by_its_best_or_worst_dimension():
    parts = (
        component("audience_match_country", [0.9, 0.1]),
        component("audience_match_age", [0.5, 0.4]),
    )
    inside = {"country": np.array([0.72, 0.03]), "age": np.array([0.4, 0.3])}
    audience = {"country": {"DK": 0.6, "SE": 0.4}, "age": {"18-24": 1.0}}
    first, second = reasons(
        [0.9, 0.1], [0.5, 0.5], [0.5, 0.5], parts=parts, inside=inside, audience=audience
    )

    assert "audience match 0.90 helps most (72 % in DK or SE)" in first
    assert "audience match 0.10 costs most (3 % in DK or SE)" in second


def test_a_long_target_is_cut_and_a_city_named_without_its_country():
    shares = {"DK:aarhus": 0.4, "DK:odense": 0.3, "SE:lund": 0.2, "NO:oslo": 0.1}
    (only,) = reasons(
        [0.9],
        [0.5],
        [0.5],
        parts=(component("audience_match_city", [0.9]),),
        inside={"city": np.array([0.28])},
        audience={"city": shares},
    )

    assert "(28 % in aarhus, odense, lund or 1 more)" in only


def test_what_is_not_known_is_named_with_the_weight_that_is():
    parts = (component("audience_match_city", [None]), component("audience_match_age", [0.8]))
    (only,) = reasons([0.9], [0.5], [0.5], [None], parts=parts)

    assert only.endswith("; not known: consistency, cities (80 % of what counts is known).")


def test_a_creator_alone_has_nobody_to_be_compared_with():
    (only,) = reasons([0.9], [0.5], [0.7])

    assert only == (
        "The only one ranked, with 0.68: audience match 0.90 helps most, "
        "target share 0.50 costs most."
    )


def test_a_score_that_rests_on_one_component_says_so():
    panel = accounts({})
    wanted = asked(panel, [None], component("audience_match", [0.9]))
    made = fit_rows(brief(weights={"audience_match": 2.0, "target_share": 1.0}), panel, wanted)

    assert made["0"]["reason"].startswith(
        "The only one ranked, with 0.90: audience match 0.90 is all that it rests on"
    )


def test_what_a_score_rests_on_is_what_has_weight():
    panel = accounts({})
    wanted = asked(
        panel, [0.5], component("audience_match", [0.9]), component("consistency", [0.7])
    )
    weights = {"audience_match": 0.0, "target_share": 0.0, "consistency": 1.0}
    made = fit_rows(brief(weights=weights), panel, wanted)

    assert made["0"]["reason"] == (
        "The only one ranked, with 0.70: consistency 0.70 is all that it rests on."
    )


def test_a_gap_too_small_to_write_is_not_explained_by_equal_numbers():
    first, second = reasons([0.9, 0.9], [0.5, 0.5], [0.7001, 0.7])

    assert first.endswith("; just ahead of the 2nd.")
    assert second.endswith("; just behind the 1st.")


def test_ages_that_leave_nobody_out_are_not_told_and_languages_have_names():
    def only(dimension, wanted):
        (told,) = reasons(
            [0.9],
            [0.5],
            [0.7],
            parts=(component(f"audience_match_{dimension}", [0.9]),),
            inside={dimension: np.array([0.8])},
            audience={dimension: dict.fromkeys(wanted, 1 / len(wanted))},
        )
        return told

    assert "audience match 0.90 helps most, " in only("age", AGE_BANDS)
    assert "audience match 0.90 helps most (80 % aged 13-17), " in only("age", ("13-17",))
    said = only("language", ("da", "en"))
    assert "(80 % in countries that speak Danish or English)" in said


def test_without_anything_known_it_says_that_nothing_is():
    panel = accounts({})
    wanted = asked(panel, [None], component("audience_match", [None]))
    only = fit_rows(brief(), panel, wanted)["0"]["reason"]
    assert only.startswith("No score, as nothing that counts is known; not known: audience match")


def test_equals_are_level():
    first, second = reasons([0.5, 0.5], [0.5, 0.5], [0.5, 0.5])

    assert first == "1st of 2 with 0.50; level with the 2nd."
    assert second == "2nd of 2 with 0.50; level with the 1st."


def test_a_gap_that_no_common_component_explains_is_said_to_be_one():
    _, second = reasons([0.6, 0.6], [0.5, 0.5], [0.9, None], [0.5, 0.5])

    assert "behind the 1st by what is known of only one of them" in second


def test_a_zero_is_said_to_be_beyond_help():
    _, second = reasons([0.9, 0.0], [0.5, 0.0], [0.7, 1.0])

    assert second.startswith(
        "2nd of 2 with 0: nothing makes up for audience match and target share of 0; "
        "behind the 1st, above all in audience match (0 against 0.90)"
    )


def test_without_a_score_it_says_why_and_what_is_lacking():
    _, second = reasons([0.9, None], [0.5, None], [0.7, 0.7], [0.5, None])

    assert second == (
        "No score, as only 20 % of what counts is known; "
        "not known: audience match, target share, consistency."
    )


def test_the_barred_are_told_why_with_or_without_a_score():
    panel = accounts({"tier": "mega"}, {"tier": "mega"})
    scored, unscored = reasons([0.9, None], [0.5, None], [0.7, 0.7], panel=panel, tiers=("micro",))

    assert scored.startswith("Not ranked with 0.68, as not eligible (no account in tier micro): ")
    assert unscored.startswith(
        "No score, as only 40 % of what counts is known; not eligible either "
        "(no account in tier micro); not known: "
    )


def test_limits_that_could_not_be_checked_are_named():
    panel = accounts({"engagement_rate": None})
    (only,) = reasons([0.9], [0.5], [0.7], panel=panel, min_engagement_rate=0.01, max_risk=0.5)

    assert only.endswith("; limits not checked: engagement rate (not known).")


def test_targeted_reach_is_told_in_two_digits():
    panel = accounts({"expected_reach": 24_690.0}, {"expected_reach": 10.0})
    wanted = asked(panel, [0.5, 0.5], component("audience_match", [0.5, 0.5]))
    weights = {"targeted_reach": 1.0, "audience_match": 1.0, "target_share": 1.0}
    made = fit_rows(brief(weights=weights), panel, wanted)

    assert "targeted reach 0.75 helps most (about 12,000 per post)" in made["0"]["reason"]


def test_places_are_written_as_ordinals():
    n = 113
    values = [1 - place / 200 for place in range(n)]
    panel = accounts(*[{"account_id": f"{place:03}"} for place in range(n)])
    told = reasons(values, [0.5] * n, [0.5] * n, panel=panel)

    opening = {
        place: told[place - 1].split()[0] for place in (1, 2, 3, 4, 11, 12, 13, 21, 111, 113)
    }
    assert list(opening.values()) == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "111th", "113th",
    ]  # fmt: skip
