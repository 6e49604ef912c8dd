from datetime import date

from schemas.contract import enforce
from schemas.reference import BriefInForce, BriefTarget
from transforms.briefs.brief import checked_brief
from transforms.briefs.tables import BriefVersion, brief_in_force, brief_target

DAY = date(2026, 5, 1)


def version(**content) -> BriefVersion:
    content = {"id": "oat", "brand": "X", "audience": {"genders": ["female"]}} | content
    return BriefVersion(checked_brief(content, "x.toml"), DAY, "ab" * 32)


def test_a_brief_is_a_row_with_its_limits_and_weights():
    asked = version(
        platforms=["tiktok", "instagram"],
        tiers=["micro", "macro"],
        budget=4000,
        currency="DKK",
        deliverables={"reel": 1, "story": 2},
        limits={"min_fit": 0.4},
        weights={"audience": 5},
    )
    (row,) = enforce(brief_in_force([asked]), BriefInForce, "ref.brief").to_dicts()
    assert row["platforms"] == "instagram+tiktok"
    assert row["tiers"] == "micro+macro"
    assert (row["budget"], row["currency"], row["deliverables"]) == (4000, "DKK", "1 reel, 2 story")
    assert (row["min_fit"], row["max_risk"], row["valid_until"]) == (0.4, None, None)
    assert (row["weight_audience_match"], row["weight_brand_crowding"]) == (5, 0.5)
    assert (row["valid_from"], row["version_sha256"]) == (DAY, "ab" * 32)


def test_what_a_brief_leaves_open_is_null():
    (row,) = brief_in_force([version()]).to_dicts()
    open_ = ("platforms", "tiers", "budget", "currency", "deliverables", "min_engagement_rate")
    assert [row[name] for name in open_] == [None] * len(open_)


def test_a_target_is_a_row_a_segment():
    asked = version(audience={"countries": {"DK": 3, "SE": 1}, "genders": ["male"]})
    rows = enforce(brief_target([asked]), BriefTarget, "ref.brief_target")
    assert rows.rows() == [
        ("oat", "country", "DK", 0.75),
        ("oat", "country", "SE", 0.25),
        ("oat", "gender", "male", 1.0),
    ]


def test_without_a_brief_the_tables_are_empty_and_keep_their_contracts():
    assert enforce(brief_in_force([]), BriefInForce, "ref.brief").is_empty()
    assert enforce(brief_target([]), BriefTarget, "ref.brief_target").is_empty()
