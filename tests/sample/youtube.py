"""YouTube Studio's zips: Table data, Chart data and Totals, in the languages seen."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

import numpy as np

from tests.sample.account import FIRST_DAY, SHORTS_BREAK
from tests.sample.simulation import Counters, Truth, moment

CAP = 500
CHARTED = 5
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_HYPHEN = "\u00ad"
_OPEN, _CLOSE = "\N{FULLWIDTH LEFT PARENTHESIS}", "\N{FULLWIDTH RIGHT PARENTHESIS}"

MEMBERS = {
    "en": ("Table data.csv", "Chart data.csv", "Totals.csv"),
    "de": ("Tabellendaten.csv", "Diagrammdaten.csv", "Gesamtwerte.csv"),
    "pt": ("Dados da tabela.csv", "Dados do gráfico.csv", "Total.csv"),
    "sv": ("Tabelldata.csv", "Diagramdata.csv", "Totalt.csv"),
    "ja": ("表データ.csv", "グラフデータ.csv", "合計.csv"),
}
REPORTS = {
    "en": ("Content", "Date"),
    "de": ("Inhalte", "Datum"),
    "pt": ("Conteúdo", "Data"),
    "sv": ("Innehåll", "Datum"),
    "ja": ("コンテンツ", "日付"),
}
TOTAL = {"en": "Total", "de": "Ge|samt", "pt": "Total", "sv": "Totalt", "ja": "合計"}
FOOTER = {
    "en": "Showing top 500 results",
    "de": "Die 500 be|sten Er|geb|nis|se wer|den an|ge|zeigt",
    "pt": "Mostrando os primeiros 500 resultados",
}
HEADERS: dict[str, dict[str, str]] = {
    "en": {
        "content": "Content",
        "title": "Video title",
        "published": "Video publish time",
        "date": "Date",
        "duration": "Duration",
        "likes": "Likes",
        "shares": "Shares",
        "engaged_views": "Engaged views",
        "views": "Views",
        "watch_time": "Watch time (hours)",
        "subscribers": "Subscribers",
        "average_duration": "Average view duration",
        "impressions": "Impressions",
        "ctr": "Impressions click-through rate (%)",
    },
    "de": {
        "content": "Vi|deo",
        "title": "Vi|deo|ti|tel",
        "published": "Ver|öf|fent|li|chungs|zeit|punkt des Vi|de|os",
        "date": "Da|tum",
        "views": "Auf|ru|fe",
        "watch_time": "Wie|der|ga|be|zeit (Stun|den)",
        "subscribers": "Abon|nen|ten",
        "impressions": "Im|pres|sio|nen",
        "ctr": "Klick|ra|te der Im|pres|sio|nen (%)",
    },
    "pt": {
        "content": "Conteúdo",
        "title": "Título do vídeo",
        "published": "Horário de publicação do vídeo",
        "date": "Data",
        "views": "Visualizações",
        "watch_time": "Tempo de exibição (horas)",
        "subscribers": "Inscritos",
        "revenue": "Receita estimada (BRL)",
        "impressions": "Impressões",
        "ctr": "Taxa de cliques de impressões (%)",
    },
    "sv": {
        "content": "Innehåll",
        "title": "Videotitel",
        "published": "Publiceringstid för video",
        "date": "Datum",
        "views": "Visningar",
        "watch_time": "Visningstid (timmar)",
        "subscribers": "Prenumeranter",
        "average_duration": "Genomsnittlig visningslängd",
        "impressions": "Exponeringar",
        "ctr": "Klickfrekvens för exponeringar (%)",
    },
    "ja": {
        "content": "コンテンツ",
        "title": "動画のタイトル",
        "published": "動画公開時刻",
        "duration": "長さ",
        "engaged_views": "エンゲージ ビュー",
        "views": "視聴回数",
        "watch_time": f"総再生時間{_OPEN}単位: 時間{_CLOSE}",
        "subscribers": "チャンネル登録者",
        "impressions": "インプレッション数",
        "ctr": "インプレッションのクリック率 (%)",
    },
}
_POST_COLUMNS = ("content", "title", "published", "duration")
_DATE_METRICS = ("views", "watch_time", "subscribers", "average_duration")


def _word(text: str) -> str:
    """Spell a word with the soft hyphens that German exports carry."""
    return text.replace("|", _HYPHEN)


def video_id(number: int) -> str:
    """Spell eleven characters; one id in sixteen starts with a hyphen."""
    digits = [(number >> (6 * place)) & 63 for place in range(10)]
    first = "-" if number % 16 == 0 else _ALPHABET[number % 62]
    second = _ALPHABET[digits[0] % 52]
    return first + second + "".join(_ALPHABET[digit] for digit in digits[1:])


def published(day: date) -> str:
    """Write a day as Studio does in every language."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def zip_name(truth: Truth, report: int, start: date, end: date) -> str:
    """Name the zip; `end` is the last day covered, the name holds the day after."""
    label = REPORTS[truth.account.language][report]
    return f"{label} {start}_{end + timedelta(days=1)} {truth.account.name}.zip"


def table(rows: Iterable[Sequence[str]]) -> bytes:
    """Write rows as Studio does: UTF-8 without a mark, LF, quotes where needed."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def content_report(truth: Truth, start: date, end: date) -> dict[str, bytes]:
    """Write the content report of a period, both days inclusive."""
    language = truth.account.language
    header = HEADERS[language]
    earned = truth.counted(moment(end + timedelta(days=1))).since(truth.counted(moment(start)))
    is_listed = (earned.views > 0) & (truth.published_on <= np.datetime64(end))
    order = np.argsort(-earned.views[is_listed], kind="stable")
    places = np.flatnonzero(is_listed)[order]
    keys = [key for key in header if key != "date" and _is_known(key, end)]
    keys = [key for key in keys if key != "average_duration"]
    cells = _cells(truth, earned, start, end)
    rows = [[_word(header[key]) for key in keys], _total(truth, keys, earned, start, end)]
    rows += [[cells[key](place) for key in keys] for place in places[:CAP]]
    if places.size > CAP:
        rows.append([_word(FOOTER[language])])
    members = {MEMBERS[language][0]: table(rows)}
    if "date" in header:
        members[MEMBERS[language][1]] = _chart(truth, places[:CHARTED], start, end)
        members[MEMBERS[language][2]] = _totals(truth, start, end)
    return members


def date_report(truth: Truth, start: date, end: date) -> dict[str, bytes]:
    """Write the date report of a period, newest day first under the Total row."""
    language = truth.account.language
    header = HEADERS[language]
    keys = ["date", *(key for key in _DATE_METRICS if key in header)]
    days = _days(start, end)
    views = truth.daily.views.sum(axis=1)
    hours = (truth.daily.views * _mean_seconds(truth)).sum(axis=1) / 3600
    rows = [[_word(header[key]) for key in keys]]
    for label, picked in [
        (_word(TOTAL[language]), days),
        *((_day(day).isoformat(), [day]) for day in reversed(days)),
    ]:
        watched, seen = hours[picked].sum(), views[picked].sum()
        values = {
            "date": label,
            "views": str(seen),
            "watch_time": f"{watched:.4f}",
            "subscribers": str(truth.net_follows[picked].sum()),
            "average_duration": _clock(watched * 3600 / seen) if seen else "",
        }
        rows.append([values[key] for key in keys])
    return {MEMBERS[language][0]: table(rows), MEMBERS[language][2]: _totals(truth, start, end)}


def resave_in_excel(content: bytes) -> bytes:
    """Change a date report as Excel does: DD-MM-YYYY and CRLF."""
    lines = content.decode().splitlines()
    saved = []
    for line in lines:
        first, comma, rest = line.partition(",")
        if len(first) == 10 and first[4] == first[7] == "-":
            first = "-".join(reversed(first.split("-")))
        saved.append(first + comma + rest)
    return ("\r\n".join(saved) + "\r\n").encode()


def _is_known(key: str, end: date) -> bool:
    return key != "engaged_views" or end >= SHORTS_BREAK


def _mean_seconds(truth: Truth) -> np.ndarray:
    return np.minimum(truth.durations_s * 0.45, 240)


def _days(start: date, end: date) -> list[int]:
    return list(range((start - FIRST_DAY).days, (end - FIRST_DAY).days + 1))


def _day(number: int) -> date:
    return FIRST_DAY + timedelta(days=number)


def _clock(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def _cells(
    truth: Truth, earned: Counters, start: date, end: date
) -> dict[str, Callable[[int], str]]:
    """Give per column what stands in a post's row."""
    net = truth.net_follows[_days(start, end)].sum()
    share = earned.views / max(1, earned.views.sum())
    hours = earned.views * _mean_seconds(truth) / 3600
    impressions = earned.views * (0 if truth.account.shorts else 11)
    ids = [video_id(int(number)) for number in truth.post_numbers]
    return {
        "content": lambda post: f" {ids[post]}" if ids[post].startswith("-") else ids[post],
        "title": lambda post: truth.captions[post],
        "published": lambda post: published(truth.published_on[post].item()),
        "duration": lambda post: str(truth.durations_s[post]),
        "likes": lambda post: str(earned.likes[post]),
        "shares": lambda post: str(earned.shares[post]),
        "engaged_views": lambda post: str(earned.engaged_views[post]),
        "views": lambda post: str(earned.views[post]),
        "watch_time": lambda post: f"{hours[post]:.4f}",
        "subscribers": lambda post: str(round(net * share[post])),
        "revenue": lambda post: f"{earned.views[post] * 0.004:.3f}",
        "impressions": lambda post: str(impressions[post]),
        "ctr": lambda post: "9.09" if impressions[post] else "",
    }


def _total(
    truth: Truth, keys: Sequence[str], earned: Counters, start: date, end: date
) -> list[str]:
    """Write the Total row: over every video, also those beyond the cap."""
    views = earned.views.sum()
    impressions = views * (0 if truth.account.shorts else 11)
    values = {
        "content": _word(TOTAL[truth.account.language]),
        "likes": str(earned.likes.sum()),
        "shares": str(earned.shares.sum()),
        "engaged_views": str(earned.engaged_views.sum()),
        "views": str(views),
        "watch_time": f"{(earned.views * _mean_seconds(truth)).sum() / 3600:.4f}",
        "subscribers": str(truth.net_follows[_days(start, end)].sum()),
        "revenue": f"{views * 0.004:.3f}",
        "impressions": str(impressions),
        "ctr": "9.09" if impressions else "",
    }
    return [values.get(key, "") for key in keys]


def _totals(truth: Truth, start: date, end: date) -> bytes:
    header = HEADERS[truth.account.language]
    views = truth.daily.views.sum(axis=1)
    return table(
        [
            [_word(header["date"]), _word(header["views"])],
            *([_day(day).isoformat(), str(views[day])] for day in _days(start, end)),
        ]
    )


def _chart(truth: Truth, places: np.ndarray, start: date, end: date) -> bytes:
    header = HEADERS[truth.account.language]
    cells = _cells(truth, truth.counted(moment(end)), start, end)
    keys = [key for key in _POST_COLUMNS if key in header]
    return table(
        [
            [_word(header[key]) for key in ("date", *keys, "views")],
            *(
                [
                    _day(day).isoformat(),
                    *(cells[key](post) for key in keys),
                    str(truth.daily.views[day, post]),
                ]
                for post in places
                for day in _days(start, end)
            ),
        ]
    )
