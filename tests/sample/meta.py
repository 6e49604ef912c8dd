"""Meta Business Suite's content exports for Instagram and Facebook, lifetime form."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from zlib import crc32
from zoneinfo import ZoneInfo

import numpy as np

from tests.sample.simulation import Truth

PACIFIC = ZoneInfo("America/Los_Angeles")
EXPORT_HOUR = 22
"""Hour of the day, UTC, at which the exports are taken: after the day's last post."""

_SHORTCODE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_INSTAGRAM_EPOCH_MS = 1_314_220_021_721
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

INSTAGRAM = {
    "en": (
        "Post ID", "Account ID", "Account username", "Account name", "Description",
        "Duration (sec)", "Publish time", "Permalink", "Post type", "Data comment", "Date",
        "Views", "Reach", "Likes", "Shares", "Follows", "Comments", "Saves",
    ),
    "pt": (
        "Identificação da publicação", "Identificação da conta", "Nome de usuário da conta",
        "Nome da conta", "Descrição", "Duração (segundos)", "Horário de publicação",
        "Link permanente", "Tipo de publicação", "Comentário de dados", "Data",
        "Visualizações", "Curtidas", "Compartilhamentos", "Comentários", "Salvamentos",
        "Alcance", "Seguimentos",
    ),
}  # fmt: skip
_METRICS = {
    "en": ("views", "reach", "likes", "shares", "follows", "comments", "saves"),
    "pt": ("views", "likes", "shares", "comments", "saves", "reach", "follows"),
}
_TYPES = {
    "en": ("IG reel", "IG image", "IG carousel"),
    "pt": ("Reel do Instagram", "Imagem do Instagram", "Carrossel do Instagram"),
}
_LIFETIME = {"en": "Lifetime", "pt": "Vitalício"}
FACEBOOK = (
    "Post ID", "Page ID", "Page name", "Title", "Description", "Duration (sec)",
    "Publish time", "Caption type", "Permalink", "Is crosspost", "Is share", "Post type",
    "Languages", "Custom labels", "Funded content status", "Data comment", "Date", "Views",
    "Reach", "Reactions, Comments and Shares", "Reactions", "Comments", "Shares",
    "Total clicks", "Link Clicks", "Other Clicks",
    "Matched Audience Targeting Consumption (Photo Click)", "Seconds viewed",
    "Average Seconds viewed", "Estimated earnings (USD)", "Ad impressions",
)  # fmt: skip
LEAKED = "IMPRESSION:UNIQUE_USERS"
SHORT_ROWS, OMITTED = 5, 4


def table(rows: Iterable[Sequence[str]]) -> bytes:
    """Write rows as Meta does: a mark, LF, quotes around what has a space, comma or break."""
    return ("\ufeff" + "".join(",".join(map(_field, row)) + "\n" for row in rows)).encode()


def _field(value: str) -> str:
    return f'"{value.replace(chr(34), chr(34) * 2)}"' if re.search(r'[\s,"]', value) else value


def file_name(truth: Truth, start: date, end: date) -> str:
    """Name the file by its span, both days inclusive, and the id of the export job."""
    job = 10**15 + crc32(f"{truth.account.handle}{end}".encode()) * 1_000
    return f"{_span(start)}_{_span(end)}_{job}.csv"


def _span(day: date) -> str:
    return f"{_MONTHS[day.month - 1]}-{day.day:02}-{day.year}"


def account_id(handle: str) -> str:
    """Give the seventeen digits that Meta knows the account by."""
    return f"17841{400_000_000_000 + crc32(handle.encode())}"


def post_id(truth: Truth, post: int) -> str:
    """Give the post's id: seventeen digits on Instagram, fifteen on Facebook."""
    number = int(truth.post_numbers[post])
    if truth.account.platform == "facebook":
        return str(9 * 10**14 + number % 10**14)
    return f"18{number % 10**15:015d}"


def exported_at(day: date) -> np.datetime64:
    """Give the moment of an export taken on a day."""
    return np.datetime64(day, "us") + np.timedelta64(EXPORT_HOUR, "h")


def shortcode(published_at: np.datetime64, number: int) -> str:
    """Spell the media id, whose upper bits are the millisecond of publication."""
    return str(shortcodes(np.array([published_at]), np.array([number]))[0])


def shortcodes(published_at: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """Spell many media ids, eleven characters each."""
    milliseconds = published_at.astype("datetime64[ms]").astype(np.int64) + numbers % 50_000
    media = (milliseconds - _INSTAGRAM_EPOCH_MS) << 23 | numbers & 0x7FFFFF
    digits = media[:, None] >> np.arange(60, -1, -6) & 63
    letters = np.frombuffer(_SHORTCODE.encode(), dtype="S1")[digits]
    return letters.view("S11").ravel().astype(str)


def publish_time(published_at: np.datetime64) -> str:
    """Write a moment as Meta does, in Los Angeles."""
    utc = published_at.astype("datetime64[s]").item().replace(tzinfo=UTC)
    return f"{utc.astimezone(PACIFIC):%m/%d/%Y %H:%M}"


def posts_of(truth: Truth, start: date, end: date) -> np.ndarray:
    """Give the posts an export of the span lists, by their day in Los Angeles."""
    days = np.array(
        [
            datetime.strptime(publish_time(stamp)[:10], "%m/%d/%Y").replace(tzinfo=PACIFIC).date()
            for stamp in truth.published_at
        ],
        dtype="datetime64[D]",
    )
    return np.flatnonzero((days >= np.datetime64(start)) & (days <= np.datetime64(end)))


def instagram(truth: Truth, start: date, end: date) -> list[list[str]]:
    """Write an Instagram export taken on its last day."""
    account, language = truth.account, truth.account.language
    now = truth.counted(exported_at(end))
    rows = [list(INSTAGRAM[language])]
    for post in posts_of(truth, start, end):
        number = int(truth.post_numbers[post])
        kind = number % 3
        code = shortcode(truth.published_at[post], number)
        metrics = {
            "views": now.views[post],
            "reach": now.reach[post],
            "likes": now.likes[post],
            "shares": now.shares[post],
            "follows": "" if number % 4 == 0 else now.likes[post] // 200,
            "comments": now.comments[post],
            "saves": now.saves[post],
        }
        rows.append(
            [
                post_id(truth, post),
                account_id(account.handle),
                account.handle,
                account.name,
                truth.captions[post],
                str(truth.durations_s[post] % 90 if kind == 0 else 0),
                publish_time(truth.published_at[post]),
                f"https://www.instagram.com/{'reel' if kind == 0 else 'p'}/{code}/",
                _TYPES[language][kind],
                "",
                _LIFETIME[language],
                *(str(metrics[name]) for name in _METRICS[language]),
            ]
        )
    return rows


def collaboration(guest: str, end: date, number: int) -> list[str]:
    """Write the row of a post that another account owns: its reach and follows are blank."""
    published_at = np.datetime64(end, "us") - np.timedelta64(9 * 24 + 3, "h")
    return [
        f"18{number % 10**15:015d}",
        account_id(guest),
        guest,
        "Guest Gustav",
        "Made together 🌿",
        "0",
        publish_time(published_at),
        f"https://www.instagram.com/p/{shortcode(published_at, number)}/",
        "IG image",
        "",
        "Lifetime",
        *(str(2_000 + number % 997), "", "120", "4", "", "9", "3"),
    ]


def facebook(truth: Truth, start: date, end: date) -> list[list[str]]:
    """Write a Facebook export taken on its last day; its last rows are short."""
    now = truth.counted(exported_at(end))
    rows = [list(FACEBOOK)]
    for post in posts_of(truth, start, end):
        kind = ("Photos", "Reels", "Links")[int(truth.post_numbers[post]) % 3]
        number = post_id(truth, post)
        interactions = now.likes[post] + now.comments[post] + now.shares[post]
        clicks = int(now.reach[post]) // 25
        rows.append(
            [
                number,
                account_id(truth.account.handle)[:15],
                truth.account.name,
                truth.captions[post],
                "",
                str(truth.durations_s[post] % 90 if kind == "Reels" else 0),
                publish_time(truth.published_at[post]),
                "N/A",
                f"https://www.facebook.com/{truth.account.handle}/posts/{number}",
                *("0", "0", kind, "", "", "", "", "Lifetime"),
                *map(str, (now.views[post], now.reach[post], interactions)),
                *map(str, (now.likes[post], now.comments[post], now.shares[post], clicks)),
                str(clicks) if kind == "Links" else "",
                *(("", str(clicks)) if kind == "Photos" else (str(clicks), "")),
                *(("5400", "7", "0", "0") if kind == "Reels" else ("", "", "", "")),
            ]
        )
    return rows[:-SHORT_ROWS] + [row[:-OMITTED] for row in rows[-SHORT_ROWS:]]


def leak(rows: list[list[str]], lost_post: str) -> list[list[str]]:
    """Add the row of a post whose metadata Meta lost, and the column that leaks with it."""
    width = len(rows[0])
    failed = [""] * width
    failed[FACEBOOK.index("Data comment")] = (
        f"An error occurred while computing metadata for content with ID {lost_post}."
    )
    failed[FACEBOOK.index("Date")] = "Lifetime"
    leaked = [[*row, ""] if len(row) == width else row for row in rows[1:]]
    return [[*rows[0], LEAKED], [*failed, "311"], *leaked]
