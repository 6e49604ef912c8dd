from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import polars as pl
import pytest

from schemas.contract import polars_schema
from schemas.core import CORE
from schemas.ops import OPS
from tests.warehouse.publications import write
from warehouse.published import dictionary
from warehouse.published.publish import Publication, publish
from warehouse.published.query import QueryError, file_rows, quarantine_rows, query, status_rows

DAY = date(2030, 5, 1)
NOW = datetime(2030, 5, 10, 2, tzinfo=UTC)


def core(table, *rows):
    return pl.DataFrame(list(rows), schema=polars_schema(CORE[table]))


def ops(table, *rows):
    return pl.DataFrame(list(rows), schema=polars_schema(OPS[table]))


def account(account_id, **known):
    return {
        "platform": "instagram",
        "account_id": account_id,
        "creator_id": f"creator-{account_id}",
        "account_handle": account_id,
        "is_tracked": True,
    } | known


def day(account_id, offset, **figures):
    return {
        "platform": "instagram",
        "account_id": account_id,
        "day": DAY + timedelta(days=offset),
        "observed_on": DAY + timedelta(days=5),
    } | figures


def post(post_id, account_id, published_at):
    return {
        "platform": "instagram",
        "post_id": post_id,
        "account_id": account_id,
        "creator_id": None,
        "first_observed_on": DAY,
        "last_observed_on": DAY + timedelta(days=6),
        "published_at": published_at,
        "catalogue": "complete",
    }


def file(name, status="loaded", **known):
    return {
        "load_id": "load-1",
        "loaded_at": NOW,
        "delivery_id": "delivery",
        "file_id": name,
        "path": name,
        "sha256": f"hash-{name}",
        "size_bytes": 1,
        "platform": "instagram",
        "account_ref": "anna",
        "export": "meta_content",
        "status": status,
        "rows_in": 2,
        "loaded": 2,
        "quarantined": 0,
        "not_data": 0,
        "observed_on": DAY + timedelta(days=5),
        "missing_headers": [],
        "unknown_headers": [],
        "headers": [],
        "columns": [],
        "suggestions": [],
        "notes": [],
    } | known


def bad(name, row_number, rule, loaded_at=NOW):
    return {
        "load_id": f"load-{loaded_at.day}",
        "loaded_at": loaded_at,
        "file_id": name,
        "path": name,
        "row_number": row_number,
        "column": "Views",
        "rule": rule,
        "value": "-1",
        "record": '{"Views": "-1"}',
    }


def built(offset):
    return {
        "table": "tier",
        "as_of": DAY + timedelta(days=offset),
        "knowledge": "latest",
        "cutoff": NOW,
        "built_at": NOW,
        "run": "run",
        "program_version": "1",
        "inputs_hash": "hash",
        "reference_versions": "{}",
        "rows": 0,
        "is_backfill": False,
        "reason": "",
    }


CORE_ROWS = {
    "account": core(
        "account",
        account("anna"),
        account("guest", is_tracked=False),
        account("silent"),
    ),
    "account_ref": core(
        "account_ref",
        {"platform": "instagram", "account_ref": "anna", "account_id": "anna"},
    ),
    "account_day": core(
        "account_day",
        day("anna", 0, followers=10, views=None),
        day("anna", 1, followers=11, reach=3, currency="DKK"),
        day("anna", 4, followers=None),
    ),
    "post": core(
        "post",
        post("1", "anna", datetime(2030, 4, 1, 23, tzinfo=UTC)),
        post("2", "anna", datetime(2030, 4, 3, 1, tzinfo=UTC)),
        post("3", None, None),
    ),
    "post_lifetime": core(
        "post_lifetime",
        {"platform": "instagram", "post_id": "1", "observed_on": DAY, "likes": 0, "views": 7},
        {"platform": "instagram", "post_id": "3", "observed_on": DAY, "saves": 1},
    ),
    "post_day": core(
        "post_day",
        {"platform": "instagram", "post_id": "2", "day": DAY, "observed_on": DAY, "shares": 1},
    ),
}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    folder = tmp_path_factory.mktemp("home")
    target = folder / "warehouse.duckdb"
    publish(
        target,
        folder / "work",
        folder / ".generations",
        Publication(
            tables=dictionary.tables(),
            core={
                name: [write(rows, folder / f"{name}.parquet")] for name, rows in CORE_ROWS.items()
            },
            ops={
                "file": ops(
                    "file",
                    file("b.csv"),
                    file("a.csv"),
                    file("c.csv", "refused", export="other", reason="no day tells its period"),
                    file("d.csv", "unrecognised", account_ref=None, export=None),
                    file("late.csv", load_id="load-2", loaded_at=NOW + timedelta(days=1)),
                ),
                "build": ops("build", built(0), built(9)),
                "quarantine": ops(
                    "quarantine",
                    bad("a.csv", 3, "views breaks x"),
                    bad("a.csv", 2, "views breaks x"),
                    bad("late.csv", 9, "views breaks y", NOW + timedelta(days=1)),
                ),
            },
        ),
    )
    return target


def test_status_says_what_is_known_of_each_account(warehouse):
    anna = (
        status_rows(warehouse, DAY + timedelta(days=9)).filter(account_id="anna").row(0, named=True)
    )

    assert (anna["first_day"], anna["last_day"]) == (DAY, DAY + timedelta(days=4))
    assert (anna["days"], anna["missing_days"]) == (3, 2)
    assert (anna["posts"], anna["top_posts"]) == (2, 0)
    assert (anna["first_published_on"], anna["last_published_on"]) == (
        date(2030, 4, 1),
        date(2030, 4, 3),
    )
    assert anna["account_metrics"] == ["followers", "reach"]
    assert anna["post_metrics"] == ["likes", "shares", "views"]
    assert anna["exports"] == ["meta_content"]
    assert (anna["files_loaded"], anna["files_refused"]) == (3, 1)
    assert anna["last_observed_on"] == DAY + timedelta(days=6)
    assert anna["staleness_days"] == 3


def test_status_lists_an_account_of_which_nothing_came_and_guests_last(warehouse):
    rows = status_rows(warehouse, DAY)

    assert rows["account_id"].to_list() == ["anna", "silent", "guest"]
    silent = rows.row(1, named=True)
    assert (silent["days"], silent["posts"], silent["files_loaded"]) == (0, 0, 0)
    assert (silent["account_metrics"], silent["exports"]) == ([], [])
    assert silent["last_observed_on"] is None
    assert silent["staleness_days"] is None


def test_status_counts_staleness_to_the_newest_day_built_where_no_day_is_given(warehouse):
    assert status_rows(warehouse)["staleness_days"].to_list() == [3, None, None]


def test_nothing_observed_after_the_day_asked_about_makes_it_less_than_fresh(warehouse):
    assert status_rows(warehouse, DAY)["staleness_days"].to_list() == [0, None, None]


def test_files_are_listed_newest_load_first_and_by_status(warehouse):
    assert file_rows(warehouse)["path"].to_list() == [
        "late.csv",
        "a.csv",
        "b.csv",
        "c.csv",
        "d.csv",
    ]
    refused = file_rows(warehouse, "refused")
    assert refused.select("path", "reason").rows() == [("c.csv", "no day tells its period")]


def test_quarantine_is_listed_newest_first_up_to_the_limit(warehouse):
    assert quarantine_rows(warehouse).select("path", "row_number").rows() == [
        ("late.csv", 9),
        ("a.csv", 2),
        ("a.csv", 3),
    ]
    assert quarantine_rows(warehouse, 1)["path"].to_list() == ["late.csv"]


def test_a_sum_of_whole_numbers_is_a_whole_number(warehouse):
    rows = query(warehouse, "select sum(followers) as total, 1.50 as fee from core.account_day")

    assert rows.schema == {"total": pl.Int64, "fee": pl.Decimal(3, 2)}
    assert rows.row(0) == (21, Decimal("1.50"))


def test_types_that_polars_lacks_come_as_text(warehouse):
    rows = query(
        warehouse,
        "select interval 36 hour as i, [interval 1 day] as l, '101' :: bit as b, "
        "union_value(k := 1) as u, {'bitrate': 1} as s",
    )

    assert rows.row(0) == ("36:00:00", "[1 day]", "101", "1", {"bitrate": 1})


def test_a_name_that_stands_twice_is_numbered(warehouse):
    rows = query(warehouse, "select 1 as a, 2 as a, interval 1 day as b, 3 as a")

    assert rows.columns == ["a", "a_2", "b", "a_3"]


@pytest.mark.parametrize(
    "sql",
    [
        "from core.account select count(*) as n",
        "with a as (select * from core.account) select count(*) as n from a;",
        "describe core.account",
        "explain select 1",
        "pragma table_info('core.account')",
        "pivot core.account on is_tracked using count(*)",
        "summarize core.account",
        "show all tables",
    ],
)
def test_whatever_reads_is_answered(warehouse, sql):
    assert query(warehouse, sql).height >= 1


@pytest.mark.parametrize(
    "sql",
    [
        "delete from core.account",
        "insert into core.account_ref values ('x', 'y', 'z')",
        "update core.account set display_name = 'x'",
        "drop table core.account",
        "create table core.x (a int)",
        "create temp table x (a int)",
        "create or replace view mart.x as select 1",
        "alter table core.account rename to x",
        "comment on table core.account is 'x'",
        "copy core.account to 'stolen.csv'",
        "export database 'stolen'",
        "attach 'other.duckdb'",
        "install httpfs",
        "load httpfs",
        "set memory_limit = '1GB'",
        "set enable_external_access = true",
        "pragma enable_external_access = true",
        "checkpoint",
        "select * from read_text('/etc/hostname')",
        "select * from 'other.parquet'",
        "select * from glob('*')",
        "select 1; drop table core.account",
        "",
        "-- nothing",
        "selct 1",
        "select nope from core.account",
        "select * from core.nope",
        "select 1 / 'a'",
    ],
)
def test_whatever_does_not_read_the_warehouse_is_refused(warehouse, sql, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = warehouse.read_bytes()

    with pytest.raises(QueryError):
        query(warehouse, sql)

    assert warehouse.read_bytes() == before
    assert list(tmp_path.iterdir()) == []


def test_frames_of_the_caller_are_out_of_reach(warehouse):
    secret = pl.DataFrame({"a": [1]})

    with pytest.raises(QueryError, match="secret does not exist"):
        query(warehouse, "select * from secret")
    assert secret.height == 1


def test_a_refusal_says_what_to_do(warehouse):
    with pytest.raises(QueryError, match=r"drop is not a question.*ask with select"):
        query(warehouse, "drop table core.account")
    with pytest.raises(QueryError, match="one statement at a time, not 2"):
        query(warehouse, "select 1; select 2")
    with pytest.raises(QueryError, match='"nope" not found'):
        query(warehouse, "select nope from core.account")


def test_a_missing_warehouse_says_to_run_the_night(tmp_path):
    with pytest.raises(QueryError, match=r"no warehouse at .*: run `creator-metrics nightly`"):
        query(tmp_path / "warehouse.duckdb", "select 1")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_warehouse_is_named(tmp_path):
    (tmp_path / "warehouse.duckdb").write_text("not a database, but long enough to be read" * 99)

    with pytest.raises(QueryError, match=r"warehouse\.duckdb cannot be opened"):
        query(tmp_path / "warehouse.duckdb", "select 1")


def test_a_value_is_passed_apart_from_the_statement(warehouse):
    rows = query(
        warehouse,
        "select account_id from core.account where account_id = $who",
        {"who": "anna' or '1' = '1"},
    )

    assert rows.height == 0


def test_nothing_is_left_beside_the_file_after_a_query_that_spills(warehouse):
    query(warehouse, "select count(*) from (select * from range(2_000_000) order by hash(range))")

    assert sorted(path.name for path in warehouse.parent.glob("warehouse*")) == ["warehouse.duckdb"]
