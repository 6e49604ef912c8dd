"""The sample inbox: which files lie where, when they were exported, and what becomes of each."""

import io
import os
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from tests.sample import briefs, inbox_audience, meta, oddities, roster, tiktok, youtube
from tests.sample.account import FIRST_DAY, LAST_DAY
from tests.sample.archive import ZIP_EPOCH, pack
from tests.sample.cast import ACCOUNTS
from tests.sample.files import (
    EMPTY,
    LOADED,
    InboxFile,
    Member,
    entry_time,
)
from tests.sample.simulation import Truth, simulate
from tests.sample.spreadsheet import workbook

META_LOOKBACK = timedelta(days=89)


def simulations(seed: int) -> dict[tuple[str, str], Truth]:
    """Simulate the cast, by platform and handle."""
    return {(account.platform, account.handle): simulate(account, seed) for account in ACCOUNTS}


def build(seed: int) -> list[InboxFile]:
    """Write every file of the inbox in memory; the same seed gives the same bytes."""
    return list(_built(seed))


@cache
def _built(seed: int) -> tuple[InboxFile, ...]:
    truths = simulations(seed)
    writers = {
        "facebook": _meta_files,
        "instagram": _meta_files,
        "tiktok": _tiktok_files,
        "youtube": _youtube_files,
    }
    files = [file for truth in truths.values() for file in writers[truth.account.platform](truth)]
    files += inbox_audience.page(
        truths["facebook", "rising.page"], truths["instagram", "rising.page"]
    )
    told = {"roster.csv": roster.write(truths.values())} | briefs.write()
    known = [
        InboxFile(path=path, content=content, exported_on=LAST_DAY, members=())
        for path, content in told.items()
    ]
    return (*files, *oddities.files(truths, {file.path: file for file in files}), *known)


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
            rows += oddities.bad_instagram_rows(rows[-1])
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
    if account.platform == "instagram":
        yield from inbox_audience.meta(truth)


def _youtube_files(truth: Truth) -> Iterator[InboxFile]:
    account = truth.account
    folder = f"youtube/{account.handle}"
    for number, (start, end) in enumerate(periods(account.cadence_days)):
        if end < account.post_days[0]:
            continue
        exported_on = end + timedelta(days=2)
        at = ZIP_EPOCH if number % 3 == 2 else entry_time(exported_on)
        content = youtube.content_report(truth, start, end)
        yield InboxFile(
            path=f"{folder}/{youtube.zip_name(truth, 0, start, end)}",
            content=pack(content, at, zipfile.ZIP_DEFLATED),
            exported_on=exported_on,
            members=tuple(Member(member=name) for name in content),
        )
    yield from inbox_audience.youtube(truth)
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
            content=pack(report, entry_time(exported_on), zipfile.ZIP_DEFLATED),
            exported_on=exported_on,
            members=tuple(Member(member=member) for member in report),
        )


def _tiktok_files(truth: Truth) -> Iterator[InboxFile]:
    account = truth.account
    for number, (start, end) in enumerate(periods(None)):
        export_day = end + timedelta(days=1)
        if end < account.post_days[0]:
            continue
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
    account, at = truth.account, entry_time(export_day)
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
    others, members = inbox_audience.tiktok_followers(truth, export_day)
    yield InboxFile(
        path=f"{folder}Followers_{handle}{again}.zip",
        content=pack({"FollowerHistory.csv": tiktok.table(rows), **others}, at),
        exported_on=export_day,
        members=(
            Member(member="FollowerHistory.csv", quarantined=quarantined),
            *members,
        ),
    )
    yield from inbox_audience.tiktok_viewers(
        truth, start, export_day, f"{folder}Viewers_{handle}{again}.zip"
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
