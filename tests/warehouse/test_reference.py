from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from tests.warehouse.made_up import NOW
from warehouse import reference
from warehouse.home import StoreError

MARCH, MAY, JULY = (datetime(2030, month, 10, 12, tzinfo=UTC) for month in (3, 5, 7))


def put(home, content, arrived_at, valid_from=None, kind="roster"):
    return reference.record(home, kind, content, "roster.csv", arrived_at, valid_from)


def test_bytes_that_did_not_change_make_no_new_version(home):
    first = put(home, b"1", MARCH)
    assert put(home, b"1", MAY) == first
    assert reference.versions(home, "roster") == [first]
    assert first.content() == b"1"
    assert first.path.parent == home.reference / "roster"
    assert list(home.work.iterdir()) == []


def test_going_back_to_older_bytes_is_a_new_version(home):
    for content, arrived_at in ((b"1", MARCH), (b"2", MAY), (b"1", JULY)):
        put(home, content, arrived_at)
    in_force = reference.in_force(home, "roster", date(2030, 8, 1), "latest")
    assert (in_force.content(), in_force.arrived_at) == (b"1", JULY)
    assert len(reference.versions(home, "roster")) == 3


def test_the_same_bytes_from_another_day_on_are_a_new_version(home):
    put(home, b"1", MARCH, date(2030, 3, 1))
    put(home, b"1", MAY, date(2030, 1, 1))
    assert [one.valid_from for one in reference.versions(home, "roster")] == [
        date(2030, 1, 1),
        date(2030, 3, 1),
    ]


def test_a_version_holds_from_its_day_of_arrival_in_the_deployments_zone(home):
    late = datetime(2030, 3, 10, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    version = put(home, b"1", late)
    assert version.valid_from == date(2030, 3, 10)
    assert version.arrived_at == datetime(2030, 3, 9, 23, 30, tzinfo=UTC)


def test_the_newest_version_that_holds_on_the_day_is_in_force(home):
    put(home, b"march", MARCH)
    put(home, b"may", MAY)
    put(home, b"from june", MAY + timedelta(hours=1), date(2030, 6, 1))

    def on(day, knowledge="latest", **options):
        found = reference.in_force(home, "roster", day, knowledge, **options)
        return found and found.content()

    assert on(date(2030, 5, 9)) == b"march"
    assert on(date(2030, 5, 10)) == b"may"
    assert on(date(2030, 6, 1)) == b"from june"


def test_a_later_arrival_takes_the_place_of_all_that_hold_from_its_day_on(home):
    put(home, b"march", MARCH)
    put(home, b"from june", MAY, date(2030, 6, 1))
    put(home, b"july, from april", JULY, date(2030, 4, 1))

    def on(day, knowledge="latest", **options):
        return reference.in_force(home, "roster", day, knowledge, **options).content()

    assert on(date(2030, 3, 20)) == b"march"
    assert on(date(2030, 4, 1)) == b"july, from april"
    assert on(date(2030, 8, 1)) == b"july, from april"
    assert on(date(2030, 8, 1), "loaded", cutoff=MAY) == b"from june"


def test_before_the_first_version_only_reported_knows_none(home):
    put(home, b"may", MAY)
    put(home, b"july", JULY)
    early = date(2030, 1, 1)
    assert reference.in_force(home, "roster", early, "latest").content() == b"may"
    assert reference.in_force(home, "roster", early, "loaded", JULY).content() == b"may"
    assert reference.in_force(home, "roster", early, "reported") is None


def test_loaded_knows_only_what_had_arrived_by_the_cutoff(home):
    put(home, b"march", MARCH)
    put(home, b"corrected", JULY, date(2030, 3, 1))
    put(home, b"from may", JULY, date(2030, 5, 1))
    day = date(2030, 6, 1)
    assert reference.in_force(home, "roster", day, "loaded", MAY).content() == b"march"
    assert reference.in_force(home, "roster", day, "loaded", JULY).content() == b"from may"
    assert reference.in_force(home, "roster", day, "loaded", MARCH - timedelta(1)) is None
    with pytest.raises(StoreError, match="cutoff"):
        reference.in_force(home, "roster", day, "loaded")


def test_each_brief_has_versions_of_its_own(home):
    put(home, b"1", NOW, kind="briefs/oat")
    put(home, b"2", NOW, kind="briefs/rye")
    put(home, b"3", NOW)
    assert reference.kinds(home) == ["briefs/oat", "briefs/rye", "roster"]
    assert [one.content() for one in reference.versions(home, "briefs/rye")] == [b"2"]


def test_a_brief_may_be_named_like_a_record(home):
    put(home, b"1", NOW, kind="briefs/oat.json")
    put(home, b"2", NOW, kind="unusable/briefs/rye")
    assert reference.kinds(home) == ["briefs/oat.json", "unusable/briefs/rye"]
    assert reference.kinds_under(home, "briefs") == ["briefs/oat.json"]
    assert reference.kinds_under(home, "none") == []


@pytest.mark.parametrize("kind", ["../x", "a/b/c", "", "briefs/", "/etc"])
def test_a_kind_cannot_leave_its_folder(home, kind):
    with pytest.raises(StoreError, match="kind of reference"):
        put(home, b"1", NOW, kind=kind)
