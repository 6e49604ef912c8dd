"""mart.fit again from the published tables alone, with plain Python and scipy."""

from collections import defaultdict
from math import exp, isclose, log, prod
from statistics import median

import pytest
from scipy.spatial.distance import jensenshannon

from schemas.brief import COMPONENTS
from tests.flows.published import ask
from tests.sample.truth import AS_OF
from transforms.places.languages import languages_of

HIDDEN = ("others", "unreported")
BASES = ("followers", "viewers", "views")
LONGEST_AGE_DAYS = 730


class Published:
    """What the warehouse says of the newest day, by key."""

    def __init__(self, settings):
        self.fit = ask(settings, "from mart.fit_latest")
        self.components = {
            (row["brief_id"], row["platform"], row["account_id"], row["component"]): row
            for row in ask(settings, "from mart.fit_component_latest")
        }
        self.briefs = {row["brief_id"]: row for row in ask(settings, "from ref.brief")}
        self.targets = defaultdict(dict)
        for row in ask(settings, "from ref.brief_target"):
            if row["share"] > 0:
                wanted = self.targets[row["brief_id"]].setdefault(row["dimension"], {})
                wanted[row["segment"]] = row["share"]
        self.audience = audience(ask(settings, "from core.audience"))
        self.tier = {account(row): row for row in ask(settings, "from mart.tier_latest")}
        self.trend = defaultdict(list)
        for row in ask(settings, "from mart.engagement_trend_latest"):
            self.trend[account(row)].append(row)
        self.creator = {
            account(row): row["creator_id"]
            for row in ask(settings, "from core.account where is_tracked")
        }

    def accounts_of(self, brief_id):
        platforms = self.briefs[brief_id]["platforms"]
        return [
            key for key in sorted(self.creator) if not platforms or key[0] in platforms.split("+")
        ]

    def rows(self, brief_id, creator_id):
        """Give component to the rows of a creator's accounts."""
        rows = defaultdict(list)
        for (brief, *key, name), row in sorted(self.components.items()):
            if brief == brief_id and self.creator[tuple(key)] == creator_id:
                rows[name].append(row)
        return rows


def account(row):
    return row["platform"], row["account_id"]


def audience(rows):
    """Choose the distribution of each account and dimension: nearest before the day, else after."""
    told = defaultdict(dict)
    for row in rows:
        key = (row["observed_on"], row["basis"])
        told[(*account(row), row["dimension"])].setdefault(key, {})[row["segment"]] = row["share"]

    def order(key):
        age = (AS_OF - key[0]).days
        return age < 0, abs(age), BASES.index(key[1])

    chosen = {}
    for of, distributions in told.items():
        near = [key for key in distributions if abs((AS_OF - key[0]).days) <= LONGEST_AGE_DAYS]
        if near:
            chosen[of] = distributions[min(near, key=order)]
    for (platform, account_id, dimension), shares in list(chosen.items()):
        if dimension == "country":
            chosen[platform, account_id, "language"] = languages(shares)
    return chosen


def languages(countries):
    spoken = defaultdict(float)
    for country, share in countries.items():
        known = {country: 1.0} if country in HIDDEN else languages_of(country) or {"others": 1.0}
        for language, part in known.items():
            spoken[language] += share * part
    return spoken


def listed(shares):
    return sum(share for segment, share in shares.items() if segment not in HIDDEN)


def similar(audience, wanted):
    cells = sorted({*audience, *wanted})
    both = [[one.get(cell, 0.0) for cell in cells] for one in (audience, wanted)]
    return 1 - jensenshannon(*both, base=2) ** 2


def mid_rank(value, values):
    less = sum(other < value for other in values)
    return (less + sum(other == value for other in values) / 2) / len(values)


@pytest.fixture(scope="module")
def published(sample_night):
    return Published(sample_night)


def each_account(published):
    for brief_id in published.briefs:
        for key in published.accounts_of(brief_id):
            yield brief_id, key


def same(found, right):
    if right is None or found is None:
        return right is found
    return isclose(found, right, abs_tol=1e-9, rel_tol=0)


def test_audience_match_is_the_divergence_that_scipy_finds(published):
    n_known = 0
    for brief_id, key in each_account(published):
        target, parts = published.targets[brief_id], {}
        for dimension, wanted in target.items():
            told = published.audience.get((*key, dimension), {})
            parts[dimension] = similar(told, wanted) if listed(told) > 0 else None
            row = published.components[brief_id, *key, f"audience_match_{dimension}"]
            assert same(row["component_value"], parts[dimension]), row
        known = [value for value in parts.values() if value is not None]
        match = prod(known) ** (1 / len(known)) if known else None
        plateau = published.briefs[brief_id]["plateau"]
        if match is not None and plateau:
            match = min(match / plateau, 1)
        row = published.components[brief_id, *key, "audience_match"]
        assert same(row["component_value"], match), row
        assert same(row["known_share"], len(known) / len(parts))
        n_known += len(known)
    assert n_known > 30


def inside(shares, segments, *, spread):
    """Give (value, low, high) of the share in some segments; null where nothing is listed."""
    if not shares or listed(shares) <= 0:
        return None
    low = min(sum(shares.get(segment, 0.0) for segment in segments), 1)
    hidden = sum(shares.get(segment, 0.0) for segment in HIDDEN)
    return min(low / listed(shares), 1) if spread else low, low, min(low + hidden, 1)


def target_share(published, brief_id, key):
    target = published.targets[brief_id]
    place = next(
        name for name in ("country", "city", "language", "none") if name in (*target, "none")
    )
    found = []
    if place in target:
        found.append(inside(published.audience.get((*key, place)), target[place], spread=False))
    apart = [
        inside(published.audience.get((*key, name)), target[name], spread=True)
        for name in ("age", "gender")
        if name in target
    ]
    if len(apart) == 2:
        cells = [f"{age}:{gender}" for age in target["age"] for gender in target["gender"]]
        joint = inside(published.audience.get((*key, "age_gender")), cells, spread=True)
        apart = [joint, (1, 1, 1)] if joint else apart
    found += apart
    known = [one for one in found if one is not None]
    if not known:
        return None
    value, low, high = (prod(figures) for figures in zip(*known, strict=True))
    low = low if len(known) == len(found) else 0.0
    return min(max(value, low), high), low, high


def test_target_share_and_its_bounds(published):
    n_known = 0
    for brief_id, key in each_account(published):
        right = target_share(published, brief_id, key)
        row = published.components[brief_id, *key, "target_share"]
        found = (row["component_value"], row["raw_lo"], row["raw_hi"])
        assert all(map(same, found, right or (None, None, None))), (row, right)
        n_known += right is not None
    assert n_known > 10


def test_targeted_reach_is_median_views_or_reach_times_the_share(published, sample_night):
    reach = median_reach(sample_night)
    n_known = 0
    for brief_id, key in each_account(published):
        row = published.components[brief_id, *key, "targeted_reach"]
        if row["raw"] is not None:
            views = published.tier[key]["median_views"]
            figure = reach[key] if row["basis"] == "reach" else views
            assert isclose(row["raw"], figure * target_share(published, brief_id, key)[0])
            n_known += 1
    assert n_known > 5


def median_reach(settings):
    """Take the reach at seven days, 28 on YouTube, or as soon after as it was observed."""
    posts = ask(
        settings,
        "select platform, account_id, post_id, arg_min(reach, observed_on) as reach "
        "from core.post_lifetime join core.post using (platform, post_id), "
        f"(select case platform when 'youtube' then 28 else 7 end) as mature(days) "
        f"where reach is not null and date '{AS_OF}' - published_at::date between days and 365 "
        "and observed_on - published_at::date >= days group by all",
    )
    by_account = defaultdict(list)
    for post in posts:
        by_account[account(post)].append(post["reach"])
    return {key: median(figures) for key, figures in by_account.items()}


def chosen_rate(rows):
    """Take the shortest window of 90 days or more with 8 points, posts before weeks."""
    rates = [
        row
        for row in rows
        if row["measure"] == "engagement_rate"
        and row["window_days"] >= 90
        and row["level_shrunk"] is not None
    ]

    def order(row):
        is_enough = row["n_points"] >= 8
        window = row["window_days"]
        return not is_enough, row["series"] != "post", window if is_enough else -window

    return min(rates, key=order, default=None)


def test_engagement_and_consistency_are_those_of_the_trend(published):
    chosen = {key: chosen_rate(published.trend[key]) for key in published.creator}
    alike = defaultdict(list)
    for key, rate in chosen.items():
        if rate:
            peers = (key[0], rate["series"], rate["er_basis"])
            alike[peers].append(rate["level_shrunk"])
            alike[(*peers, published.tier[key]["tier"])].append(rate["level_shrunk"])
    n_known = 0
    for brief_id, key in each_account(published):
        rate, right, steady = chosen[key], None, None
        if rate:
            peers = (key[0], rate["series"], rate["er_basis"])
            tier = published.tier[key]["tier"]
            pool = (
                alike[(*peers, tier)] if tier and len(alike[(*peers, tier)]) >= 5 else alike[peers]
            )
            right = mid_rank(rate["level_shrunk"], pool) if len(pool) >= 5 else None
            is_enough = rate["n_points"] >= 8 and rate["log_spread"] is not None
            steady = exp(-rate["log_spread"]) if is_enough else None
        for name, value in (("engagement", right), ("consistency", steady)):
            row = published.components[brief_id, *key, name]
            assert same(row["component_value"], value), row
        n_known += right is not None
    assert n_known > 10


def combined(rows, people):
    """Combine a component over a creator's accounts: its value and how much of it is known."""
    known = [row for row in rows if row["component_value"] is not None and row["account_weight"]]
    weight = sum(row["account_weight"] for row in known)
    share = sum(row["account_weight"] * row["known_share"] for row in known)
    if not known:
        return None, 0.0
    if rows[0]["component"] == "targeted_reach":
        mine = [row["raw"] for row in rows if row["raw"] is not None]
        return mid_rank(sum(mine), people), share
    return sum(r["account_weight"] * r["component_value"] for r in known) / weight, share


def geometric_mean(parts):
    """Give the weighted mean of (value, weight); null without any weight."""
    weight = sum(part[1] for part in parts)
    if weight < 1e-9:
        return None
    if any(value == 0 for value, _ in parts):
        return 0.0
    return exp(sum(weight * log(value) for value, weight in parts) / weight)


def test_score_coverage_and_contributions_follow_from_the_components(published):
    for row in published.fit:
        brief_id = row["brief_id"]
        people = [r["targeted_reach_people"] for r in published.fit if r["brief_id"] == brief_id]
        people = [one for one in people if one is not None]
        parts, coverage = {}, 0.0
        for name, rows in published.rows(brief_id, row["creator_id"]).items():
            if name not in COMPONENTS:
                continue
            value, share = combined(rows, people)
            assert same(row[name], value), (row, name)
            coverage += rows[0]["weight"] * share
            if value is not None and rows[0]["weight"] * share > 0:
                parts[name] = value, rows[0]["weight"] * share
        assert same(row["coverage"], coverage), row
        score = geometric_mean(list(parts.values())) if coverage >= 0.5 - 1e-9 else None
        assert same(row["score"], score), row
        for name in parts:
            others = geometric_mean([part for other, part in parts.items() if other != name])
            right = None if score is None or others is None else score - others
            assert same(row[f"contribution_{name}"], right), (row, name)


def test_weights_are_those_of_the_brief_over_what_it_asks_for(published):
    for brief_id, key in each_account(published):
        asked = [name for name in COMPONENTS if (brief_id, *key, name) in published.components]
        weights = {name: published.briefs[brief_id][f"weight_{name}"] for name in asked}
        for name, weight in weights.items():
            row = published.components[brief_id, *key, name]
            assert same(row["weight"], weight / sum(weights.values()))


def test_ranks_are_the_order_of_the_scores_of_those_who_meet_the_limits(published):
    for brief_id, brief in published.briefs.items():
        rows = [row for row in published.fit if row["brief_id"] == brief_id]
        for row in rows:
            assert row["is_eligible"] == is_eligible(published, brief, row), row
        ranked = [row for row in rows if row["is_eligible"] and row["score"] is not None]
        ranked.sort(key=lambda row: (-row["score"], row["creator_id"]))
        assert [row["rank"] for row in ranked] == list(range(1, len(ranked) + 1))
        assert {row["n_ranked"] for row in rows} == {len(ranked)}


def is_eligible(published, brief, row):
    own = [
        key
        for key in published.accounts_of(brief["brief_id"])
        if published.creator[key] == row["creator_id"]
    ]
    tiers = [published.tier[key]["tier"] for key in own]
    if brief["tiers"] and None not in tiers and not {*brief["tiers"].split("+")} & {*tiers}:
        return False
    rates = [rate["level_shrunk"] for key in own if (rate := chosen_rate(published.trend[key]))]
    least = brief["min_engagement_rate"]
    if least is not None and rates and max(rates) < least:
        return False
    least = brief["min_fit"]
    return not (least is not None and row["score"] is not None and row["score"] < least)
