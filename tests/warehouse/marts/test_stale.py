from datetime import date, timedelta

import polars as pl

from schemas.contract import enforce
from schemas.ops import OPS
from tests.warehouse.made_up import NOW, build, reading
from warehouse import reference
from warehouse.arrivals.withdrawals import WithdrawnFile, record, withdrawals
from warehouse.loads.load import loads
from warehouse.loads.writer import LoadWriter
from warehouse.marts.partitions import partitions, write
from warehouse.marts.stale import stale_frame

DAY = date(2030, 5, 1)
ROWS = pl.DataFrame({"account_id": ["anna", "bo"], "followers": [1, None]})


def put(home, as_of=DAY, **changes):
    return write(home, "tier", as_of, ROWS, build("tier", as_of, **changes))


def load(home, name, *, now, observed_on=DAY):
    with LoadWriter(home, "night", now=now, program_version="1", reader_version="1") as one:
        one.add(reading(name, observed_on=observed_on), "delivery")
        return one.commit()


def version(home, kind, content, *, valid_from=date(2030, 1, 1), days_later=0):
    at = NOW + timedelta(days=days_later)
    return reference.record(home, kind, content, f"{kind}.toml", at, valid_from)


def stale(home):
    def now(one):
        kinds = reference.kinds(home)
        chosen = {
            kind: reference.in_force(home, kind, one.as_of, one.knowledge, one.cutoff)
            for kind in kinds
        }
        return {kind: found for kind, found in chosen.items() if found}

    frame = stale_frame(partitions(home), loads(home), now, withdrawals(home))
    enforce(frame, OPS["stale_partition"], "stale_partition")
    return dict(frame.select("as_of", "reason").iter_rows())


def test_a_later_load_makes_the_partitions_of_its_days_stale(home):
    first = load(home, "anna", now=NOW)
    for day in (DAY - timedelta(days=1), DAY, DAY + timedelta(days=1)):
        put(home, day, cutoff=first.loaded_at)
    assert stale(home) == {}
    load(home, "bo", now=NOW + timedelta(days=1), observed_on=DAY)
    assert set(stale(home)) == {DAY, DAY + timedelta(days=1)}


def test_what_was_loaded_later_never_changes_what_was_known_by_a_cutoff(home):
    put(home, cutoff=NOW, knowledge="loaded")
    load(home, "anna", now=NOW + timedelta(days=1))
    version(home, "briefs/oat", b"1", days_later=1)
    assert stale(home) == {}


def withdraw(home, name, kind="withdrawn", *, days_later):
    file = WithdrawnFile(
        file_id=f"file-{name}",
        delivery_id="delivery",
        path=name,
        member=None,
        sha256=f"hash-{name}",
        rows=3,
    )
    record(home, kind, [file], "wrong", run="r", at=NOW + timedelta(days=days_later))


def test_a_withdrawal_makes_stale_what_used_the_rows_and_an_undo_takes_that_back(home):
    load(home, "anna", now=NOW, observed_on=DAY)
    for day, knowledge in ((-1, "latest"), (0, "latest"), (1, "loaded"), (2, "reported")):
        put(home, DAY + timedelta(days=day), cutoff=NOW, knowledge=knowledge)
    withdraw(home, "anna", days_later=1)
    reason = "1 file(s) were withdrawn, first file-anna"
    assert stale(home) == {DAY: reason, DAY + timedelta(days=2): reason}
    put(home, DAY, cutoff=NOW + timedelta(days=1))
    assert set(stale(home)) == {DAY + timedelta(days=2)}
    withdraw(home, "anna", "restored", days_later=2)
    assert stale(home) == {DAY: "1 file(s) were restored, first file-anna"}


def test_another_reference_version_in_force_makes_a_partition_stale(home):
    used = version(home, "roster", b"1")
    put(home, reference_versions={"roster": used.sha256})
    put(home, date(2030, 3, 1), reference_versions={"roster": used.sha256})
    version(home, "roster", b"2", valid_from=date(2030, 4, 1), days_later=1)
    found = stale(home)
    assert set(found) == {DAY}
    assert found[DAY].startswith("another version of roster is in force: ")


def test_a_reference_that_comes_later_and_holds_on_a_day_makes_the_day_stale(home):
    put(home, date(2030, 3, 31))
    put(home)
    version(home, "briefs/oat", b"1", valid_from=date(2030, 4, 1))
    found = stale(home)
    assert set(found) == {DAY}
    assert found[DAY].startswith("briefs/oat has come into force: briefs/oat.toml ")


def test_a_reference_that_is_in_force_no_longer_makes_a_partition_stale(home):
    put(home, reference_versions={"briefs/oat": "abc"})
    assert stale(home) == {DAY: "briefs/oat is no longer in force"}


def test_many_changed_references_are_summed_up(home):
    put(home)
    for number in range(10):
        version(home, f"briefs/b{number}", b"1")
    (reason,) = stale(home).values()
    assert reason.count("has come into force") == 3
    assert reason.endswith("; 7 more references changed")
