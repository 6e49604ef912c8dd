import datetime
import io
import zipfile
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.reading.limits import Limits
from transforms.reading.tables import ReadingError, read_tables, records

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DAY_STYLE = (
    f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/>'
    '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def workbook(**sheets: list[list]) -> bytes:
    """Write text, numbers, booleans and days as the smallest workbook that holds them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        listed = "".join(
            f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>'
            for number, name in enumerate(sheets, start=1)
        )
        related = (
            "".join(
                f'<Relationship Id="rId{number}" Type="{RELATIONS}/worksheet" '
                f'Target="worksheets/sheet{number}.xml"/>'
                for number in range(1, len(sheets) + 1)
            )
            + f'<Relationship Id="rIdS" Type="{RELATIONS}/styles" Target="styles.xml"/>'
        )
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{TYPES}"/>')
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
            f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{PACKAGE}">{related}</Relationships>',
        )
        archive.writestr("xl/styles.xml", DAY_STYLE)
        for number, rows in enumerate(sheets.values(), start=1):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", _sheet(rows))
    return buffer.getvalue()


def _sheet(rows: list[list]) -> str:
    written = "".join(
        f'<row r="{y}">' + "".join(_cell(x, y, value) for x, value in enumerate(row)) + "</row>"
        for y, row in enumerate(rows, start=1)
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>{written}</sheetData></worksheet>'


def _cell(x: int, y: int, value: object) -> str:
    place = f'r="{chr(ord("A") + x)}{y}"'
    match value:
        case None:
            return ""
        case bool():
            return f'<c {place} t="b"><v>{int(value)}</v></c>'
        case datetime.date():
            serial = (value - datetime.date(1899, 12, 30)).days
            return f'<c {place} s="1"><v>{serial}</v></c>'
        case int() | float():
            return f"<c {place}><v>{value}</v></c>"
    return f'<c {place} t="str"><v>{escape(str(value))}</v></c>'


def test_every_sheet_is_a_table_of_text():
    found = read_tables(
        workbook(
            Overview=[["Date", "Views"], ["April 12", "1,234"], [None, None], ["April 13", 7]],
            Empty=[],
            Days=[["Date", "Is paid"], [datetime.date(2026, 5, 26), True]],
        ),
        "Overview.csv",
    )
    assert [(table.sheet, table.header) for table in found] == [
        ("Overview", ("Date", "Views")),
        ("Days", ("Date", "Is paid")),
    ]
    assert found[0].rows.rows() == [("April 12", "1,234", 2, None), ("April 13", "7", 3, None)]
    assert found[1].rows.rows() == [("2026-05-26", "TRUE", 2, None)]


def test_numbers_are_written_out_unless_their_digits_are_lost():
    content = workbook(
        S=[["n"], [1938.0], [6.27], [-3], [123456789012345], [17841400000000001], [1e300]]
    )
    assert read_tables(content, "f")[0].rows["0"].to_list() == [
        "1938", "6.27", "-3", "123456789012345", "1.78414000000000E+16", "1.00000000000000E+300",
    ]  # fmt: skip


def test_what_stands_beyond_the_header_is_seen():
    content = workbook(S=[["a", "b", None], ["1", "2", "3"], ["4"]])
    assert read_tables(content, "f")[0].rows.rows() == [("1", "2", 2, "3"), ("4", None, 3, None)]


def test_a_preview_shows_every_sheet():
    content = workbook(A=[["note"], [None], ["x", 1]], B=[["y"]])
    found = [(preview.sheet, preview.records) for preview in records(content, "f")]
    assert found == [("A", [("note", ""), ("x", "1")]), ("B", [("y",)])]


def test_what_is_too_large_empty_or_broken_is_refused_with_a_reason():
    content = workbook(A=[["a"]], B=[["b"]])
    with pytest.raises(ReadingError, match=r"2 sheets"):
        read_tables(content, "f.xlsx", Limits(max_sheets=1))
    with pytest.raises(ReadingError, match=r"unpacks to more"):
        read_tables(content, "f.xlsx", Limits(max_unpacked_bytes=10))
    with pytest.raises(ReadingError, match=r"without a single cell"):
        read_tables(workbook(A=[]), "f.xlsx")
    with pytest.raises(ReadingError, match=r"f\.xlsx"):
        read_tables(content[: len(content) // 2], "f.xlsx")
    with pytest.raises(ReadingError, match=r"damaged \.xls"):
        read_tables(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old.xls")


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_damaged_workbook_gives_a_table_or_a_reason(changes):
    content = bytearray(workbook(S=[["a", "b"], ["1", 2]]))
    for place, value in changes:
        content[place % len(content)] = value
    try:
        read_tables(bytes(content), "f.xlsx")
    except ReadingError as error:
        message = str(error)
    else:
        message = "f.xlsx"
    assert "f.xlsx" in message


def test_tables_stacked_in_a_sheet_are_read_one_by_one():
    """As Excel saves a file of titled tables that it opened."""
    content = workbook(
        Audience=[
            ["Top cities", None, None],
            ["Paris, France", "Lyon", "Ghent"],
            [12.5, 3, 1],
            [None, None, None],
            ["Age & gender", None, None],
            [None, "Men", "Women"],
            ["18-24", 1, 2.5],
        ]
    )
    cities, ages = read_tables(content, "f.xlsx")
    assert (cities.title, cities.sheet) == ("Top cities", "Audience: Top cities")
    assert (cities.header, cities.rows.rows()) == (
        ("Paris, France", "Lyon", "Ghent"),
        [("12.5", "3", "1", 3, None)],
    )
    assert (ages.title, ages.header) == ("Age & gender", ("", "Men", "Women"))
    assert ages.rows.rows() == [("18-24", "1", "2.5", 6, None)]


def test_prose_above_a_table_of_a_sheet_is_no_title():
    content = workbook(Metrics=[["All times are in UTC.", None], ["Date", "Views"], ["x", 1]])
    (table,) = read_tables(content, "f.xlsx")
    assert (table.title, table.sheet) == (None, "Metrics")


def test_what_stands_above_the_header_is_kept_and_counted():
    content = workbook(Metrics=[["All times are in UTC."], ["Date", "Views"], ["2026-01-01", "3"]])
    (table,) = read_tables(content, "a.xlsx")
    assert (table.header, table.tab, table.title) == (("Date", "Views"), "Metrics", None)
    assert table.above == (("All times are in UTC.",),)
    assert table.rows["row_number"].to_list() == [3]
