import shutil
from pathlib import Path

import duckdb
import pytest

from tests.sample import truth
from tests.sample.__main__ import SEED
from tests.sample.check import check

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
        """)
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
    ],
)
def test_a_warehouse_that_disagrees_is_told_where(warehouse, change, line):
    with duckdb.connect(warehouse) as connection:
        connection.execute(change)

    wrong = check(warehouse, SEED)

    assert wrong
    assert any(line in one for one in wrong)
