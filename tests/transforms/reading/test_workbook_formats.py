from tests.transforms.excel import workbook
from transforms.reading.tables import read_tables
from transforms.reading.workbook_formats import shown_cells


def cells(*rows: list[str], year: int = 2027) -> list[tuple]:
    (table,) = read_tables(workbook({"S & T": [["A", "B"], *rows]}, year), "a.xlsx")
    return table.rows.select("0", "1").rows()


def test_a_percentage_and_a_day_without_a_year_are_written_as_shown():
    assert cells(["1.39%", "April 12"], ["7%", "12 April"]) == [
        ("1.39%", "12-Apr"), ("7%", "12-Apr"),
    ]  # fmt: skip


def test_days_with_a_year_and_numbers_are_written_as_kept():
    assert cells(["2026-03-01", "0.0139"], ["0:01:00", "12"]) == [
        ("2026-03-01", "0.0139"), ("00:01:00", "12"),
    ]  # fmt: skip


def test_a_table_that_begins_below_and_beside_the_corner_keeps_its_formats():
    content = workbook({"S": [[""], ["", "A", "B"], ["", "x", "5%"]]})
    (table,) = read_tables(content, "a.xlsx")
    assert "5%" in table.rows.row(0)


def test_what_is_no_workbook_shows_nothing():
    assert shown_cells(b"PK\x03\x04 broken") == {}
    assert shown_cells(b"no zip at all") == {}
