"""A night on an inbox of hostile files: each has its reason, and the good one beside them loads."""

import io
import os
import stat
import struct
import zipfile
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from flows.reports.text import lines
from flows.runs.night import run_night
from flows.settings import Settings
from schemas.limits import Limits
from tests.flows.conftest import DAY
from tests.transforms.reading.xls import record, xls
from tests.transforms.test_hostile_limits import MAIN, packed, sheet
from warehouse.home import Home

LIMITS = Limits(
    max_zip_members=20, max_zip_ratio=50, zip_ratio_from_bytes=10_000, max_line_bytes=100_000,
    max_file_bytes=2_000_000, max_reference_bytes=1000, max_unpacked_bytes=200_000,
    max_damaged_cells=1000,
)  # fmt: skip
NAMES = (
    "a\nb.csv", "'; drop table history.post_period; --.csv", '"; --.csv', "$(reboot).csv",
    "%s{0}.csv", "=1+1.csv", "-rf", "\x1b[31mred\x1b[2J.csv", "\u202egpj.csv",
)  # fmt: skip
FAR = xls([(0, 0, "a"), (65_535, 65_535, 1.0)], ["a"])
CLAIM = xls([(0, 0, "a")], ["a"], record(0x200, struct.pack("<IIHHH", 0, 0xFFFFFF, 0, 0xFFFF, 0)))
SHARED = packed(
    xl__sharedStrings=f'<sst xmlns="{MAIN}"><si><t>{"x" * 9000}</t></si></sst>',
    xl__worksheets__sheet1=sheet(
        "".join(f'<row r="{y}"><c r="A{y}" t="s"><v>0</v></c></row>' for y in range(1, 90))
    ),
)
REASONS = {
    "nul.csv": "holds NUL bytes",
    "line.csv": "setting limits.max_line_bytes",
    "large.csv": "setting limits.max_file_bytes",
    "quote.csv": "setting limits.max_damaged_cells",
    "far.xls": "setting limits.max_workbook_cells",
    "claim.xls": "more than an .xls can hold",
    "shared.xlsx": "setting limits.max_unpacked_bytes",
    "link.csv": "a link that leaves the inbox",
    "pipe.csv": "neither a file nor a folder",
    "bomb.zip!big.csv": "setting limits.max_zip_ratio",
    "many.zip": "setting limits.max_zip_members",
    "nested.zip!inner.zip": "a zip within a zip",
    "escape.zip!../../../evil.csv": "leaves the zip",
    "escape.zip!link.csv": "is a link",
}


def days(year: int) -> str:
    return f"Date,Views\n1/1/{year},1\n1/2/{year},2\n1/13/{year},3\n"


def packed_zip(members: dict[str, bytes], link: str | None = None) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        if link:
            info = zipfile.ZipInfo(link)
            info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
            archive.writestr(info, "/etc/passwd")
    return written.getvalue()


@pytest.fixture
def hostile(settings: Settings, tmp_path: Path) -> Settings:
    """Lay hostile files of every kind beside the good ones."""
    inbox = Path(settings.inbox)
    folder = inbox / "instagram" / "anna.bager"
    named = inbox / "youtube" / "anna"
    named.mkdir(parents=True)
    for number, name in enumerate(NAMES):
        (named / name).write_text(days(2001 + number))
    contents = {
        "nul.csv": b"a,b\n1,2\n" * 50 + b"1,\0\n",
        "line.csv": b"a,b\n" + b"x" * 200_000,
        "quote.csv": b'a,b\n1,"' + b"x\n" * 50_000,
        "far.xls": FAR,
        "claim.xls": CLAIM,
        "shared.xlsx": SHARED,
        "bomb.zip": packed_zip({"big.csv": b"1,2\n" * 100_000}),
        "many.zip": packed_zip({f"{number}.csv": b"" for number in range(30)}),
        "nested.zip": packed_zip({"inner.zip": packed_zip({"a.csv": b"1"})}),
        "escape.zip": packed_zip({"../../../evil.csv": b"a,b\n1,2\n"}, link="link.csv"),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    with (folder / "large.csv").open("wb") as sparse:
        sparse.write(b"a,b\n")
        sparse.truncate(3_000_000)
    (tmp_path / "outside.csv").write_text(days(1999))
    (folder / "link.csv").symlink_to(tmp_path / "outside.csv")
    os.mkfifo(folder / "pipe.csv")
    (inbox / "collaborations.csv").write_text("x" * 5000)
    return settings.model_copy(update={"limits": LIMITS})


def test_each_hostile_file_has_its_reason_and_the_rest_of_the_night_goes_on(hostile, tmp_path):
    before = {path for path in tmp_path.rglob("*") if not path.is_relative_to(hostile.home)}
    report = run_night(hostile, DAY)

    said = lines(report)
    with duckdb.connect(str(Home(hostile.home).warehouse), read_only=True) as warehouse:
        files = warehouse.sql("select path, member, status, reason from ops.file").fetchall()
    told = {f"{path}!{member}" if member else path: reason for path, member, _, reason in files}
    told |= dict(line.split(": ", 1) for line in report.collected.refused)
    for name, reason in REASONS.items():
        assert reason in told[f"instagram/anna.bager/{name}"], name
    statuses = {path.removeprefix("youtube/anna/"): status for path, _, status, _ in files}
    assert {statuses[name] for name in NAMES} == {"loaded"}
    assert "limits.max_reference_bytes" in told["collaborations.csv"]
    (good,) = [status for path, _, status, _ in files if "1000000000000001" in path]
    assert good == "loaded"
    assert not any("\n" in line for line in said)
    assert not any((reason or "").startswith("defect") for reason in told.values())
    after = {path for path in tmp_path.rglob("*") if not path.is_relative_to(hostile.home)}
    assert after == before


def test_what_a_limit_refused_is_read_the_night_after_it_was_raised(settings):
    tight = settings.model_copy(update={"limits": replace(Limits(), max_columns=5)})
    first = run_night(tight, DAY)
    assert first.files == {"unrecognised": 2}
    assert run_night(tight, DAY).files == {}
    assert run_night(settings, DAY).files == {"loaded": 1, "unrecognised": 1}
