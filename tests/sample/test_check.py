import shutil
from pathlib import Path

import duckdb
import pytest

from tests.sample import truth
from tests.sample.__main__ import SEED
from tests.sample.check import check
from tests.sample.check_fit import report

KNOWN = truth.expect(SEED)


@pytest.fixture
def warehouse(agreeing, tmp_path):
    """Give a copy that a test may change."""
    return Path(shutil.copy(agreeing, tmp_path))


@pytest.fixture(scope="module")
def agreeing(tmp_path_factory):
    """Write the tables that agree with the truth to the letter."""
    path = tmp_path_factory.mktemp("agreeing") / "warehouse.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute("""
            create schema core; create schema mart; create schema ops;
            create table core.account (platform text, account_id text, account_handle text);
            create table mart.tier (
                as_of date, platform text, account_id text, creator_id text, tier text,
                previous_tier text, tier_since date, followers bigint, followers_method text
            );
            create table mart.engagement_trend (
                as_of date, platform text, account_id text, series text, measure text,
                window_days int, "class" text, slope_share_per_30d double
            );
            create table ops.file (path text, member text, status text, quarantined bigint);
            create table core.audience (
                platform text, account_id text, basis text, dimension text, segment text,
                share double, observed_on date
            );
            create table core.account_day (
                platform text, account_id text, day date, reach bigint, views bigint,
                gross_follows bigint, profile_views bigint, interactions bigint,
                link_clicks bigint, unique_viewers bigint
            );
            create table core.account_hour (
                platform text, account_id text, day date, hour int, active_followers bigint
            );
            create table mart.fit_latest (
                brief_id text, creator_id text, rank int, score double, is_eligible boolean,
                ineligible_because text, reason text
            );
            create table mart.fit_component_latest (
                brief_id text, platform text, account_id text, component text,
                component_value double
            );
        """)
        _tell_audiences(connection)
        _tell_days(connection)
        for known in KNOWN.fits:
            _tell_fit(connection, known)
        for one in KNOWN.accounts:
            key = [one.platform, f"id of {one.handle}"]
            connection.execute("insert into core.account values (?, ?, ?)", [*key, one.handle])
            since = one.tier_since[0] if one.tier_since else None
            connection.execute(
                "insert into mart.tier values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    *(KNOWN.as_of, *key, one.creator_id, one.tier, one.previous_tier, since),
                    *(one.followers, one.followers_method),
                ],
            )
            for (series, measure, window), classes in one.trends.items():
                connection.execute(
                    "insert into mart.engagement_trend values (?, ?, ?, ?, ?, ?, ?, ?)",
                    [KNOWN.as_of, *key, series, measure, window, classes[0], one.rate_growth],
                )
        repeats = {table for group in KNOWN.copies for table in group[1:]}
        for file in KNOWN.files:
            status = "repeated" if (file.path, file.member) in repeats else file.statuses[0]
            connection.execute(
                "insert into ops.file values (?, ?, ?, ?)",
                [file.path, file.member, status, file.quarantined or 0],
            )
    return path


def _tell_audiences(connection):
    for one in KNOWN.audiences:
        told = {name: list(shares.items()) for name, shares in one.dimensions.items()}
        if one.cities:
            told["city"] = [
                (f"{country}:{n}", share) for n, (country, share) in enumerate(one.cities)
            ]
        for dimension, shares in told.items():
            rest = ("unreported", 1 - sum(share for _, share in shares))
            connection.executemany(
                "insert into core.audience values (?, ?, ?, ?, ?, ?, ?)",
                [
                    [one.platform, f"id of {one.handle}", one.basis, dimension, *row, day]
                    for row in (*shares, rest)
                    for day in ("2025-05-01", "2025-06-01")
                ],
            )


def _tell_days(connection):
    for one in KNOWN.daily:
        connection.execute(
            f"insert into core.account_day (platform, account_id, day, {one.column}) "
            "values (?, ?, ?, ?)",
            [one.platform, f"id of {one.handle}", one.last, one.total],
        )
    for one in KNOWN.hourly:
        connection.execute(
            "insert into core.account_hour "
            "select ?, ?, ?::date - (n // 24)::int, n % 24, 7 from range(?) as t(n)",
            [one.platform, f"id of {one.handle}", one.last, one.hours],
        )


def _tell_fit(connection, known):
    middle = [one for one in known.creators if one not in (known.first, known.last)]
    ranked = [one for one in middle if one not in (*known.ineligible, *known.unscored)]
    ranks = {one: rank for rank, one in enumerate([known.first, *ranked, known.last], start=1)}
    for creator in known.creators:
        because = known.ineligible.get(creator)
        connection.execute(
            "insert into mart.fit_latest values (?, ?, ?, ?, ?, ?, ?)",
            [
                *(known.brief_id, creator, ranks.get(creator)),
                *(None if creator in known.unscored else 0.5, because is None, because),
                "because",
            ],
        )
    values = {(*account, name): None for account, names in known.unknown.items() for name in names}
    values |= {(*account, name): 0.5 for account, names in known.known.items() for name in names}
    values |= {key: low for key, (low, _) in known.bounds.items()}
    for (platform, handle, name), value in values.items():
        connection.execute(
            "insert into mart.fit_component_latest values (?, ?, ?, ?, ?)",
            [known.brief_id, platform, f"id of {handle}", name, value],
        )


def test_a_warehouse_that_agrees_with_the_truth_passes(warehouse):
    assert check(warehouse, SEED) == []


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (
            "update mart.tier set tier = 'macro' where account_id = 'id of flapping.flora'",
            "tiktok/flapping.flora: mart.tier says tier macro instead of micro",
        ),
        (
            "update mart.tier set followers = followers - 1 where account_id = 'id of mega.milo'",
            "followers instead of",
        ),
        (
            "update mart.tier set tier_since = '2025-01-01' "
            "where account_id = 'id of crossing.cleo'",
            "says since 2025-01-01",
        ),
        ("delete from mart.tier where account_id = 'id of rising.rosa'", "0 rows instead of 1"),
        (
            """update mart.engagement_trend set "class" = 'falling'
            where account_id = 'id of shorts-break-bo' and measure = 'views' and series = 'post'""",
            "post views over 90 days is falling instead of stable",
        ),
        (
            "update mart.engagement_trend set slope_share_per_30d = -0.2 "
            "where account_id = 'id of falling.falk'",
            "changes by -0.200 per 30 days instead of -0.350",
        ),
        (
            "update ops.file set status = 'loaded' where path like '%invoice.csv'",
            "invoice.csv: loaded instead of unrecognised",
        ),
        (
            "update ops.file set quarantined = 2 where quarantined = 3",
            "2 quarantined instead of 3",
        ),
        ("delete from ops.file where status = 'repeated'", "no row in ops.file"),
        (
            "update ops.file set status = 'loaded' where path like '% (1).csv'",
            "not exactly one is loaded",
        ),
        ("insert into ops.file values ('roster.csv', null, 'refused', 0)", "roster.csv"),
        (
            "update core.audience set share = 0.7 where segment = 'DK' "
            "and account_id = 'id of target.tove'",
            "target.tove: core.audience country DK is 0.7 instead of 0.9000",
        ),
        (
            "delete from core.audience where dimension = 'city' "
            "and account_id = 'id of opposite.otto'",
            "opposite.otto: core.audience city is missing",
        ),
        (
            "update core.audience set dimension = 'city' where dimension = 'age' "
            "and account_id = 'id of falling.freja'",
            "falling.freja: core.audience city should not be there",
        ),
        (
            "update core.audience set segment = 'SE:1' where segment = 'DK:1'",
            "core.audience city says",
        ),
        (
            "update core.audience set basis = 'views' where account_id = 'id of rising.rosa'",
            "rising.rosa: core.audience is of views instead of followers",
        ),
        (
            "delete from core.account_day where account_id = 'id of rising.page'",
            "rising.page: core.account_day profile_views sums to None",
        ),
        (
            "delete from core.account_hour where hour = 3",
            "has 146 hours up to 2025-07-01 instead of 153",
        ),
        (
            "update mart.fit_latest set rank = 99 where creator_id = 'tove'",
            "tove is last instead of otto",
        ),
        (
            "update mart.fit_latest set is_eligible = true where creator_id = 'milo'",
            "milo is eligible",
        ),
        (
            "update mart.fit_latest set score = 0.9 where creator_id = 'tilde'",
            "tilde has the score 0.9 instead of no score",
        ),
        (
            "insert into mart.fit_latest values ('broken-dk-2025', 'bo', 1, 1, true, null, 'x')",
            "broken-dk-2025 should have no rows",
        ),
        (
            "update mart.fit_component_latest set component_value = 0.0 "
            "where component_value is null",
            "audience_match is 0.0 instead of null",
        ),
        (
            "update mart.fit_component_latest set component_value = 1 "
            "where component = 'brand_crowding'",
            "steady.signe brand_crowding is 1.0, not 0.33 to 0.34",
        ),
    ],
)
def test_a_warehouse_that_disagrees_is_told_where(warehouse, change, line):
    with duckdb.connect(warehouse) as connection:
        connection.execute(change)

    wrong = check(warehouse, SEED)

    assert wrong
    assert any(line in one for one in wrong)


def test_the_report_must_name_every_problem_of_the_broken_brief():
    said = (
        'reference  briefs/broken-dk-2025.toml: audience.countries: found "Danmark"\n'
        "reference  briefs/broken-dk-2025.toml: currency: must be there beside budget"
    )

    assert list(report(said)) == []
    assert list(report(said.replace("Danmark", "DK"))) == [
        "the night's report says nothing of Danmark in briefs/broken-dk-2025.toml"
    ]
