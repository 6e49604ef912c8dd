import csv
import io

import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from transforms.reading.limits import Limits
from transforms.reading.tables import ReadingError, read_tables, records

cells = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=8)
tricky = st.text('",;\n\r\t aé😀', max_size=8)


def read(content: bytes | str) -> tuple[tuple[str, ...], list[tuple]]:
    """Give the header and the rows: cells, row_number, surplus."""
    table = read_tables(content.encode() if isinstance(content, str) else content, "file")[0]
    return table.header, table.rows.rows()


def written(rows: list[list[str]], **dialect) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, **dialect).writerows(rows)
    return text.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        "a,b\n1,2\n",
        "a,b\r\n1,2\r\n",
        "a,b\r1,2\r",
        "a,b\n1,2",
        "\ufeffa,b\n1,2\n\n\n",
        '"a","b"\n"1","2"',
        "a;b\n1;2\n",
        "a\tb\n1\t2\n",
        "\n\na,b\n\n1,2\n,\n",
    ],
)
def test_a_table_is_the_same_in_every_dialect(content):
    assert read(content) == (("a", "b"), [("1", "2", 2, None)])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_table_is_the_same_in_every_encoding(encoding):
    assert read("Día,b\n😀,2\n".encode(encoding)) == (("Día", "b"), [("😀", "2", 2, None)])


def test_cells_are_parted_at_a_bar_where_the_file_declares_one():
    assert read('sep=|\n"a|a"|b\n1|2\n') == (("a|a", "b"), [("1", "2", 3, None)])


def test_what_is_not_utf8_is_read_as_cp1252_and_noted():
    table = read_tables("Længde,b\nå,2\n".encode("cp1252"), "file")[0]
    assert table.header == ("Længde", "b")
    assert (table.encoding, table.notes) == ("cp1252", ("decoded as cp1252",))


def test_a_few_broken_characters_do_not_spoil_the_good_ones():
    table = read_tables("a,b\næøå😀,1\n".encode() + b"x\xe2\x82,2\n", "file")[0]
    assert table.rows["0"].to_list() == ["æøå😀", "x\ufffd"]
    assert table.notes == ("1 character(s) are not UTF-8 and were replaced by \ufffd",)


def test_a_declared_delimiter_is_a_record_of_its_own():
    assert read("sep=;\na;b,c\n1;2\n") == (("a", "b,c"), [("1", "2", 3, None)])


def test_captions_keep_their_lines_quotes_and_commas():
    content = 'id,caption\n1,"first\nsecond ""quoted"", and more 😀"\n2,\n'
    assert read(content)[1] == [
        ("1", 'first\nsecond "quoted", and more 😀', 2, None),
        ("2", None, 3, None),
    ]


def test_a_short_record_is_padded_and_a_long_one_is_seen():
    rows = read("a,b,c\n1\n1,2,3,4,5\n1,2,3,,\n1,2,3,,x\n")[1]
    assert rows == [
        ("1", None, None, 2, None),
        ("1", "2", "3", 3, "4,5"),
        ("1", "2", "3", 4, None),
        ("1", "2", "3", 5, "x"),
    ]


def test_a_carriage_return_within_a_cell_ends_no_record():
    assert read("a,b\n1,x\ry\n") == (("a", "b"), [("1", "x\ry", 2, None)])


def test_a_header_may_have_lines_and_stand_alone():
    assert read('"Authentic engagement\n",b\n') == (("Authentic engagement\n", "b"), [])


def test_repeated_headers_are_kept_and_noted():
    table = read_tables(b"Views,Reach,Views\n1,2,3\n", "file")[0]
    assert table.header == ("Views", "Reach", "Views")
    assert table.notes == ("header 'Views' stands twice",)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\n \r\n", "is empty"),
        (b'{"a": [1]}', "is JSON"),
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"<!DOCTYPE html><html>", "login page"),
        (b"a,b\n1,\0\0\0\0", "NUL"),
        (b"a,b\n\x81\xff,2\n", "neither UTF-8"),
        (b"PK\x03\x04 broken", "broken zip"),
        (b"\xff\xfea\0,\0b", "UTF-16"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(content, reason):
    with pytest.raises(ReadingError, match=reason):
        read_tables(content, "Overview.csv")


def test_limits_are_kept_and_the_reason_names_the_file():
    limits = Limits(max_file_bytes=1000, max_columns=3, max_record_bytes=100)
    for content in (b"a" * 1001, b"a,b,c,d\n1,2,3,4\n", b'a,b\n"' + b"x" * 200 + b'",2\n'):
        with pytest.raises(ReadingError, match=r"big\.csv"):
            read_tables(content, "big.csv", limits)
    with pytest.raises(ReadingError, match="its header has more than 100 bytes"):
        read_tables(b"a" * 500 + b",b\n1,2\n", "big.csv", limits)


def test_a_file_on_disk_is_read_as_its_bytes(tmp_path):
    for number, content in enumerate(
        [b"a,b\n1,2\n", b"\xef\xbb\xbfa,b\n1,2\n", "a,b\n1,2\n".encode("utf-16"), b"a,b\r1,2",
         b"a,b\n\xe5,2\n", b'a,b\n"x "y" z",2\n', b"a,b\n1,2,3\n"]
    ):  # fmt: skip
        path = tmp_path / f"[{number}] *.csv"
        path.write_bytes(content)
        from_path, from_bytes = read_tables(path, "f")[0], read_tables(content, "f")[0]
        assert from_path.rows.equals(from_bytes.rows)
        assert repr(from_path) == repr(from_bytes)


def test_previews_show_the_first_records_before_any_is_a_header():
    found = records(b'sep=,\n"Reach"\n"Date","Primary"\n"2026-05-25","3"\n', "f", count=3)
    assert [preview.records for preview in found] == [
        [("sep=", ""), ("Reach",), ("Date", "Primary")]
    ]


@given(
    rows=st.integers(2, 4).flatmap(
        lambda width: st.lists(
            st.lists(st.one_of(cells, tricky), min_size=width, max_size=width), max_size=8
        )
    ),
    delimiter=st.sampled_from(",;\t"),
    line=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_what_a_csv_writer_wrote_is_read_as_a_csv_reader_reads_it(rows, delimiter, line, quoting):
    width = len(rows[0]) if rows else 2
    header = [f"h{number}" for number in range(width)]
    dialect = {"delimiter": delimiter, "lineterminator": line, "quoting": quoting}
    content = written([header, *rows], **dialect)
    assume(quoting == csv.QUOTE_ALL or "\r" not in content.replace("\r\n", ""))
    found, table = read(content)
    expected = [
        row for row in csv.reader(io.StringIO(content, newline=""), delimiter=delimiter) if any(row)
    ]
    assert [list(found), *[[cell or "" for cell in row[:width]] for row in table]] == expected
    assert [row[width] for row in table] == list(range(2, len(expected) + 1))
    assert all(row[width + 1] is None for row in table)


@settings(deadline=None)
@given(st.one_of(
    st.binary(max_size=200),
    st.text('",\n\r;\t=sepaå', max_size=60).map(str.encode),
    st.binary(max_size=60).map(lambda content: b"PK\x03\x04" + content),
    st.binary(max_size=600).map(lambda content: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + content),
    st.text(max_size=40).map(lambda text: text.encode("utf-16", "ignore")),
))  # fmt: skip
def test_any_bytes_give_a_table_or_a_reason(content):
    try:
        tables = read_tables(content, "f")
        records(content, "f")
    except ReadingError:
        return
    for table in tables:
        width = len(table.header)
        assert table.rows.columns == [*map(str, range(width)), "row_number", "surplus"]
        assert table.rows.schema["row_number"] == pl.UInt32
        assert table.rows["row_number"].is_unique().all()


@given(
    rows=st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=5),
    noise=st.text('",\n', min_size=1, max_size=3),
    data=st.data(),
)
def test_damage_in_one_record_never_shifts_another_that_is_full_and_regular(rows, noise, data):
    """Records far after the damage are read, or are seen to be broken."""
    content = written([["a", "b", "c"], *rows, *[["x", "y", "z"]] * 3], lineterminator="\n")
    place = data.draw(st.integers(6, len(content) - 18))
    assume("\r" not in content)
    _, table = read(content[:place] + noise + content[place:])
    assert table[-1][:3] == ("x", "y", "z") or table[-1][-1] is not None
