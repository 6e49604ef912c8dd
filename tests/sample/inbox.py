"""The sample inbox: which files lie where, when they were exported, and what becomes of each."""

import io
import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np

from tests.sample import meta, roster, tiktok, youtube
from tests.sample.archive import ZIP_EPOCH, pack
from tests.sample.cast import ACCOUNTS, FIRST_DAY, LAST_DAY
from tests.sample.simulation import Truth, simulate
from tests.sample.spreadsheet import workbook

LOADED, EMPTY = ("loaded",), ("empty",)
UNRECOGNISED, REFUSED = ("unrecognised",), ("refused",)
UNREADABLE = ("refused", "unrecognised")
META_LOOKBACK = timedelta(days=89)


@dataclass(frozen=True, kw_only=True)
class Member:
    """What becomes of one table of a file.

    Attributes
    ----------
    member
        Path within the zip; null for a loose file.
    statuses
        Statuses that are right; none listed means the pipeline must not read it at all.
    quarantined
        Records that break a rule, or null where more than one answer is right.
    """

    member: str | None = None
    statuses: tuple[str, ...] = LOADED
    quarantined: int | None = 0


@dataclass(frozen=True, kw_only=True)
class InboxFile:
    """One file of the inbox, relative to it, with what becomes of its tables."""

    path: str
    content: bytes
    exported_on: date
    members: tuple[Member, ...] = (Member(),)

    @property
    def modified_at(self) -> float:
        """Give the file's own time: the evening of its export day."""
        return datetime(*self.exported_on.timetuple()[:3], 21, 30, tzinfo=UTC).timestamp()


def simulations(seed: int) -> dict[tuple[str, str], Truth]:
    """Simulate the cast, by platform and handle."""
    return {(account.platform, account.handle): simulate(account, seed) for account in ACCOUNTS}


def build(seed: int) -> list[InboxFile]:
    """Write every file of the inbox in memory; the same seed gives the same bytes."""
    truths = simulations(seed)
    writers = {
        "facebook": _meta_files,
        "instagram": _meta_files,
        "tiktok": _tiktok_files,
        "youtube": _youtube_files,
    }
    files = [file for truth in truths.values() for file in writers[truth.account.platform](truth)]
    known = InboxFile(
        path="roster.csv",
        content=roster.write(truths.values()),
        exported_on=LAST_DAY,
        members=(),
    )
    return [*files, *_oddities(truths, {file.path: file for file in files}), known]


def write(folder: Path, seed: int) -> list[InboxFile]:
    """Write the sample inbox into a folder, with the files' own times."""
    files = build(seed)
    for file in files:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
        os.utime(path, (file.modified_at, file.modified_at))
    return files


def copies(files: list[InboxFile]) -> list[tuple[tuple[str, str | None], ...]]:
    """Group the tables that say the same twice: equal bytes, account and day of observation.

    Of each group one is loaded and the others repeat it, whichever is read first. A download
    taken twice is such a group, and so are the Totals of two reports on the same days.
    """
    groups: dict[tuple[str, bytes, object], list[tuple[str, str | None]]] = {}
    for file in files:
        folder = "/".join(file.path.split("/")[:2])
        if not file.path.endswith(".zip"):
            key = (folder, file.content, file.exported_on)
            groups.setdefault(key, []).append((file.path, None))
        elif zipfile.is_zipfile(io.BytesIO(file.content)):
            with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
                for entry in archive.infolist():
                    key = (folder, archive.read(entry), entry.date_time)
                    groups.setdefault(key, []).append((file.path, entry.filename))
    return [tuple(group) for group in groups.values() if len(group) > 1]


def periods(cadence_days: int | None) -> Iterator[tuple[date, date]]:
    """Cut the half year into months, or into spans of some days; both ends inclusive."""
    start = FIRST_DAY
    while start <= LAST_DAY:
        if cadence_days is None:
            end = (start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        else:
            end = start + timedelta(days=cadence_days - 1)
        yield start, min(end, LAST_DAY)
        start = end + timedelta(days=1)


def _meta_files(truth: Truth) -> Iterator[InboxFile]:
    account = truth.account
    for number, (_, end) in enumerate(periods(account.cadence_days)):
        start = max(FIRST_DAY, end - META_LOOKBACK)
        quarantined: int | None = 0
        if account.platform == "facebook":
            rows = meta.facebook(truth, start, end)
            if number == 2:
                rows, quarantined = meta.leak(rows, "912345678901234"), None
        else:
            rows = meta.instagram(truth, start, end)
        if (account.platform, account.handle) == ("instagram", "steady.signe"):
            rows.insert(4, meta.collaboration("guest.gustav", end, 314159 + number))
        if account.handle == "falling.freja" and end.month == 5:
            rows += _bad_instagram_rows(rows[-1])
            quarantined = 3
        name = meta.file_name(truth, start, end)
        folder = f"{account.platform}/{account.handle}"
        if account.handle == "toofew.tilde" and end == LAST_DAY:
            folder = "from-mail"
        yield InboxFile(
            path=f"{folder}/{name}",
            content=meta.table(rows),
            exported_on=end,
            members=(Member(statuses=LOADED if len(rows) > 1 else EMPTY, quarantined=quarantined),),
        )


def _bad_instagram_rows(row: list[str]) -> list[list[str]]:
    """Copy a row three times, each with one thing wrong."""
    views = meta.INSTAGRAM["en"].index("Views")
    no_number, negative, no_id = (list(row) for _ in range(3))
    no_number[0], no_number[views] = "18000000000000001", "abc"
    negative[0], negative[views] = "18000000000000002", "-5"
    no_id[0] = ""
    return [no_number, negative, no_id]


def _youtube_files(truth: Truth) -> Iterator[InboxFile]:
    account = truth.account
    folder = f"youtube/{account.handle}"
    for number, (start, end) in enumerate(periods(account.cadence_days)):
        if end < account.post_days[0]:
            continue
        exported_on = end + timedelta(days=2)
        at = ZIP_EPOCH if number % 3 == 2 else _entry_time(exported_on)
        content = youtube.content_report(truth, start, end)
        yield InboxFile(
            path=f"{folder}/{youtube.zip_name(truth, 0, start, end)}",
            content=pack(content, at, zipfile.ZIP_DEFLATED),
            exported_on=exported_on,
            members=tuple(_youtube_member(name, place) for place, name in enumerate(content)),
        )
    if account.handle in roster.NO_NET_FOLLOWS:
        return
    for start, end in periods(None):
        if end < account.post_days[0]:
            continue
        name = youtube.zip_name(truth, 1, start, end)
        report = youtube.date_report(truth, start, end)
        exported_on = end + timedelta(days=2)
        if account.handle == "capped-carl" and end.month == 3:
            for member, content in report.items():
                yield InboxFile(
                    path=f"{folder}/{name.removesuffix('.zip')}/{member}",
                    content=youtube.resave_in_excel(content),
                    exported_on=exported_on,
                )
            continue
        yield InboxFile(
            path=f"{folder}/{name}",
            content=pack(report, _entry_time(exported_on), zipfile.ZIP_DEFLATED),
            exported_on=exported_on,
            members=tuple(Member(member=member) for member in report),
        )


def _youtube_member(name: str, place: int) -> Member:
    is_chart = place == 1
    return Member(member=name, statuses=("loaded", "unrecognised") if is_chart else LOADED)


def _tiktok_files(truth: Truth) -> Iterator[InboxFile]:
    account = truth.account
    for number, (start, end) in enumerate(periods(None)):
        export_day = end + timedelta(days=1)
        if account.silent_from and export_day > account.silent_from + timedelta(days=1):
            return
        if account.silent_from and end >= account.silent_from:
            export_day = account.silent_from
            end = export_day - timedelta(days=1)
        handle = account.handle
        if account.former_handle and end.month <= 2:
            handle = account.former_handle
        if account.handle == "crossing.cleo":
            start = max(FIRST_DAY, end - timedelta(days=59))
        tables = {
            "Overview": tiktok.overview(truth, start, end),
            "FollowerHistory": tiktok.follower_history(
                truth, start, end, is_forward=account.handle == "flapping.flora"
            ),
            "Content": tiktok.content(truth, start, export_day, handle),
        }
        if account.handle == "silent.silas":
            yield from _loose_tiktok_files(tables, export_day, handle)
        else:
            yield from _tiktok_zips(truth, tables, start, export_day, handle, number)


def _loose_tiktok_files(
    tables: dict[str, list[list[str]]], export_day: date, handle: str
) -> Iterator[InboxFile]:
    """Yield unpacked downloads: nothing but the files' own times tells the year."""
    for name, rows in tables.items():
        yield InboxFile(
            path=f"tiktok/{handle}/{export_day}/{name}.csv",
            content=tiktok.table(rows),
            exported_on=export_day,
            members=(Member(statuses=LOADED if len(rows) > 1 else EMPTY),),
        )


def _tiktok_zips(
    truth: Truth,
    tables: dict[str, list[list[str]]],
    start: date,
    export_day: date,
    handle: str,
    number: int,
) -> Iterator[InboxFile]:
    account, at = truth.account, _entry_time(export_day)
    sub_folder = f"{export_day}/" if account.handle in ("crossing.cleo", "mega.milo") else ""
    folder = f"tiktok/{handle}/{sub_folder}"
    again = f" ({number})" if number and not sub_folder else ""
    overview = tiktok.table(tables["Overview"])
    sheet = "Overview.csv"
    if account.handle == "mega.milo":
        overview, sheet = workbook("Overview", tables["Overview"], at), "Overview.xlsx"
    yield InboxFile(
        path=folder + tiktok.overview_zip(truth, start, export_day, handle),
        content=pack({sheet: overview}, at),
        exported_on=export_day,
        members=(Member(member=sheet),),
    )
    rows, quarantined = tables["FollowerHistory"], 0
    if account.handle == "falling.falk" and export_day.month == 4:
        rows, quarantined = [*rows, ["32 мартобря", str(truth.levels[0]), "0"]], 1
    others = tiktok.audience(truth, export_day) if account.handle == "steady.signe" else {}
    yield InboxFile(
        path=f"{folder}Followers_{handle}{again}.zip",
        content=pack({"FollowerHistory.csv": tiktok.table(rows), **others}, at),
        exported_on=export_day,
        members=(
            Member(member="FollowerHistory.csv", quarantined=quarantined),
            *(Member(member=name, statuses=UNRECOGNISED) for name in others),
        ),
    )
    content = tiktok.table(tables["Content"])
    if account.handle == "rising.rosa" and number == 3:
        content = tiktok.unescape_quotes(content)
    yield InboxFile(
        path=f"{folder}Content_{handle}{again}.zip",
        content=pack({"Content.csv": content}, at),
        exported_on=export_day,
        members=(Member(member="Content.csv"),),
    )


def _oddities(
    truths: dict[tuple[str, str], Truth], files: dict[str, InboxFile]
) -> Iterator[InboxFile]:
    """Yield what a real inbox holds besides: a copy, junk, half a zip, an invoice."""
    random = np.random.default_rng(truths["instagram", "steady.signe"].seed)
    signe = next(
        path for path in files if path.startswith("instagram/steady.signe/Jan-01-2025_Feb")
    )
    yield replace(files[signe], path=signe.replace(".csv", " (1).csv"))
    yield InboxFile(
        path="instagram/falling.freja/Apr-01-2025_Apr-30-2025_1009876543210000.csv",
        content=random.bytes(4_096),
        exported_on=date(2025, 4, 30),
        members=(Member(statuses=UNREADABLE),),
    )
    milo = next(path for path in files if path.endswith("/Content_mega.milo.zip"))
    yield replace(
        files[milo],
        path="tiktok/mega.milo/Content_mega.milo (9).zip",
        content=files[milo].content[: len(files[milo].content) // 2],
        members=(Member(statuses=UNREADABLE),),
    )
    yield InboxFile(
        path="youtube/steady-sara/invoice.csv",
        content='Faktura,Beløb,Forfald\n2025-017,"4.500,00",2025-05-01\n'.encode(),
        exported_on=date(2025, 4, 12),
        members=(Member(statuses=UNRECOGNISED),),
    )
    yield InboxFile(
        path="from-mail/FollowerHistory.csv",
        content=tiktok.table(
            tiktok.follower_history(
                truths["tiktok", "crossing.cleo"], date(2025, 5, 1), date(2025, 5, 31)
            )
        ),
        exported_on=date(2025, 6, 1),
        members=(Member(statuses=REFUSED, quarantined=None),),
    )
    yield InboxFile(
        path="youtube/steady-sara/Conteúdo 2025-06-01_2025-07-01 Steady Sara.zip.crdownload",
        content=random.bytes(512),
        exported_on=date(2025, 7, 1),
        members=(),
    )


def _entry_time(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, 37, tzinfo=UTC)
