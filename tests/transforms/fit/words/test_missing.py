from dataclasses import replace

import polars as pl

from tests.transforms.fit.made_up_components import accounts, asked, brief, component, fit_rows

NO_CITIES = "the export lists no cities"


def missing(wanted, panel, **wishes):
    made = fit_rows(brief(**wishes), panel, wanted)
    return {name: row["missing"] for name, row in made.items()}


def test_nothing_is_missing_where_all_is_known():
    panel = accounts({})

    assert missing(asked(panel, [0.5], component("audience_match", [0.5])), panel) == {"0": None}


def test_components_and_dimensions_are_named_with_their_reasons():
    panel = accounts({}, {})
    parts = (
        component("audience_match_country", [0.5, None]),
        component("audience_match_city", [None, None], because=NO_CITIES),
    )
    wanted = asked(
        panel,
        [0.5, 0.5],
        component("audience_match", [0.5, None], known=[0.5, 0], because="no audience"),
        component("consistency", [None, 0.5], because="3 posts, 8 needed"),
        parts=parts,
    )

    assert missing(wanted, panel) == {
        "0": f"consistency (3 posts, 8 needed); cities ({NO_CITIES})",
        "1": "audience match (no audience)",
    }


def test_what_one_account_lacks_is_a_part():
    panel = accounts({"creator_id": "anna"}, {"creator_id": "anna", "followers": 3_000})
    wanted = asked(
        panel, [None, None], component("engagement", [0.5, None]), component("consistency", [1, 1])
    )

    told = missing(wanted, panel)["anna"]
    assert told.endswith("; engagement of some accounts (25 % known)")


def test_what_one_account_lacks_of_the_audience_is_said_once():
    panel = accounts({"creator_id": "anna"}, {"creator_id": "anna"})
    wanted = asked(panel, [0.5, None], component("audience_match", [0.5, None]))

    assert missing(wanted, panel)["anna"] == "part of the audience (50 % known)"


def test_reach_that_one_account_lacks_is_no_part_of_the_audience():
    panel = accounts({"creator_id": "anna"}, {"creator_id": "anna", "expected_reach": None})
    wanted = asked(panel, [0.5, 0.5], component("audience_match", [0.5, 0.5]))

    assert missing(wanted, panel)["anna"] == "targeted reach of some accounts (50 % known)"


def test_the_reason_is_that_of_the_heaviest_account():
    panel = accounts({"creator_id": "anna"}, {"creator_id": "anna", "followers": 3_000})
    reasons = pl.Series(["a first reason", "a second reason"])
    engagement = replace(component("engagement", [None, None]), unknown_because=reasons)

    told = missing(asked(panel, [None, None], engagement), panel)["anna"]
    assert "engagement (a second reason)" in told


def test_a_component_without_weight_is_not_missed():
    panel = accounts({})
    wanted = asked(panel, [0.5], component("consistency", [None]))

    assert missing(wanted, panel, weights={"target_share": 1.0, "consistency": 0.0}) == {"0": None}
