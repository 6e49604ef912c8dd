"""Real exported files: each of a known kind loads to the unit, every other is named and left."""

import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from schemas.files import FileReading, SourceFile
from transforms.deliveries.delivery import read_delivery

EXPORTS = Path(__file__).resolve().parents[3] / "shared" / "exports"

pytestmark = pytest.mark.skipif(
    not EXPORTS.is_dir(), reason=f"the real exports are not at {EXPORTS}: nothing to read"
)

KINDS = {
    "youtube_content": r"^(?:Table data|Tabellendaten|DangerTV_Content)\.csv$",
    "tiktok_overview": r"^Overview\.(?:csv|xlsx)$|^temp_data_\d+\.csv$",
    "tiktok_follower_history": r"^FollowerHistory\.csv$",
    "tiktok_content": r"^(?:Content|Video Posts|Trending Videos)\.csv$",
    "tiktok_follower_gender": r"^(?:FollowerGender|Gender)\.csv$",
    "tiktok_follower_territories": r"^(?:FollowerTopTerritories|Top Territories)\.csv$",
    "tiktok_follower_activity": r"^Follower ?[Aa]ctivity\.csv$",
    "tiktok_viewers": r"^Viewers\.(?:csv|xlsx)$",
    "tiktok_last_days": r"^Last \d+ days\.csv$",
    "tiktok_business": r"^TIKTOK(?:_AUDIENCE)?_RAW\.csv$",
    "tiktok_business_posts": r"^TIKTOK_VIDEO_RAW\.csv$",
    "instagram_content": r"^[A-Z][a-z]{2}-\d\d-\d{4}_.*\.csv$",
    "facebook_content": r"^[A-Z][a-z]{2}-\d\d-\d{4}_.*\.csv$",
    "x_content": r"^account_analytics_content_.*\.csv$",
    "x_overview": r"^account_overview_analytics\.csv$",
    "x_tweets": r"^tweet_activity_metrics_.*\.csv$",
}


def number(cell: str) -> float:
    return float(cell)


def hours(cell: str) -> float:
    return float(cell) * 3600


def percent(cell: str) -> float:
    return float(cell) / 100


def clock(cell: str) -> float:
    hour, minute, second = cell.split(":")
    return int(hour) * 3600 + int(minute) * 60 + float(second)


Metric = tuple[str, str, Callable[[str], float]]

YOUTUBE: list[Metric] = [
    ("views", r"Views|Aufrufe|Visualizações|Visningar", number),
    ("engaged_views", r"Engaged views", number),
    ("watch_time_s", r"(?:Watch time|Wiedergabezeit|Tempo de exibição|Visningstid) \(\w+\)", hours),
    ("net_follows", r"Subscribers|Abonnenten|Inscritos|Prenumeranter", number),
    ("impressions", r"Impressions|Impressionen|Impressões|Exponeringar", number),
    (
        "impressions_ctr_share",
        r"(?:Impressions click-through rate|Klickrate der Impressionen|"
        r"Taxa de cliques de impressões|Klickfrekvens för exponeringar) \(%\)",
        percent,
    ),
    ("estimated_revenue", r"(?:Estimated revenue|Receita estimada) \(USD\)", number),
    ("average_view_duration_s", r"Average view duration|Genomsnittlig visningslängd", clock),
    ("unique_viewers", r"Espectadores únicos|Unique viewers", number),
]

_YOUTUBE_SEGMENTS = [
    ("views", "Views|Visningar", number),
    ("impressions", "Impressions|Exponeringar", number),
    ("net_follows", "Subscribers|Prenumeranter", number),
    ("gross_follows", "Subscribers gained|Nya prenumeranter", number),
    ("lost_follows", "Subscribers lost|Förlorade prenumeranter", number),
    (
        "watch_time_s",
        r"Watch time \(hours\)|Visningstid \(timmar\)",
        lambda cell: number(cell) * 3600,
    ),
]

METRICS: dict[str, tuple[str, list[Metric]]] = {
    "youtube_breakdown": ("account_breakdown", _YOUTUBE_SEGMENTS),
    "youtube_breakdown_days": ("account_breakdown_day", _YOUTUBE_SEGMENTS),
    "youtube_content": (
        "post_period",
        [
            *YOUTUBE,
            ("likes", "Likes", number),
            ("dislikes", "Dislikes", number),
            ("shares", "Shares", number),
        ],
    ),
    "youtube_date": ("account_day", YOUTUBE),
    "youtube_content_days": ("post_day", YOUTUBE),
    "tiktok_overview": (
        "account_day",
        [
            ("views", "Video Views", number),
            ("profile_views", "Profile Views", number),
            ("likes_net", "Likes", number),
            ("comments_net", "Comments", number),
            ("shares_net", "Shares", number),
        ],
    ),
    "tiktok_follower_history": ("account_day", [("followers", "Followers", number)]),
    "tiktok_follower_activity": (
        "account_hour", [("active_followers", "Active followers", number)],
    ),
    "tiktok_viewers": (
        "account_day",
        [
            ("unique_viewers", "Total Viewers", number),
            ("new_viewers", "New Viewers", number),
            ("returning_viewers", "Returning Viewers", number),
        ],
    ),
    "tiktok_last_days": (
        "account_day",
        [
            ("views", "Video views", number),
            ("followers", "Followers", number),
            ("profile_views", "Profile views", number),
        ],
    ),
    "tiktok_business": (
        "account_day",
        [
            ("views", "Video views", number),
            ("reach", "Reached audience", number),
            ("profile_views", "Profile views", number),
            ("likes_net", "Likes", number),
            ("comments_net", "Comments", number),
            ("shares_net", "Shares", number),
            ("followers", "Total followers", number),
            ("net_follows", "Net growth", number),
            ("gross_follows", "New followers", number),
            ("lost_follows", "Lost followers", number),
        ],
    ),
    "tiktok_content": (
        "post_lifetime",
        [
            ("likes", "Total likes", number),
            ("comments", "Total comments", number),
            ("shares", "Total shares", number),
            ("views", "Total views", number),
        ],
    ),
    "tiktok_business_posts": (
        "post_lifetime",
        [
            ("views", "Video views", number),
            ("likes", "Likes", number),
            ("comments", "Comments", number),
            ("shares", "Shares", number),
            ("saves", "Add to Favorites", number),
        ],
    ),
    "instagram_content": (
        "post_lifetime",
        [(name.lower(), name, number) for name in
         ("Views", "Reach", "Likes", "Shares", "Follows", "Comments", "Saves")],
    ),
    "facebook_content": (
        "post_lifetime",
        [
            *((name.lower(), name, number) for name in
              ("Views", "Reach", "Reactions", "Comments", "Shares")),
            ("reactions_comments_shares", "Reactions, Comments and Shares", number),
            ("clicks", "Total clicks", number),
            ("link_clicks", "Link Clicks", number),
            ("watch_time_s", "Seconds viewed", number),
            ("average_view_duration_s", "Average Seconds viewed", number),
            ("estimated_revenue", r"Estimated earnings \(USD\)", number),
        ],
    ),
    "x_content": (
        "post_lifetime",
        [
            ("impressions", "Impressions", number),
            ("likes", "Likes", number),
            ("saves", "Bookmarks", number),
            ("shares", "Shares?", number),
            ("follows", "New follows", number),
            ("comments", "Replies", number),
            ("reposts", "Reposts", number),
            ("link_clicks", "(?i)Url clicks", number),
        ],
    ),
    "x_overview": (
        "account_day",
        [
            ("impressions", "Impressions", number),
            ("likes", "Likes", number),
            ("saves", "Bookmarks", number),
            ("shares", "Shares", number),
            ("gross_follows", "New follows", number),
            ("lost_follows", "Unfollows", number),
            ("comments", "Replies", number),
            ("reposts", "Reposts", number),
            ("profile_views", "Profile visits", number),
        ],
    ),
    "x_tweets": (
        "post_lifetime",
        [
            ("impressions", "impressions", number),
            ("likes", "likes", number),
            ("comments", "replies", number),
            ("reposts", "retweets", number),
            ("follows", "follows", number),
            ("link_clicks", "url clicks", number),
        ],
    ),
}  # fmt: skip

AUDIENCES: dict[str, str] = {
    "tiktok_follower_gender": "Distribution",
    "tiktok_follower_territories": "Distribution",
    "youtube_viewer_age": r"(?:Views|Visualizações|Visningar) \(%\)",
    "youtube_viewer_gender": r"(?:Views|Visningar) \(%\)",
    "youtube_geography": "Visningar",
    "youtube_cities": "Views|Visningar",
    "youtube_subscription_status": "Views|Visningar",
}
"""Export to the column of its shares or counts."""

YOUTUBE_BY_FIRST_HEADER = {
    "Idade do espectador": "youtube_viewer_age",
    "Viewer age": "youtube_viewer_age",
    "Tittarnas ålder": "youtube_viewer_age",
    "Viewer gender": "youtube_viewer_gender",
    "Tittarnas kön": "youtube_viewer_gender",
    "Geografi": "youtube_geography",
    "Cities": "youtube_cities",
    "Städer": "youtube_cities",
    "Subscription status": "youtube_subscription_status",
    "Prenumerationsstatus": "youtube_subscription_status",
    **dict.fromkeys(
        ("Enhetstyp", "Innehållstyp", "Operativsystem", "Prenumerationskälla", "Trafikkälla"),
        "youtube_breakdown",
    ),
}

CHARTS = ("Chart data", "Diagramdata", "Diagrammdaten", "Dados do gráfico")

VIDEO_TITLES = ("Video title", "Videotitel", "Título do vídeo")

KEYS = {
    "youtube_content": r" ?[A-Za-z0-9_-]{11}",
    "youtube_date": r"\d{1,4}[-/]\d\d?[-/]\d{2,4}",
    "youtube_content_days": r"\d{4}-\d\d-\d\d",
    "youtube_breakdown": r"(?!Total).+",
    "youtube_breakdown_days": r"\d{4}-\d\d-\d\d",
}


def deliveries() -> list[Path]:
    if not EXPORTS.is_dir():
        return []
    folders = {file.parent for file in EXPORTS.rglob("*") if file.is_file()}
    return sorted(folder for folder in folders if len(folder.relative_to(EXPORTS).parts) > 1)


def files_of(folder: Path) -> Iterator[SourceFile]:
    platform, handle = folder.relative_to(EXPORTS).parts[:2]
    for file in sorted(folder.iterdir()):
        if not file.is_file():
            continue
        path = str(file.relative_to(EXPORTS))
        members: list[tuple[str | None, bytes, date | None]] = [(None, file.read_bytes(), None)]
        if file.suffix == ".zip":
            with zipfile.ZipFile(file) as archive:
                members = [
                    (entry.filename, archive.read(entry), date(*entry.date_time[:3]))
                    for entry in archive.infolist()
                ]
        for member, content, entry_on in members:
            yield SourceFile(
                file_id=f"{path}!{member}",
                path=path,
                member=member,
                content=content,
                sha256=hashlib.sha256(content).hexdigest(),
                size_bytes=len(content),
                platform=platform,
                handle=handle.lower(),
                entry_on=entry_on,
                arrived_on=date(2026, 11, 23),
            )


def is_of_insights(file: SourceFile) -> bool:
    """Tell Meta's files of titled tables, which test_real_insights reads."""
    return file.content.startswith((b"sep=,\n", "\ufeffsep=,\n".encode("utf-16-le")))


def is_of_information(file: SourceFile) -> bool:
    """Tell Instagram's download of information, which test_real_information reads."""
    return file.path.endswith(".json")


def raw(file: SourceFile) -> list[list[str]]:
    if file.path.endswith(".xlsx"):
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(file.content)).get_sheet_by_index(0)
        return [[str(cell) for cell in row] for row in sheet.to_python()]
    text = file.content.decode("utf-8-sig").replace("\u00ad", "")
    return list(csv.reader(io.StringIO(text, newline="")))


def own_sums(file: SourceFile, export: str) -> tuple[int, dict[str, float]]:
    """Count and sum a file's own data rows, without anything of the product."""
    header, *lines = raw(file)
    key = KEYS.get(export, r"(?s).+")
    data = [line for line in lines if line and re.fullmatch(key, line[0])]
    sums: dict[str, float] = {}
    for metric, pattern, read in METRICS[export][1]:
        places = [i for i, name in enumerate(header) if re.fullmatch(pattern, name.strip())]
        if places:
            cells = [line[places[0]] for line in data if len(line) > places[0]]
            sums[metric] = sum(read(cell) for cell in cells if cell not in NOT_REPORTED)
    return len(data), sums


NOT_REPORTED = ("", "undefined", "NAN", "--")


def own_shares(file: SourceFile, export: str) -> list[float]:
    """Read a file's own shares, or its counts over its Total or their sum, ascending."""
    header, *lines = raw(file)
    column = next(i for i, name in enumerate(header) if re.fullmatch(AUDIENCES[export], name))
    cells = {line[0]: line[column] for line in lines if len(line) > column and line[column]}
    figures = {
        key: float(cell.rstrip("%")) / (100 if "%" in cell + header[column] else 1)
        for key, cell in cells.items()
    }
    total = figures.pop("Total", None) or figures.pop("Totalt", None)
    is_count = not ("%" in header[column] or export.startswith("tiktok"))
    whole = (total or sum(figures.values())) if is_count else 1
    return sorted(figure / whole for figure in figures.values())


def expected_kind(file: SourceFile) -> str | None:
    name = Path(file.member or file.path).name
    for kind, pattern in KINDS.items():
        if kind.startswith(file.platform) and re.search(pattern, name):
            return kind
    if file.platform == "youtube" and name.endswith(".csv"):
        if any(chart in name for chart in CHARTS):
            is_of_videos = any(title in raw(file)[0] for title in VIDEO_TITLES)
            return "youtube_content_days" if is_of_videos else "youtube_breakdown_days"
        header = [name.replace("\u00ad", "") for name in raw(file)[0]]
        if header[0] in YOUTUBE_BY_FIRST_HEADER:
            return YOUTUBE_BY_FIRST_HEADER[header[0]]
        if {"Conteúdo", "Innehåll"} & set(header[:1]):
            return "youtube_content"
        figures = [pattern for _, pattern, _ in YOUTUBE]
        if header[0] in ("Date", "Datum", "Data") and all(
            any(re.fullmatch(pattern, name) for pattern in figures) for name in header[1:]
        ):
            return "youtube_date"
    return None


@pytest.mark.parametrize(
    "folder", deliveries(), ids=lambda folder: str(folder.relative_to(EXPORTS))
)
def test_every_file_loads_to_the_unit_or_is_named_and_left(folder):
    files = {file.file_id: file for file in files_of(folder)}
    readings = list(read_delivery(list(files.values())))
    assert {reading.record.file_id for reading in readings} == set(files)
    for reading in readings:
        file = files[reading.record.file_id]
        if is_of_insights(file) or is_of_information(file) or file.platform == "linkedin":
            continue
        if file.path.startswith("datasets/"):
            continue
        kind = expected_kind(file)
        if kind is None:
            check_left(reading)
        elif reading.record.status == "repeated":
            assert reading.record.rows_in == 0
        elif kind in AUDIENCES:
            check_audience(reading, file, kind)
        else:
            check_loaded(reading, file, kind)


def check_left(reading: FileReading) -> None:
    record = reading.record
    assert (record.status, record.export) == ("unrecognised", None), record
    assert record.reason
    assert not record.reason.startswith("defect")
    assert record.nearest_export
    assert reading.tables == {}
    assert (record.rows_in, record.loaded) == (0, 0)


def check_audience(reading: FileReading, file: SourceFile, kind: str) -> None:
    record = reading.record
    assert (record.export, record.status) == (kind, "loaded"), record
    assert record.quarantined == 0, reading.quarantine.rows()[:3]
    rows = reading.tables["audience"]
    assert rows["share"].sum() == pytest.approx(1, abs=1e-9)
    assert rows["distribution_id"].n_unique() == 1
    listed = rows.filter(rows["segment"] != "unreported")
    expected = own_shares(file, kind)
    assert record.loaded == len(expected)
    assert listed["segment"].is_unique().all()
    assert listed["share"].sort().to_list() == pytest.approx(expected, abs=2e-4)


def check_loaded(reading: FileReading, file: SourceFile, kind: str) -> None:
    record = reading.record
    assert (record.export, record.status) == (kind, "loaded"), record
    assert record.quarantined == 0, reading.quarantine.rows()[:3]
    assert record.rows_in == record.loaded + record.not_data
    rows, sums = own_sums(file, kind)
    table = reading.tables[METRICS[kind][0]]
    assert table.height == record.loaded == rows
    assert sums
    for metric, total in sums.items():
        assert table[metric].sum() == pytest.approx(total, rel=1e-6, abs=1e-9), metric


def test_each_kind_has_real_files():
    found = {
        reading.record.export
        for folder in deliveries()
        for reading in read_delivery(list(files_of(folder)))
    }
    assert found >= {*METRICS, *AUDIENCES}
