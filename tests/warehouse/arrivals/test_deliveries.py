from datetime import UTC, date, datetime

import pytest

from schemas.contract import enforce
from schemas.ops import OPS
from tests.warehouse.made_up import NOW
from warehouse.arrivals.deliveries import (
    DeliveredFile,
    Delivery,
    Packed,
    deliveries,
    delivery_frame,
    delivery_id,
    file_id,
    write,
)
from warehouse.home import StoreError


def delivery(name, *, packed=False):
    modified = datetime(2030, 5, 1, 12, tzinfo=UTC)
    return Delivery(
        delivery_id=name,
        arrived_at=NOW,
        arrived_on=date(2030, 5, 2),
        source="file:///inbox",
        path="youtube/anna/x.zip" if packed else "youtube/anna",
        platform="youtube",
        handle="anna",
        packed=Packed(sha256="zip", size_bytes=5, modified_at=modified, etag="tag")
        if packed
        else None,
        files=(
            DeliveredFile(
                file_id=f"{name}-1",
                path="youtube/anna/x.zip" if packed else "youtube/anna/x.csv",
                member="x.csv" if packed else None,
                position=0 if packed else None,
                sha256="file",
                size_bytes=7,
                modified_at=modified,
                entry_time=datetime.fromisoformat("2030-04-30T12:00") if packed else None,
            ),
        ),
    )


def test_records_are_read_back_as_they_were_written_by_arrival(home):
    written = [delivery("b", packed=True), delivery("a")]
    write(home, written)
    assert deliveries(home) == written[::-1]
    assert list(home.work.iterdir()) == []


def test_a_zip_is_known_again_by_the_zip_and_loose_files_one_by_one():
    stamp = "2030-05-01T12:00:00+00:00"
    assert list(delivery("a", packed=True).seen) == [("youtube/anna/x.zip", 5, stamp, "tag")]
    assert list(delivery("a").seen) == [("youtube/anna/x.csv", 7, stamp, None)]


def test_a_record_that_cannot_be_read_is_an_error_that_names_it(home):
    (home.deliveries / "x.json").write_text("{}")
    with pytest.raises(StoreError, match=r"x\.json"):
        deliveries(home)


def test_ids_are_the_same_for_the_same_and_sort_by_arrival():
    later = NOW.replace(hour=23)
    assert delivery_id(NOW, "s", "p", ["f"]) == delivery_id(NOW, "s", "p", iter(["f"]))
    assert delivery_id(NOW, "s", "p", ["f"]) != delivery_id(NOW, "s", "p", ["g"])
    assert delivery_id(NOW, "s", "z", ["f"]) < delivery_id(later, "s", "a", ["f"])
    assert len({file_id("d", "p"), file_id("e", "p"), file_id("d", "p", "m")}) == 3


def test_the_table_of_deliveries_meets_its_contract():
    frame = enforce(delivery_frame([delivery("a"), delivery("b")]), OPS["delivery"], "delivery")
    assert frame["size_bytes"].to_list() == [7, 7]
    assert enforce(delivery_frame([]), OPS["delivery"], "delivery").is_empty()
