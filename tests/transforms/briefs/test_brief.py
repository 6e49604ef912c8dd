from datetime import UTC, date, datetime, time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from schemas.brief import AGE_BANDS, COMPONENTS, DEFAULT_WEIGHTS, GENDERS, Brief
from transforms.briefs.brief import checked_brief, read_brief
from transforms.briefs.problems import BriefError

WHOLE = """
id = "oat-milk-dk-2026"
brand = "Havre & Co"
valid_from = 2026-05-01
valid_until = 2026-08-31
platforms = ["instagram", "tiktok"]
tiers = ["micro", "macro"]
budget = 40000
currency = "DKK"
deliverables = { reel = 1, story = 2 }
[audience]
countries = { DK = 0.8, SE = 0.2 }
genders = { female = 3, male = 1 }
languages = ["da"]
[content]
topics = ["plantebaseret", "kaffe"]
hashtags = ["#Havremælk", "vegansk"]
values = ["bæredygtighed"]
avoid = ["alkohol"]
competitors = ["@Oatly", "minor.figures"]
[limits]
min_engagement_rate = 0.01
max_risk = 0.5
min_fit = 0.4
plateau = 0.8
[weights]
audience = 4
brand_safety = 0
"""
LEAST = {"id": "x", "brand": "X", "audience": {"genders": ["female"]}}


def problems_of(content: dict, **options) -> tuple[str, ...]:
    with pytest.raises(BriefError) as raised:
        checked_brief(content, "x.toml", **options)
    return raised.value.problems


def test_a_whole_brief_is_read_field_by_field():
    assert read_brief(WHOLE, "a.toml", tiers=("nano", "micro", "macro")) == Brief(
        brief_id="oat-milk-dk-2026",
        brand="Havre & Co",
        valid_from=date(2026, 5, 1),
        valid_until=date(2026, 8, 31),
        platforms=("instagram", "tiktok"),
        tiers=("micro", "macro"),
        budget=40_000.0,
        currency="DKK",
        deliverables={"reel": 1, "story": 2},
        audience={
            "country": {"DK": 0.8, "SE": 0.2},
            "gender": {"female": 0.75, "male": 0.25},
            "language": {"da": 1.0},
        },
        topics=("plantebaseret", "kaffe"),
        hashtags=("havremælk", "vegansk"),
        values=("bæredygtighed",),
        avoid=("alkohol",),
        competitors=("oatly", "minor.figures"),
        min_engagement_rate=0.01,
        max_risk=0.5,
        min_fit=0.4,
        plateau=0.8,
        weights={**DEFAULT_WEIGHTS, "audience_match": 4.0, "brand_safety": 0.0},
    )


def test_bytes_with_a_byte_order_mark_read_like_text():
    assert read_brief(WHOLE.encode("utf-8-sig"), "a.toml") == read_brief(WHOLE, "a.toml")


def test_a_brief_of_genders_alone_is_enough_and_all_else_is_open():
    brief = checked_brief(LEAST, "x.toml")
    assert brief.audience == {"gender": {"female": 1.0}}
    assert brief.weights == DEFAULT_WEIGHTS
    assert (brief.platforms, brief.tiers, brief.budget, brief.min_fit) == ((), (), None, None)


def test_without_an_id_the_name_of_the_file_serves():
    content = {"brand": "X", "audience": {"genders": ["female"]}}
    assert checked_brief(content, "briefs/havremælk-2026.toml").brief_id == "havremælk-2026"
    with pytest.raises(BriefError, match=r"oat milk.toml: id: must be there, found nothing; .*"):
        checked_brief(content, "oat milk.toml")


@pytest.mark.parametrize(
    ("content", "line"),
    [(b'brand = "x\n', "line 1"), (b"a = [1,\n", "end of document"), (b"a = 1\na = 2\n", "line 2")],
)
def test_what_is_not_toml_is_told_with_its_line(content, line):
    with pytest.raises(BriefError, match=rf"x.toml: file: must be TOML, found: .*{line}"):
        read_brief(content, "x.toml")


@pytest.mark.parametrize(
    "content", [b"\xff\xfe", "brand = 'Smør'".encode("latin-1"), b"a = " + b"[" * 100_000]
)
def test_what_is_no_text_or_nested_without_end_is_told(content):
    with pytest.raises(BriefError, match=r"x.toml: file: must be"):
        read_brief(content, "x.toml")


def test_everything_wrong_is_told_at_once():
    found = problems_of(
        {
            "valid_from": "2026-05-01",
            "platforms": "instagram",
            "budget": -1,
            "audience": {"countries": ["Danmark"], "genders": {"female": -1}},
            "limits": {"min_fit": 2},
            "weights": {"engagement": True},
        }
    )
    fields = [problem.split(": ")[1] for problem in found]
    assert fields == [
        "brand",
        "valid_from",
        "platforms",
        "budget",
        "currency",
        "audience.countries",
        "audience.genders.female",
        "limits.min_fit",
        "weights.engagement",
    ]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"brnd": "x"}, 'brnd: is no field of a brief, found "x"; did you mean brand?'),
        ({"topics": ["x"]}, "topics: is no field of a brief, found a list of 1; write it below"),
        ({"audience": {"ages": [], "agess": [1]}}, "audience.agess: is no field of a brief"),
        (
            {"limits": {"currency": "DKK"}},
            'limits.currency: is no field of a brief, found "DKK"; write currency above the',
        ),
        (
            {"content": {"limits": {}}},
            "content.limits: is no field of a brief, found a table of 0; write [limits] as a",
        ),
        ({"safety": 1}, "safety: is no field of a brief, found 1; write it below [weights]"),
        ({"weights": {"safty": 1}}, "weights.safty: is no component of the fit, found 1; did you"),
        ({"id": "a/b"}, "id: must be letters, digits, ., - and _, a letter or digit first"),
        ({"id": 7}, "id: must be text, found 7; write it in quotes"),
        ({"id": ""}, 'id: must not be blank, found ""'),
        ({"brand": " \t"}, "brand: must not be blank"),
        ({"brand": "a\x00b"}, r'brand: must hold no control characters, found "a\u0000b"'),
        (
            {"valid_from": datetime(2026, 5, 1, tzinfo=UTC)},
            "valid_from: must be a day, found 2026-05-01T00:00:00+00:00; write valid_from",
        ),
        ({"valid_until": time(9)}, "valid_until: must be a day, found 09:00:00"),
        (
            {"valid_from": date(2026, 5, 1), "valid_until": date(2026, 4, 30)},
            "valid_until: must not lie before valid_from, 2026-05-01, found 2026-04-30",
        ),
        ({"platforms": ["instagran"]}, 'found "instagran"; did you mean instagram?'),
        ({"platforms": "tiktok"}, 'found "tiktok"; write platforms = ["tiktok"]'),
        ({"platforms": [1]}, "platforms: item 1 must be text, found 1"),
        ({"tiers": ["mikro"]}, 'tiers: must be one of micro, macro, found "mikro"; did you mean'),
        ({"budget": 0, "currency": "DKK"}, "budget: must be a number above 0, found 0"),
        ({"budget": True, "currency": "DKK"}, "budget: must be a number above 0, found true"),
        ({"budget": "4", "currency": "DKK"}, 'budget: must be a number above 0, found "4"'),
        (
            {"budget": float("inf"), "currency": "DKK"},
            "budget: must be a number above 0, found inf",
        ),
        ({"budget": 10**400, "currency": "DKK"}, "found a number of more than 70 digits"),
        ({"budget": 1}, "currency: must be there beside budget, found nothing; write currency ="),
        ({"currency": "DKK"}, "budget: must be there beside currency, found nothing"),
        ({"budget": 1, "currency": "dkk"}, 'code, found "dkk"; write DKK'),
        ({"budget": 1, "currency": "ZZZ"}, "currency: must be an ISO 4217 currency code"),
        (
            {"deliverables": {"reel": 0}},
            "deliverables.reel: must be a whole number from 1 to 1000000",
        ),
        (
            {"deliverables": {"reel": 1.5}},
            "deliverables.reel: must be a whole number from 1 to 1000000",
        ),
        (
            {"deliverables": {"reel": True}},
            "deliverables.reel: must be a whole number from 1 to 1000000",
        ),
        ({"deliverables": ["reel"]}, "deliverables: must be a table, found a list of 1"),
        ({"audience": {}}, "audience: must name at least one of countries, cities, ages"),
        ({"audience": {"ages": []}}, "audience: must name at least one of countries, cities"),
        ({"audience": "DK"}, 'audience: must be a table, found "DK"; write [audience]'),
        ({"content": {"topics": "kaffe"}}, 'list of text, found "kaffe"; write topics = ["kaffe"]'),
        ({"content": {"avoid": [""]}}, 'content.avoid: must not be blank, found ""'),
        ({"content": {"hashtags": ["to ord"]}}, "content.hashtags: must be one hashtag"),
        ({"content": {"competitors": ["Oatly AB"]}}, "content.competitors: must be a handle"),
        ({"limits": {"min_engagement_rate": 3}}, "from 0 to 1, found 3; write 0.03 for 3 %"),
        ({"limits": {"max_risk": False}}, "limits.max_risk: must be a number from 0 to 1"),
        ({"limits": {"min_fit": float("nan")}}, "limits.min_fit: must be a number from 0 to 1"),
        ({"limits": {"plateau": 0}}, "limits.plateau: must be above 0, found 0"),
    ],
)
def test_what_is_wrong_is_told_with_field_rule_value_and_what_to_do(changed, told):
    found = problems_of({**LEAST, **changed}, tiers=("micro", "macro"))
    assert all(problem.startswith("x.toml: ") for problem in found)
    assert any(told in problem for problem in found), found


def test_without_a_scale_any_tier_will_do():
    assert checked_brief({**LEAST, "tiers": ["lille"]}, "x.toml").tiers == ("lille",)


def test_odd_words_are_kept_as_they_are():
    words = ["🥛🌱", "قهوة", "d'Isigny", "'; drop table brief; --", "a  b", "a b", "A b"]
    brief = checked_brief(
        {
            **LEAST,
            "brand": "Robert'); DROP TABLE mart.fit;--",
            "content": {
                "topics": words,
                "values": [],
                "avoid": [f"ord {n}" for n in range(500)],
                "hashtags": ["#Kaffe", "kaffe", "#☕️"],
            },
        },
        "x.toml",
    )
    assert brief.brand == "Robert'); DROP TABLE mart.fit;--"
    assert brief.topics == ("🥛🌱", "قهوة", "d'Isigny", "'; drop table brief; --", "a b", "A b")
    assert brief.values == ()
    assert len(brief.avoid) == 500
    assert brief.hashtags == ("kaffe", "☕️")


SCALARS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["instagram", "DK", "DK:København", "25-34", "da", "female", "DKK", "Danmark"]),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
)
NAMES = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        [
            "id",
            "brand",
            "valid_from",
            "valid_until",
            "platforms",
            "tiers",
            "budget",
            "currency",
            "deliverables",
            "audience",
            "content",
            "limits",
            "weights",
            "countries",
            "cities",
            "ages",
            "genders",
            "languages",
            "interests",
            "topics",
            "hashtags",
            "values",
            "avoid",
            "competitors",
            "min_engagement_rate",
            "max_risk",
            "min_fit",
            "plateau",
            "DK",
            "SE",
        ]
    ),
    st.sampled_from([*AGE_BANDS, *GENDERS, *COMPONENTS]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(NAMES, inner, max_size=5)),
    max_leaves=12,
)


@given(st.dictionaries(NAMES, VALUES, max_size=8))
@settings(max_examples=300, deadline=None)
@example({"audience": {"genders": {"female": 5e-324, "male": 1.7e308, "other": 10**400}}})
@example({"deliverables": {"\n": ""}})
def test_any_table_gives_a_brief_or_says_what_is_wrong(content):
    told: tuple[str, ...] = ()
    audience: dict = {}
    try:
        audience = checked_brief({**LEAST, **content}, "x.toml").audience
    except BriefError as error:
        told = error.problems
    assert bool(audience) != bool(told)
    assert all(one.startswith("x.toml: ") and "\n" not in one for one in told)
    assert all(sum(shares.values()) == pytest.approx(1) for shares in audience.values())
    assert all(min(shares.values()) > 0 for shares in audience.values())


@given(st.binary(max_size=60) | st.text(max_size=60))
@settings(deadline=None)
def test_any_bytes_give_a_brief_or_say_what_is_wrong(content):
    brand, told = "", ()
    try:
        brand = read_brief(content, "x.toml").brand
    except BriefError as error:
        told = error.problems
    assert bool(brand) != bool(told)
    assert all(problem.startswith("x.toml") for problem in told)
