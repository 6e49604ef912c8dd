import duckdb

from tests.sample import briefs, demo


def test_the_ranking_lists_each_creator_of_the_brief_with_tier_trend_and_reason(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute(f"""
            create schema core; create schema mart;
            create table core.account as from (values
                ('instagram', 'a', 'ada'), ('tiktok', 'b', 'ada'), ('youtube', 'c', 'ada'),
                ('instagram', 'd', 'bo')
            ) as t(platform, account_id, creator_id);
            create table mart.tier_latest as from (values
                ('instagram', 'a', 'micro'), ('tiktok', 'b', 'macro'), ('youtube', 'c', 'mega')
            ) as t(platform, account_id, tier);
            create table mart.engagement_trend_latest as from (values
                ('instagram', 'a', 'engagement_rate', 90, 12, 'stable'),
                ('instagram', 'a', 'engagement_rate', 28, 12, 'rising'),
                ('youtube', 'c', 'engagement_rate', 90, 12, 'falling')
            ) as t(platform, account_id, measure, window_days, n_points, "class");
            create table mart.fit_latest as from (values
                ('{briefs.OATS}', 'bo', null, null, 'No score.'),
                ('{briefs.OATS}', 'ada', 1, 0.5, 'Fits.'),
                ('{briefs.TEA}', 'ada', 1, 0.1, 'Of another brief.')
            ) as t(brief_id, creator_id, rank, score, reason);
        """)

    assert demo.ranking(path) == [
        "  1  ada          0.50  macro+micro, stable",
        "     Fits.",
        "  -  bo                 tier unknown, trend unknown",
        "     No score.",
    ]
