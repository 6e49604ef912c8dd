import shutil
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import duckdb
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse import killing
from tests.warehouse.publications import (
    FIRST_DAY,
    TABLES,
    Score,
    content,
    deliveries,
    lifetime,
    publication,
    refs,
    scores,
    write,
)
from warehouse.published.publish import MartPart, Publication, PublishError, Resources, publish

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


def put(home, wanted, **options):
    return publish(
        home / "warehouse.duckdb", home / "work", home / ".generations", wanted, **options
    )


def served(home):
    return content(home / "warehouse.duckdb")


def generations(home):
    return sorted(path.name for path in (home / ".generations").iterdir())


def write_into(path, sql):
    path.chmod(0o644)
    with duckdb.connect(str(path)) as connection:
        connection.execute(sql)
    path.chmod(0o444)


def elsewhere(home, code, **options):
    return subprocess.Popen(
        [sys.executable, "-c", code, str(home / "warehouse.duckdb")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        **options,
    )


def test_the_first_night_publishes_every_table_it_was_given(home, tmp_path):
    published = put(home, publication(tmp_path / "store", loads={"load-1": 100, "load-2": 7}))

    assert published.outcome == "rebuilt"
    assert published.reason == "warehouse.duckdb is not there"
    assert published.rows == {
        "history.post_lifetime": 6,
        "core.account_ref": 2,
        "mart.score": 2,
        "ops.delivery": 1,
        "ref.word": 1,
    }
    assert published.size_bytes == (home / "warehouse.duckdb").stat().st_size
    rows = served(home)
    assert {name: len(rows[name]) for name in published.rows} == published.rows
    assert rows["core.account_ref"] == [("instagram", "a", "id-a"), ("instagram", "b", "id-b")]


def test_a_date_time_stands_in_utc_whatever_the_zone_of_the_machine(home, tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    put(home, publication(tmp_path / "store"))

    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as connection:
        connection.execute("set timezone = 'Pacific/Auckland'")
        answer = connection.execute(
            "select typeof(arrived_at), arrived_at::varchar, arrived_at::date::varchar "
            "from ops.delivery"
        ).fetchone()
    monkeypatch.undo()
    time.tzset()

    assert answer == ("TIMESTAMP", "2030-05-01 23:30:00", "2030-05-01")


def test_every_generation_has_the_format_that_older_versions_read(home, tmp_path):
    put(home, publication(tmp_path / "store"))
    put(home, publication(tmp_path / "store", arrived=2))

    for path in [home / "warehouse.duckdb", *(home / ".generations").glob("*.duckdb")]:
        with duckdb.connect(str(path), read_only=True) as connection:
            tags = connection.execute(
                "select tags from duckdb_databases() where not internal"
            ).fetchone()
        assert tags[0]["storage_version"] == "v1.3.0+"


def test_a_night_with_nothing_new_makes_no_generation(home, tmp_path):
    first = put(home, publication(tmp_path / "store"))
    before = (home / "warehouse.duckdb").stat()

    again = put(home, publication(tmp_path / "store"))

    assert again.outcome == "unchanged"
    assert again.changed == ()
    assert (again.generation, again.sha256, again.rows) == (1, first.sha256, first.rows)
    assert generations(home) == ["000001.duckdb", "000001.json"]
    assert (home / "warehouse.duckdb").stat().st_ino == before.st_ino


def test_a_later_night_changes_only_what_changed(home, tmp_path):
    put(home, publication(tmp_path / "store"))

    published = put(
        home,
        publication(
            tmp_path / "store", loads={"load-1": 100, "load-2": 7}, days={0: (0.1, 0.2), 1: (0.3,)}
        ),
    )

    assert published.outcome == "updated"
    assert published.reason is None
    assert published.changed == ("history.post_lifetime", "mart.score")
    assert generations(home) == [
        "000001.duckdb",
        "000001.json",
        "000002.duckdb",
        "000002.json",
    ]
    assert [row[3] for row in served(home)["mart.score"]] == [0.1, 0.2, 0.3]
    assert [row[3] for row in served(home)["mart.score_latest"]] == [0.3]


def test_a_day_that_retention_removed_is_deleted_in_place(home, tmp_path):
    put(home, publication(tmp_path / "store", days={0: (0.1,), 1: (0.2,), 2: (0.3,)}))

    published = put(home, publication(tmp_path / "store", days={0: (0.1,), 2: (0.3,), 3: (0.4,)}))

    assert published.outcome == "updated"
    assert [row[3] for row in served(home)["mart.score"]] == [0.1, 0.3, 0.4]


def test_a_rebuilt_day_keeps_its_place_among_the_days(home, tmp_path):
    put(home, publication(tmp_path / "store", days={0: (0.1,), 1: (0.2,), 2: (0.3,)}))

    put(home, publication(tmp_path / "store", days={0: (0.1,), 1: (0.9,), 2: (0.3,)}))

    assert [row[3] for row in served(home)["mart.score"]] == [0.1, 0.9, 0.3]


def test_days_stand_in_their_order_however_they_are_given(home, tmp_path):
    put(home, publication(tmp_path / "store", days={2: (0.3,), 0: (0.1,), 1: (0.2,)}))

    assert [row[3] for row in served(home)["mart.score"]] == [0.1, 0.2, 0.3]


def test_a_mart_without_days_is_empty_and_so_is_its_view(home, tmp_path):
    put(home, publication(tmp_path / "store"))

    put(home, publication(tmp_path / "store", days={}))

    assert served(home)["mart.score"] == []
    assert served(home)["mart.score_latest"] == []


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("load"), st.integers(1, 4), st.integers(0, 2)),
        st.tuples(st.just("day"), st.integers(0, 4), st.lists(st.floats(0, 1), max_size=3)),
        st.tuples(st.just("drop day"), st.integers(0, 4)),
        st.tuples(st.just("drop load"), st.integers(1, 4)),
        st.tuples(st.just("accounts"), st.sets(st.sampled_from("abcd"))),
        st.tuples(st.just("arrived"), st.integers(0, 3)),
    ),
    min_size=2,
    max_size=5,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS)
def test_any_sequence_of_nights_equals_one_publication_from_scratch(steps, tmp_path_factory):
    folder = tmp_path_factory.mktemp("nights")
    home, store = folder / "home", folder / "store"
    state = {"loads": {}, "days": {}, "accounts": ["a"], "arrived": 0}
    for step in steps:
        match step:
            case ("load", number, views):
                state["loads"][f"load-{number}"] = views
            case ("day", place, values):
                state["days"][place] = tuple(values)
            case ("drop day", place):
                state["days"].pop(place, None)
            case ("drop load", number):
                state["loads"].pop(f"load-{number}", None)
            case ("accounts", names):
                state["accounts"] = sorted(names)
            case ("arrived", count):
                state["arrived"] = count
        state["loads"] = dict(sorted(state["loads"].items()))
        wanted = publication(store, **state)
        put(home, wanted)

    put(folder / "scratch", wanted)

    assert served(home) == served(folder / "scratch")
    shutil.rmtree(folder)


def test_files_appended_to_a_table_leave_its_rows_in_the_order_of_the_files(home, tmp_path):
    parts = [
        write(lifetime(f"load-{n}", rows=40_000), tmp_path / f"{n}" / "part.parquet")
        for n in range(8)
    ]

    put(
        home,
        Publication(tables=TABLES, history={"post_lifetime": {"all": parts}}),
    )

    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as connection:
        found = connection.execute("select post_id from history.post_lifetime").fetchall()
    assert [post_id for (post_id,) in found] == [
        f"load-{n}-{row}" for n in range(8) for row in range(40_000)
    ]


def test_quarantine_of_a_new_load_is_appended_not_written_anew(home, tmp_path):
    first = write(deliveries(2), tmp_path / "a" / "delivery.parquet")
    more = write(deliveries(4).tail(2), tmp_path / "b" / "delivery.parquet")
    put(home, Publication(tables=TABLES, ops={"delivery": [first]}))

    put(home, Publication(tables=TABLES, ops={"delivery": [first, more]}))

    assert [row[0] for row in served(home)["ops.delivery"]] == [f"delivery-{n}" for n in range(4)]


def test_the_file_is_read_only_and_has_no_log_beside_it(home, tmp_path):
    put(home, publication(tmp_path / "store"))
    put(home, publication(tmp_path / "store", arrived=2))

    assert (home / "warehouse.duckdb").stat().st_mode & 0o777 == 0o444
    assert sorted(path.name for path in home.iterdir()) == [
        ".generations",
        "warehouse.duckdb",
        "work",
    ]
    assert list((home / "work").iterdir()) == []


def test_a_file_made_writable_but_not_written_is_protected_again(home, tmp_path):
    put(home, publication(tmp_path / "store"))
    (home / "warehouse.duckdb").chmod(0o644)

    assert put(home, publication(tmp_path / "store")).outcome == "unchanged"
    assert (home / "warehouse.duckdb").stat().st_mode & 0o777 == 0o444


def test_a_file_somebody_wrote_into_is_rebuilt_and_its_generation_dropped(home, tmp_path):
    put(home, publication(tmp_path / "store"))
    put(home, publication(tmp_path / "store", arrived=2))
    before = served(home)
    write_into(home / "warehouse.duckdb", "delete from core.account_ref")

    published = put(home, publication(tmp_path / "store", arrived=2))

    assert published.outcome == "rebuilt"
    assert "somebody wrote into it" in published.reason
    assert served(home) == before
    assert "000002.duckdb" not in generations(home)
    assert "000001.duckdb" in generations(home)


def test_one_changed_byte_is_noticed(home, tmp_path):
    put(home, publication(tmp_path / "store"))
    path = home / "warehouse.duckdb"
    path.chmod(0o644)
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)

    assert put(home, publication(tmp_path / "store")).outcome == "rebuilt"


def test_a_log_left_beside_the_file_is_removed_with_what_it_held(home, tmp_path):
    put(home, publication(tmp_path / "store"))
    before = served(home)
    path = home / "warehouse.duckdb"
    path.chmod(0o644)
    writer = elsewhere(
        home,
        "import duckdb, os, signal, sys\n"
        "connection = duckdb.connect(sys.argv[1])\n"
        "connection.execute('delete from ops.delivery')\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n",
    )
    writer.communicate()
    assert (home / "warehouse.duckdb.wal").exists()

    published = put(home, publication(tmp_path / "store"))

    assert published.outcome == "rebuilt"
    assert not (home / "warehouse.duckdb.wal").exists()
    assert served(home) == before


def test_a_load_that_disappeared_leaves_no_trace(home, tmp_path):
    put(home, publication(tmp_path / "store", loads={"load-1": 1, "load-forgotten": 2}))

    published = put(home, publication(tmp_path / "store", loads={"load-1": 1}), keep=1)

    assert published.outcome == "rebuilt"
    assert "load-forgotten disappeared" in published.reason
    left = [path for path in home.rglob("*") if path.is_file()]
    assert len(left) == 3
    assert not any(b"load-forgotten" in path.read_bytes() for path in left)


def test_a_load_whose_rows_changed_is_noticed_though_its_name_is_the_same(home, tmp_path):
    put(home, publication(tmp_path / "store", loads={"load-1": 1}))

    published = put(home, publication(tmp_path / "store", loads={"load-1": 2}))

    assert published.outcome == "rebuilt"
    assert [row[3] for row in served(home)["history.post_lifetime"]] == [2, 3, 4]


def test_a_load_that_comes_in_before_others_has_its_place(home, tmp_path):
    put(home, publication(tmp_path / "store", loads={"load-2": 2}))

    put(home, publication(tmp_path / "store", loads={"load-1": 1, "load-2": 2}))

    assert [row[1] for row in served(home)["history.post_lifetime"]] == [
        f"load-{load}-{row}" for load in (1, 2) for row in range(3)
    ]


def test_changed_definitions_are_rebuilt(home, tmp_path):
    put(home, publication(tmp_path / "store"))

    class Renamed(Score):
        """How an account scores, in other words."""

    wanted = publication(tmp_path / "store")
    published = put(
        home,
        Publication(
            tables=TABLES | {"mart.score": Renamed},
            history=wanted.history,
            core=wanted.core,
            mart=wanted.mart,
            ops=wanted.ops,
            ref=wanted.ref,
        ),
    )

    assert published.reason == "definitions of tables changed"


def test_a_column_that_an_old_load_lacks_is_null(home, tmp_path):
    old = lifetime("load-1").drop("saves")
    paths = [
        write(old, tmp_path / "1.parquet"),
        write(lifetime("load-2").with_columns(saves=pl.lit(5, pl.Int64)), tmp_path / "2.parquet"),
    ]

    put(
        home,
        Publication(tables=TABLES, history={"post_lifetime": {"1": paths[:1], "2": paths[1:]}}),
    )

    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as connection:
        found = connection.execute("select saves from history.post_lifetime").fetchall()
    assert found == [(None,)] * 3 + [(5,)] * 3


def test_only_the_last_generations_are_kept(home, tmp_path):
    for arrived in range(5):
        put(home, publication(tmp_path / "store", arrived=arrived), keep=2)

    assert generations(home) == [
        "000004.duckdb",
        "000004.json",
        "000005.duckdb",
        "000005.json",
    ]
    kept = home / ".generations" / "000004.duckdb"
    assert len(content(kept)["ops.delivery"]) == 3


def test_an_older_generation_put_back_by_hand_is_brought_up_to_date(home, tmp_path):
    put(home, publication(tmp_path / "store", arrived=1))
    put(home, publication(tmp_path / "store", arrived=2))
    shutil.copy(home / ".generations" / "000001.duckdb", home / "copy")
    (home / "copy").replace(home / "warehouse.duckdb")

    published = put(home, publication(tmp_path / "store", arrived=2))

    assert published.outcome == "updated"
    assert len(served(home)["ops.delivery"]) == 2


def test_an_open_reader_keeps_its_rows_and_a_new_one_sees_the_new(home, tmp_path):
    put(home, publication(tmp_path / "store", arrived=1))
    ask = "select count(*) from ops.delivery"
    code = (
        "import duckdb, sys\n"
        "connection = duckdb.connect(sys.argv[1], read_only=True)\n"
        "for line in sys.stdin:\n"
        f"    print(connection.execute('{ask}').fetchone()[0], flush=True)\n"
    )

    def answer(reader):
        reader.stdin.write("\n")
        reader.stdin.flush()
        return int(reader.stdout.readline())

    with elsewhere(home, code) as early:
        assert answer(early) == 1
        for arrived in range(2, 7):
            put(home, publication(tmp_path / "store", arrived=arrived), keep=1)
            assert answer(early) == 1
        with elsewhere(home, code) as late:
            assert answer(late) == 6
            late.stdin.close()
        early.stdin.close()


def rejected(home, store, **wrong):
    """Publish something good, then something wrong; give the error's text."""
    good = publication(store)
    put(home, good)
    before = (home / "warehouse.duckdb").read_bytes()
    layers = {
        "history": good.history,
        "core": good.core,
        "mart": good.mart,
        "ops": good.ops,
        "ref": good.ref,
    }
    with pytest.raises(PublishError) as raised:
        put(home, Publication(tables=TABLES, **(layers | wrong)))
    assert (home / "warehouse.duckdb").read_bytes() == before
    assert generations(home) == ["000001.duckdb", "000001.json"]
    assert put(home, good).outcome == "unchanged"
    return str(raised.value)


def test_a_repeated_key_is_not_published(home, tmp_path):
    twice = write(refs(["c", "a", "c"]), tmp_path / "twice.parquet")

    message = rejected(home, tmp_path / "store", core={"account_ref": [twice]})

    assert message.startswith(
        "core.account_ref breaks one row per platform, account_ref: 1 key(s) repeat, "
        "e.g. instagram, c (2 rows)"
    )
    assert "staged.duckdb" in message


def test_a_repeated_key_of_a_mart_is_not_published(home, tmp_path):
    twice = pl.concat([scores(FIRST_DAY, [0.1]), scores(FIRST_DAY, [0.2])])
    part = MartPart(write(twice, tmp_path / "twice.parquet"), "other")

    message = rejected(home, tmp_path / "store", mart={"score": {FIRST_DAY: part}})

    assert "mart.score breaks one row per as_of, platform, account_id" in message


def test_a_partition_that_holds_another_day_is_not_published(home, tmp_path):
    other = scores(FIRST_DAY + timedelta(days=1), [0.1])
    part = MartPart(write(other, tmp_path / f"as_of={FIRST_DAY}" / "part.parquet"), "other")

    message = rejected(home, tmp_path / "store", mart={"score": {FIRST_DAY: part}})

    assert "mart.score breaks a partition holds its own day: 0 row(s) of 2030-05-01, 1" in message


def test_a_null_where_none_may_be_is_not_published_and_counted(home, tmp_path):
    holes = refs(["a", "b", "c"]).with_columns(
        account_id=pl.when(pl.col("account_ref") == "b").then(pl.lit("id-b"))
    )

    message = rejected(
        home,
        tmp_path / "store",
        core={"account_ref": [write(holes, tmp_path / "holes.parquet")]},
    )

    assert message.startswith("core.account_ref breaks not null: account_id is null in 2 row(s)")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda frame: frame.drop("account_id"), "account_id is missing"),
        (lambda frame: frame.with_columns(more=1), "more is not in the contract"),
        (
            lambda frame: frame.with_columns(account_id=pl.lit(1)),
            "account_id is Int32, not String",
        ),
    ],
)
def test_a_file_of_another_shape_is_not_published(home, tmp_path, change, said):
    other = write(change(refs(["a"])), tmp_path / "other.parquet")

    message = rejected(home, tmp_path / "store", core={"account_ref": [other]})

    assert message.startswith("core.account_ref breaks AccountRef: " + said)
    assert "other.parquet" in message


def test_rows_lost_on_the_way_are_noticed(home, tmp_path, monkeypatch):
    import warehouse.published.staging as staging

    append = staging._append

    def lose_a_row(connection, entry, added):
        append(connection, entry, added)
        if entry.name == "core.account_ref":
            connection.execute("delete from core.account_ref where account_ref = 'a'")

    good = publication(tmp_path / "store")
    monkeypatch.setattr(staging, "_append", lose_a_row)
    with pytest.raises(PublishError, match=r"rows equal the Parquet: 1 row.s., 2 in its 1 file"):
        put(home, good)
    monkeypatch.undo()

    assert not (home / "warehouse.duckdb").exists()
    assert put(home, good).rows["core.account_ref"] == 2


def test_a_table_without_a_contract_is_refused_by_name():
    with pytest.raises(ValueError, match=r"no contract for mart\.unknown"):
        Publication(tables=TABLES, mart={"unknown": {}})


def test_it_stays_within_the_memory_it_is_given(home, tmp_path):
    """As a limit DuckDB refuses to exceed: too little of it is an error that says so."""
    rows = lifetime("load-1", rows=200_000)
    path = write(rows, tmp_path / "many.parquet")
    wanted = Publication(tables=TABLES, history={"post_lifetime": {"load-1": [path]}})

    with pytest.raises(PublishError, match=r"history.post_lifetime cannot be filled: Out of Mem"):
        put(home, wanted, resources=Resources(memory_limit="4MB"))

    assert put(home, wanted).rows["history.post_lifetime"] == 200_000


def test_the_phases_are_told_in_order(home, tmp_path):
    told = []
    put(home, publication(tmp_path / "store"), on_phase=told.append)
    put(home, publication(tmp_path / "store", arrived=2), on_phase=told.append)

    first = ["read", "fill", "check", "seal", "swap", "prune"]
    assert told == [*first, "read", "copy", *first[1:]]


@pytest.mark.parametrize("phase", killing.PHASES[1:])
def test_a_publication_killed_in_each_phase_leaves_a_whole_night(phase, tmp_path):
    left = killing.round_of(tmp_path, REPOSITORY, phase=phase, seed=0, rows=50)

    assert left.phase == phase
    assert left.night == (2 if phase == "prune" else 1)
    assert left.next_outcome == "updated"


@pytest.mark.parametrize("seed", range(3))
def test_a_publication_killed_at_any_moment_leaves_a_whole_night(seed, tmp_path):
    left = killing.round_of(tmp_path, REPOSITORY, phase=None, seed=seed, rows=50)

    assert left.night >= 1
    assert left.next_outcome == "updated"
