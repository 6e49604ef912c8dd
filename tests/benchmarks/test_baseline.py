"""The baseline is no straw man: its figures are those of the reference implementations."""

from datetime import date

import duckdb
import numpy as np
import pymannkendall
import pytest
import scipy.stats

from tests.benchmarks import baseline
from tests.benchmarks.stages import Stages
from tests.sample import bulk

AS_OF = date(2025, 6, 30)


@pytest.fixture(scope="module")
def connection(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bench")
    written = bulk.write(folder / "inbox", 20_000, seed=3)
    stages = Stages()
    baseline.run(folder / "inbox", folder / "home", AS_OF, stages)
    assert all(figure["seconds"] > 0 for figure in stages.figures.values())
    with duckdb.connect(folder / "home" / "warehouse.duckdb", read_only=True) as opened:
        rows = opened.execute("select count(*) from history.post_lifetime").fetchone()
        assert rows == (written.observations,)
        yield opened


def test_every_window_holds_the_slope_and_interval_of_theilslopes(connection):
    lines = connection.execute("""
        select account_id, measure, window_days, change_per_30_days, change_low, change_high
        from mart.engagement_trend
        where series = 'account_week' and measure = 'views' and n >= 8
    """).fetchall()
    assert lines
    for account, _, window, *found in lines:
        days, values = _week_views(connection, account, window)
        slope, _, low, high = scipy.stats.theilslopes(values, days)
        np.testing.assert_allclose(found, np.expm1(30 * np.array([slope, low, high])), rtol=1e-6)


def test_the_p_values_are_those_of_mann_kendall(connection):
    lines = connection.execute("""
        select account_id, window_days, p from mart.engagement_trend
        where series = 'account_week' and measure = 'views' and n >= 8
    """).fetchall()
    for account, window, p in lines:
        _, values = _week_views(connection, account, window)
        assert p == pytest.approx(pymannkendall.original_test(values).p, abs=2e-7)


def test_the_best_row_of_a_post_is_its_last(connection):
    disagreeing = connection.execute("""
        select count(*) from core.post_lifetime as best join history.post_lifetime as h
            using (platform, post_id)
        where h.views > best.views or h.observed_on > best.observed_on
    """).fetchone()

    assert disagreeing == (0,)


def _week_views(connection, account: str, window: int) -> tuple[np.ndarray, np.ndarray]:
    rows = connection.execute(
        """
        select date_trunc('week', day)::date - date '2025-01-01' as week, ln(sum(views))
        from core.account_day where account_id = ? and views is not null
        group by week
        having count(*) = 7 and sum(views) > 100
            and date '2025-06-30' - min(date_trunc('week', day)::date) < ?
        order by week
        """,
        [account, window],
    ).fetchall()
    days, values = zip(*rows, strict=True)
    return np.array(days), np.array(values)
