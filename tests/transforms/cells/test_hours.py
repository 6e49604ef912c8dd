import polars as pl

from transforms.cells.hours import HOUR, hour_of, with_hours


def hours(cells: list[str | None], whole: list[str | None]) -> list[int | None]:
    own, all_cells = (pl.DataFrame({"hour": part}, {"hour": pl.String}) for part in (cells, whole))
    return with_hours(own, all_cells, "hour")[HOUR].to_list()


def test_hours_from_0_to_23_are_as_they_stand():
    assert hours(["0", "23", None], ["0", "23"]) == [0, 23, None]


def test_an_hour_24_anywhere_in_the_whole_shows_that_they_count_from_1():
    assert hours(["1", "2"], ["1", "2", "24"]) == [0, 1]


def test_what_is_no_number_fails():
    frame = with_hours(pl.DataFrame({"hour": ["noon"]}), pl.DataFrame({"hour": ["noon"]}), "hour")
    reading = hour_of("hour")
    assert frame.select(reading.value, failed=reading.failed).row(0) == (None, True)
