import duckdb
import pytest

from warehouse.published.query import QueryError, fit_rows


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute("""
            create schema core; create schema mart; create schema ref;
            create table ref.brief as select 'oat' as brief_id, 'Havre & Co' as brand;
            create table core.account as from (values
                ('ada', 'Ada'), ('ada', null), ('bo', null)
            ) as t(creator_id, display_name);
            create table mart.tier_latest as from (values
                ('instagram', 'ada', 'micro'), ('tiktok', 'ada', 'macro'),
                ('youtube', 'ada', 'mega')
            ) as t(platform, creator_id, tier);
            create table mart.engagement_trend_latest as from (values
                ('instagram', 'ada', 'engagement_rate', 90, 12, 'stable'),
                ('instagram', 'ada', 'engagement_rate', 28, 12, 'rising'),
                ('tiktok', 'ada', 'views', 90, 12, 'rising'),
                ('tiktok', 'ada', 'engagement_rate', 90, 0, 'not_reported'),
                ('youtube', 'ada', 'engagement_rate', 90, 12, 'falling')
            ) as t(platform, creator_id, measure, window_days, n_points, "class");
            create table mart.fit_latest as from (values
                ('oat', 'bo', null, 'tiktok', null, 0.2, null, null, 'No score.'),
                ('oat', 'ada', 1, 'instagram+tiktok', 0.5, 1.0, 0.4, 900.0, 'Fits.'),
                ('tea', 'ada', 1, 'youtube', 0.1, 1.0, 0.4, 900.0, 'Of another brief.')
            ) as t(brief_id, creator_id, rank, platforms, score, coverage, target_share,
                targeted_reach_people, reason);
        """)
    return path


def test_tier_and_trend_are_those_of_the_accounts_on_the_briefs_platforms(path):
    (row,) = fit_rows(path, "oat").to_dicts()

    assert (row["rank"], row["creator"], row["name"]) == (1, "ada", "Ada")
    assert (row["tier"], row["trend"], row["reason"]) == ("macro+micro", "stable", "Fits.")


def test_those_without_a_rank_follow_and_the_limit_cuts(path):
    rows = fit_rows(path, "oat", with_unranked=True)
    assert rows["creator"].to_list() == ["ada", "bo"]
    assert rows.row(1, named=True)["tier"] is None
    assert fit_rows(path, "oat", 1, with_unranked=True).height == 1


def test_another_brief_is_an_error_that_names_those_in_force(path):
    with pytest.raises(QueryError, match="no brief 'tea' is in force; those that are: oat"):
        fit_rows(path, "tea")
