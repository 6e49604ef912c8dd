import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.reading.limits import Limits
from transforms.reading.tables import ReadingError, read_tables

STACK = (
    'sep=,\n"Top cities"\n"Paris, France","Lyon"\n"12.5","3"\n\n'
    '"Age & gender"\n"","Men","Women"\n"18-24","1","2"\n"65+","3","4"\n\n\n'
)


def read(content: str | bytes) -> list[tuple]:
    """Give title, sheet, header and rows (cells, row_number, surplus) of every table."""
    raw = content.encode() if isinstance(content, str) else content
    return [
        (table.title, table.sheet, table.header, table.rows.rows())
        for table in read_tables(raw, "file")
    ]


CITIES = ("Top cities", "Top cities", ("Paris, France", "Lyon"), [("12.5", "3", 4, None)])
AGES = (
    "Age & gender",
    "Age & gender",
    ("", "Men", "Women"),
    [("18-24", "1", "2", 7, None), ("65+", "3", "4", 8, None)],
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_titled_tables_are_read_one_by_one_in_every_encoding(encoding):
    assert read(STACK.encode(encoding)) == [CITIES, AGES]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line", ["\n", "\r\n"])
@pytest.mark.parametrize("preamble", ["", "sep={}"])
def test_a_spreadsheet_that_saved_them_again_changes_nothing_but_the_counting(
    delimiter, line, preamble
):
    """Excel drops the `sep=` line, pads every record to the widest and changes the delimiter."""
    records = list(csv.reader(io.StringIO(STACK)))[1:]
    padded = [(record + [""] * 3)[:3] for record in records]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=line).writerows(padded)
    first = preamble.format(delimiter)
    content = (first + line if first else "") + text.getvalue()
    shift = 0 if first else 1
    counted = [
        (title, sheet, header, [(*row[:-2], row[-2] - shift, row[-1]) for row in rows])
        for title, sheet, header, rows in (CITIES, AGES)
    ]
    assert read(content.encode("cp1252")) == counted


def test_a_title_that_stands_again_is_numbered_and_may_hold_commas():
    content = 'sep=,\n"Reach, all"\n"Date","Primary"\n"d","1"\n\n"Reach, all"\n"Date","Primary"\n'
    assert [entry[:2] for entry in read(content)] == [
        ("Reach, all", "Reach, all"),
        ("Reach, all", "Reach, all (2)"),
    ]


def test_a_lone_figure_under_a_name_is_a_table_where_the_delimiter_is_declared():
    content = 'sep=,\n"Followers"\n"ACCOUNT,FOLLOW"\n"563"\n'
    assert read(content) == [
        ("Followers", "Followers", ("ACCOUNT,FOLLOW",), [("563", 4, None)]),
    ]
    assert read(content.removeprefix("sep=,\n"))[0][0] is None


def test_a_title_with_nothing_below_is_a_table_without_columns():
    content = 'sep=,\n"Reach"\n"Date","Primary"\n"d","1"\n\n"Top cities"\n\n'
    assert read(content)[1] == ("Top cities", "Top cities", (), [])


def test_two_daily_tables_parted_by_a_record_of_commas_are_two():
    content = "Views by day\nDate,Views\n1 May,3\n,\nVideos\nid,title,views\n7,Hello,3\n"
    assert [(entry[0], entry[2]) for entry in read(content)] == [
        ("Views by day", ("Date", "Views")),
        ("Videos", ("id", "title", "views")),
    ]


def test_a_blank_line_within_a_table_parts_nothing_without_a_title():
    content = 'sep=,\n"Reach"\n\n"Date","Primary"\n"d","1"\n\n"e","2"\n'
    assert read(content) == [
        ("Reach", "Reach", ("Date", "Primary"), [("d", "1", 4, None), ("e", "2", 5, None)])
    ]


@pytest.mark.parametrize(
    "content",
    [
        "Email\na@b.dk\nc@d.dk\n",
        "sep=,\nEmail\na@b.dk\nc@d.dk\n",
        "sep=,\nViews\n1\n2\n",
        "a,b\n1,2\n",
        "This file was made for you by us.\nDate,Views\n1,2\n",
        "All times are in UTC:\n\nDate,Views\n1,2\n",
        "Views\n1,2\n3,4\n",
        "Report\nDate,Views\n1,2,3\n",
    ],
)
def test_what_is_no_stack_for_certain_is_one_table(content):
    ((title, sheet, _, _),) = read(content)
    assert (title, sheet) == (None, None)


def test_a_stack_whose_lines_stand_in_quotes_is_read_without():
    content = '"sep=,"\n"""Reach"""\n"""Date"",""Primary"""\n"""2026-05-25T00:00:00"",""5"""\n'
    assert read(content) == read('sep=,\n"Reach"\n"Date","Primary"\n"2026-05-25T00:00:00","5"\n')


def test_limits_hold_for_titled_tables():
    many = "sep=,\n" + "Reach\nDate,Primary\nd,1\n\n" * 4
    with pytest.raises(ReadingError, match="4 titled tables"):
        read_tables(many.encode(), "f", Limits(max_sheets=3))
    with pytest.raises(ReadingError, match="columns"):
        read_tables(b"sep=,\nReach\na,b,c\n1,2,3\n", "f", Limits(max_columns=2))
    assert read_tables(many.encode(), "f", Limits(max_stack_bytes=10))[0].title is None


words = st.text(st.characters(exclude_categories=("Cs", "Cc", "Z")), min_size=1, max_size=6)


@given(
    st.lists(
        st.tuples(
            words.map("{} by day".format),
            st.lists(st.tuples(words, words), min_size=1, max_size=4),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_every_cell_of_a_stack_is_in_one_table_once(tables):
    """Whatever the titles and cells: what is read is what was written, title by title."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    for title, rows in tables:
        text.write(f'"{title.replace(chr(34), chr(34) * 2)}"\n')
        writer.writerow(("Date", "Primary"))
        writer.writerows(rows)
        text.write("\n")
    found = read("sep=,\n" + text.getvalue())
    assert [title for title, *_ in found] == [title for title, _ in tables]
    assert [[row[:2] for row in rows] for *_, rows in found] == [rows for _, rows in tables]
    assert len({sheet for _, sheet, *_ in found}) == len(tables)


@given(st.text('",\n\r;\tsep=ab1 ', max_size=80))
def test_any_text_gives_tables_or_a_reason(text):
    try:
        tables = read_tables(("sep=,\nA\nb,c\n" + text).encode(), "f")
    except ReadingError:
        return
    sheets = [table.sheet for table in tables]
    assert len(set(sheets)) == len(sheets)
    for table in tables:
        assert table.rows["row_number"].is_unique().all()
        assert table.rows.width == len(table.header) + 2
