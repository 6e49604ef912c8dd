"""A large file read in pieces says what it says when it is read at once."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from schemas.files import FileReading, KeptRows
from tests.transforms.deliveries.made_up import source
from transforms.deliveries.delivery import read_delivery
from transforms.exports import EXPORTS
from transforms.reading.tables import Limits

INSTAGRAM = (
    "Post ID,Account ID,Account username,Account name,Description,Duration (sec),Publish time,"
    "Permalink,Post type,Data comment,Date,Views,Reach,Likes,Shares,Follows,Comments,Saves\n"
)
TIKTOK = '"Time","Video title","Video link","Post time","Total likes","Total comments",' \
    '"Total shares","Total views"\n'  # fmt: skip
YOUTUBE = "Content,Video title,Video publish time,Duration,Views,Watch time (hours),Subscribers\n"
OVERVIEW = '"Date","Video Views","Profile Views","Likes","Comments","Shares"\n'
DATES = "Date,Views,Watch time (hours)\n"

CAPTIONS = st.sampled_from(
    ["", "oats", '"a, b"', '"she said ""yes"""', '"two\nlines"', '"\n\n,"', "☕️"] * 8
    + ['"x""', 'x"y']
)
COUNTS = st.sampled_from(["0", "7", "1,204", "12.0", "", "x", "-3", "--"]).map(
    lambda cell: f'"{cell}"' if "," in cell else cell
)
ENDS = st.sampled_from(["\n"] * 8 + ["\r\n", ",surplus\n", "\n\n", "\n,,,\n"])


@st.composite
def instagram(draw: st.DrawFn) -> str:
    number, account = draw(st.integers(0, 20)), draw(st.sampled_from(["1", "1", "2", ""]))
    figures = ",".join(draw(st.tuples(*[COUNTS] * 7)))
    date = draw(st.sampled_from(["Lifetime"] * 6 + ["", "2026-03-01"]))
    published = draw(st.sampled_from(["05/26/2026 10:23", "01/02/2026 08:00", "yesterday", ""]))
    return (
        f"1798{number:013},1784140000000000{account},anna,Anna,{draw(CAPTIONS)},12,{published},"
        f"https://www.instagram.com/p/{number}/,IG reel,,{date},{figures}{draw(ENDS)}"
    )


@st.composite
def instagram_daily(draw: st.DrawFn) -> str:
    day = draw(st.sampled_from(["2026-03-01", "2026-03-02", "13-03-2026", "04-03-2026", "x"]))
    return draw(instagram()).replace("Lifetime", day)


@st.composite
def tiktok(draw: st.DrawFn) -> str:
    number = 7_000_000_000_000_000_000 + draw(st.integers(0, 10)) * 10**15
    title = draw(st.sampled_from(["a", "a, b", ""]) | CAPTIONS)
    link = draw(st.sampled_from([f"https://www.tiktok.com/@anna/video/{number}", "", "gone"]))
    figures = ",".join(draw(st.tuples(*[COUNTS] * 4)))
    return f"June 3,{title},{link},June 1,{figures}{draw(ENDS)}"


@st.composite
def youtube(draw: st.DrawFn) -> str:
    key = draw(st.sampled_from(["aaaaaaaaaa1", " -aaaaaaaaa2", "Total", "bad", "Showing top 500"]))
    hours = draw(st.sampled_from(["1.5", '"4,85"', '"14,155"', "12", ""]))
    published = draw(st.sampled_from(["Aug 19, 2025", "2025-08-20", "13-08-2025", "", "x"]))
    return (
        f'{key},{draw(CAPTIONS)},"{published}",60,{draw(COUNTS)},{hours},{draw(COUNTS)}{draw(ENDS)}'
    )


@st.composite
def overview(draw: st.DrawFn) -> str:
    day = draw(st.sampled_from(["June 1", "June 2", "June 3", "December 31", "x", ""]))
    return f"{day},{','.join(draw(st.tuples(*[COUNTS] * 5)))}{draw(ENDS)}"


@st.composite
def dates(draw: st.DrawFn) -> str:
    day = draw(st.sampled_from(["2026-03-01", "03-02-2026", "13-03-2026", "Total", "x"]))
    hours = draw(st.sampled_from(["1.5", '"4,85"', '"14,155"', ""]))
    return f"{day},{draw(COUNTS)},{hours}{draw(ENDS)}"


SEEDS = Path(__file__).parents[2] / "data/exports"

KINDS = {
    "instagram_content": ("instagram/anna/Posts.csv", INSTAGRAM, instagram()),
    "instagram_content_daily": ("instagram/anna/Posts.csv", INSTAGRAM, instagram_daily()),
    "tiktok_content": ("tiktok/anna/2026-06-05/Content.csv", TIKTOK, tiktok()),
    "tiktok_overview": ("tiktok/anna/2026-06-05/Overview.csv", OVERVIEW, overview()),
    "youtube_content": ("youtube/anna/Table data.csv", YOUTUBE, youtube()),
    "youtube_date": ("youtube/anna/Table data.csv", DATES, dates()),
}


@contextmanager
def _file(name: str, content: bytes) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        path = Path(folder, Path(name).name)
        path.write_bytes(content)
        yield path


def at_once(name: str, content: bytes) -> list[FileReading]:
    return list(read_delivery([source(name, content)]))


def in_pieces(
    name: str, content: bytes, piece_bytes: int
) -> tuple[list[FileReading], dict[str, pl.DataFrame]]:
    """Read with no file too small for pieces; give what was kept as well."""
    kept: dict[str, list[pl.DataFrame]] = defaultdict(list)

    def keep(table: str, rows: pl.DataFrame) -> KeptRows:
        kept[table].append(rows)
        return KeptRows(table, {"rows": rows.height})

    limits = Limits(max_whole_bytes=1, piece_bytes=piece_bytes)
    with _file(name, content) as path:
        large = replace(source(name, path), sha256=hashlib.sha256(content).hexdigest())
        readings = list(read_delivery([large], limits=limits, keep=keep))
    for reading in readings:
        for table, parts in reading.kept.items():
            assert [part.facts["rows"] for part in parts] == [rows.height for rows in kept[table]]
    return readings, {table: pl.concat(frames) for table, frames in kept.items()}


def rows_of(reading: FileReading) -> dict[str, pl.DataFrame]:
    frames = {**reading.tables, "quarantine": reading.quarantine}
    return {table: frame for table, frame in frames.items() if not frame.is_empty()}


def assert_same(name: str, content: bytes, piece_bytes: int) -> bool:
    """Hold one way of reading against the other; tell whether the file was read in pieces."""
    readings, kept = in_pieces(name, content, piece_bytes)
    for reading, whole in zip(readings, at_once(name, content), strict=True):
        assert reading.record == whole.record
        assert_frame_equal(reading.reconciliation, whole.reconciliation)
        found = kept or rows_of(reading)
        assert set(found) == set(rows_of(whole))
        for table, frame in rows_of(whole).items():
            assert_frame_equal(found[table], frame)
    return bool(kept)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=25)
@given(data=st.data(), piece_bytes=st.integers(1, 1500), has_mark=st.booleans())
def test_pieces_say_what_the_whole_says(kind, data, piece_bytes, has_mark):
    name, header, record = KINDS[kind]
    text = header + "".join(data.draw(st.lists(record, max_size=12)))
    assert_same(name, text.encode("utf-8-sig" if has_mark else "utf-8"), piece_bytes)


CLEAN = {
    "instagram_content": INSTAGRAM
    + "1798,178,anna,A,\"a\n\"\"b\"\"\",12,05/26/2026 10:23,,IG reel,,Lifetime,9,7,1,0,0,0,0\n" * 3,
    "instagram_content_daily": INSTAGRAM
    + "1798,17841400,anna,Anna,,12,05/26/2026 10:23,,IG reel,,2026-06-01,9,7,1,0,0,0,0\n" * 3,
    "tiktok_content": TIKTOK
    + "June 3,a,https://www.tiktok.com/@anna/video/7000000000000000001,June 1,1,2,3,4\n" * 3,
    "tiktok_overview": OVERVIEW + "June 3,1,2,3,4,5\n",
    "youtube_content": YOUTUBE + 'Total,,,,9,"4,85",1\naaaaaaaaaa1,A,2025-08-19,60,9,"4,85",1\n',
    "youtube_date": DATES + "2026-03-01,9,1.5\nTotal,9,1.5\n",
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("piece_bytes", [1, 150, 1_000_000])
def test_a_clean_file_is_read_in_pieces(kind, piece_bytes):
    assert assert_same(KINDS[kind][0], CLEAN[kind].encode(), piece_bytes)
    (whole,) = at_once(KINDS[kind][0], CLEAN[kind].encode())
    assert (whole.record.export, whole.record.status) == (kind, "loaded")


@pytest.mark.parametrize(
    "content",
    [
        CLEAN["instagram_content"].replace('""b""', 'b" c'),
        CLEAN["instagram_content"].replace(",A,", ",Å,").encode("cp1252"),
        CLEAN["instagram_content"].replace("Saves", "Views"),
        "\ufeffViews\n\n" + CLEAN["tiktok_overview"],
        "Planet,Moons\nMars,2\n",
    ],
    ids=["damaged quotes", "not UTF-8", "a header twice", "a stack", "unknown"],
)
def test_what_is_not_clean_is_read_at_once(content):
    raw = content.encode() if isinstance(content, str) else content
    assert not assert_same("instagram/anna/Posts.csv", raw, 150)


@pytest.mark.parametrize("kind", ["instagram_content", "instagram_content_daily"])
def test_ids_without_their_last_digits_are_told_by_the_whole(kind):
    name = KINDS[kind][0]
    content = CLEAN[kind].replace("1798,", "17980000000000100,").encode()
    assert not assert_same(name, content, 150)
    assert "replaced the others" in at_once(name, content)[0].record.reason


@pytest.mark.parametrize("export", sorted(EXPORTS))
def test_the_seed_of_an_export_says_the_same_in_pieces(export):
    for path in (SEEDS / export).rglob("*.csv"):
        name = path.relative_to(SEEDS / export).as_posix()
        for piece_bytes in (100, 10_000):
            assert_same(name, path.read_bytes(), piece_bytes)


def test_a_table_that_is_kept_for_what_all_its_days_show_is_kept_in_pieces_too():
    weeks = DATES + "".join(f"2026-03-{day:02},9,1.5\n" for day in (2, 9, 16, 23))
    name = KINDS["youtube_date"][0]
    assert not assert_same(name, weeks.encode(), 30)
    readings, _ = in_pieces(name, weeks.encode(), 30)
    assert [reading.record.status for reading in readings] == ["kept"]


def test_of_many_accounts_the_one_with_most_records_exported():
    rest = "A,,12,05/26/2026 10:23,,IG reel,,Lifetime,9,7,1,0,0,0,0\n"
    record = "1798{},17841400000000{:03},anna{}," + rest
    owners = [3, 7, 7, 5] * 600
    content = INSTAGRAM + "".join(record.format(i, of, of) for i, of in enumerate(owners))
    name = "instagram/agency/Posts.csv"
    assert assert_same(name, content.encode(), 50_000)
    (reading,) = at_once(name, content.encode())
    assert reading.record.account_ref == "17841400000000007"
