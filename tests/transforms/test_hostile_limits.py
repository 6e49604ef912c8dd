"""What a hostile file asks for beyond the limits is refused, in little time and memory."""

import io
import json
import re
import subprocess
import sys
import zipfile

import pytest

from tests.transforms.deliveries.made_up import read_one
from tests.transforms.hostile import Seed, read
from tests.transforms.reading.test_workbook import MAIN, workbook
from transforms.reading.errors import ReadingError
from transforms.reading.limits import Limits
from transforms.reading.tables import read_tables

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
MEMORY_MB = 450
MB = 1024**2

READ = """
import resource, sys
from pathlib import Path
from transforms.reading.tables import ReadingError, read_tables
try:
    read_tables(Path(sys.argv[1]), "big.csv")
except ReadingError as error:
    print(error)
status = Path("/proc/self/status")  # on Linux ru_maxrss begins with what the parent had
if status.exists():
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
    print(int(lines["VmHWM"].split()[0]) // 1024)
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024**2)
"""


def packed(**changes: str | bytes) -> bytes:
    """Write a small workbook with other members; `__` stands for a slash."""
    written = io.BytesIO()
    others = {name.replace("__", "/") + ".xml": content for name, content in changes.items()}
    with (
        zipfile.ZipFile(io.BytesIO(workbook(S=[["a", "b"], ["1", "2"]]))) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in others:
                new.writestr(name, old.read(name))
        for name, content in others.items():
            new.writestr(name, content)
    return written.getvalue()


def sheet(rows: str, before: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData></worksheet>'


@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_cell_in_the_last_corner_of_a_sheet_is_refused_before_the_rest_is_laid_out(quote):
    far = (
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )
    content = packed(xl__worksheets__sheet1=sheet(far.replace('"', quote)))
    with pytest.raises(ReadingError, match=r"spans 17,179,869,184 cells"):
        read_tables(content, "f.xlsx")


def test_a_sheet_that_only_says_it_is_large_is_read():
    rows = '<row r="1"><c r="A1" t="str"><v>a</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>'
    content = packed(xl__worksheets__sheet1=sheet(rows, '<dimension ref="A1:XFD1048576"/>'))
    (table,) = read_tables(content, "f.xlsx")
    assert table.rows.rows() == [("1", 2, None)]


def test_one_long_text_that_every_cell_repeats_is_refused():
    strings = f'<sst xmlns="{MAIN}"><si><t>{"x" * MB}</t></si></sst>'
    cells = "".join(f'<row r="{y}"><c r="A{y}" t="s"><v>0</v></c></row>' for y in range(1, 2000))
    content = packed(xl__sharedStrings=strings, xl__worksheets__sheet1=sheet(cells))
    assert len(content) < 100_000
    with pytest.raises(ReadingError, match=r"repeats its texts"):
        read_tables(content, "f.xlsx")


@pytest.mark.parametrize("before", ["<si/>", "<!-- <si></si> -->", "<x:si/>"])
def test_a_long_text_is_counted_wherever_oddly_written_xml_numbers_it(before):
    strings = f'<sst xmlns="{MAIN}">{before}<si><t>{"x" * MB}</t></si></sst>'
    cells = "".join(f'<row r="{y}"><c r="A{y}" t="s"><v>1</v></c></row>' for y in range(1, 2000))
    content = packed(xl__sharedStrings=strings, xl__worksheets__sheet1=sheet(cells))
    with pytest.raises(ReadingError, match=r"repeats its texts"):
        read_tables(content, "f.xlsx")


def test_more_texts_than_a_workbook_may_have_cells_are_refused():
    strings = f'<sst xmlns="{MAIN}">{"<si><t>y</t></si>" * 5000}</sst>'
    content = packed(xl__sharedStrings=strings)
    with pytest.raises(ReadingError, match=r"lists 5,000 texts, more than 4,999 cells"):
        read_tables(content, "f.xlsx", Limits(max_workbook_cells=4999))
    assert read_tables(content, "f.xlsx")


def test_entities_that_stand_for_each_other_are_not_unfolded():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    rows = '<row r="1"><c r="A1" t="str"><v>&l9;</v></c></row>'
    content = packed(xl__worksheets__sheet1=f"<!DOCTYPE x [{laughs}]>{sheet(rows)}")
    try:
        cells = [table.header for table in read_tables(content, "f.xlsx")]
    except ReadingError:
        return
    assert len(str(cells)) < 100


def test_a_workbook_of_another_form_is_refused_since_its_bounds_are_told_elsewhere():
    written = io.BytesIO(packed())
    with zipfile.ZipFile(written, "a") as archive:
        archive.writestr("xl/workbook.bin", b"")
    with pytest.raises(ReadingError, match=r"another form than xlsx"):
        read_tables(written.getvalue(), "f.xlsb")


@pytest.mark.parametrize(
    ("start", "piece", "reason"),
    [
        (b"", b"a" * MB, "has no line"),
        (b"a,b\n", b"x" * MB, "a line of more than"),
        (b'a,b\n1,"', b"x\n" * (MB // 2), "max_at_once_bytes"),
        (b"a,b\n", b"\xff,\xff\n" * (MB // 4), "max_at_once_bytes"),
        (b"\xff\xfe", "a,b\n".encode("utf-16-le") * (MB // 8), "is UTF-16"),
        (b"a,b\n", (b"1,2\n" * 99 + b"1,\0\n") * (MB // 400), "NUL"),
        (b'{"a":', b"[" * MB, "JSON"),
    ],
    ids=["one line", "long line", "open quote", "no UTF-8", "UTF-16", "NUL", "JSON"],
)
def test_three_hundred_megabytes_of_nonsense_cost_little_memory(tmp_path, start, piece, reason):
    path = tmp_path / "big.csv"
    with path.open("wb") as file:
        file.write(start)
        for _ in range(300):
            file.write(piece)
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    path.unlink()
    said, _, memory = done.stdout.rstrip().rpartition("\n")
    assert done.returncode == 0, done.stderr
    assert re.search(reason, said), said
    assert int(memory) < MEMORY_MB


def test_a_quote_that_never_closes_over_many_lines_and_columns_is_refused():
    limits = Limits(max_damaged_cells=2000)
    header = ",".join(f"h{number}" for number in range(100))
    content = f'{header}\n1,"{"x" * 9}'.encode() + b"\nx" * 1000
    with pytest.raises(ReadingError, match=r"more than 20 records with damaged quotes"):
        read_tables(content, "f", limits)


@pytest.mark.parametrize("depth", [900, 100_000])
def test_json_as_deep_as_it_likes_is_refused(depth):
    seed = Seed("instagram/anna/reach.json", None, b"")
    (reading,) = read([seed.with_content(b'{"a":' * depth + b"1" + b"}" * depth)])
    assert reading.record.status == "unrecognised"


@pytest.mark.parametrize(
    "name",
    ["a\nb.csv", "'; drop table history.post; --.csv", '"; --.csv', "$(reboot).csv", "%s{0}.csv",
     "😀" * 60 + ".csv", "\u202ecsv.exe", "=1+1.csv", "-rf", "\x1b[31m.csv"],
)  # fmt: skip
def test_no_name_of_a_file_or_member_is_more_than_a_name(name):
    content = "Date,Views\n1/1/2022,1\n1/2/2022,2\n1/13/2022,3\n"
    for known in ({}, {"member": name}):
        path = f"youtube/anna/{name if not known else 'x.zip'}"
        record = read_one(path, content, **known).record
        assert (record.export, record.status, record.loaded) == ("youtube_date", "loaded", 3)
        assert record.path == path


def test_every_limit_can_be_set():
    limits = Limits(max_line_bytes=1, max_rewritten_bytes=1, max_workbook_cells=1, max_json_bytes=1)
    for content in (
        b'a,b\n1,x"y\n2,3\n', "a,b\n1,2\n".encode("utf-16"), b"a,b\n\xff,2\n", b"a,b\r1,2",
        workbook(S=[["a", "b"], ["1", "2"]]), json.dumps({"a": []}).encode(),
    ):  # fmt: skip
        with pytest.raises(ReadingError, match=r"more than"):
            read_tables(content, "f", limits)
