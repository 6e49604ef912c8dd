"""YouTube Studio's audience reports: viewer age and gender, geography, cities, traffic sources."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar
from zlib import crc32

import numpy as np

from tests.sample.account import FIRST_DAY
from tests.sample.place_names import city
from tests.sample.simulation import Truth
from tests.sample.youtube import HEADERS, MEMBERS, TOTAL, table

Key = TypeVar("Key")

WITHHELD_BELOW = 0.03
"""Share of views under which Studio lists no row; the Total has them all the same."""

CHARTED = 3
REPORTS: dict[str, dict[str, str]] = {
    "en": {
        "age": "Viewer age",
        "gender": "Viewer gender",
        "country": "Geography",
        "city": "Cities",
        "source": "Traffic source",
    },
    "sv": {
        "age": "Tittarnas ålder",
        "gender": "Tittarnas kön",
        "country": "Geografi",
        "city": "Städer",
        "source": "Trafikkälla",
    },
    "pt": {"age": "Idade do espectador"},
}
"""Reports whose headers a real file has shown, by language."""

_CITY_NAME = {"en": "City name", "sv": "Ort"}
_VIEWS_SHARE = {"en": "Views (%)", "sv": "Visningar (%)", "pt": "Visualizações (%)"}
_TIMES = {
    "en": ("Average view duration", "Average percentage viewed (%)", "Watch time (hours) (%)"),
    "sv": (
        "Genomsnittlig visningslängd",
        "Genomsnittlig procent som har visats (%)",
        "Visningstid (timmar) (%)",
    ),
    "pt": (),
}
_AGES = {"en": "{} years", "sv": "{} år", "pt": "{} anos"}
_GENDERS = {
    "en": {"female": "Female", "male": "Male", "other": "User-specified"},
    "sv": {"female": "Kvinna", "male": "Man"},
}
_SOURCES = {
    "en": ("YouTube search", "Suggested videos", "Browse features", "External"),
    "sv": ("YouTube-sökning", "Videoförslag", "Bläddringsfunktioner", "Externt"),
}
_SOURCE_SHARES = (0.41, 0.32, 0.18, 0.09)


def zip_name(truth: Truth, report: str, start: date, end: date) -> str:
    """Name a report's zip; `end` is the last day covered, the name holds the day after."""
    label = REPORTS[truth.account.language][report]
    return f"{label} {start}_{end + timedelta(days=1)} {truth.account.name}.zip"


def report(truth: Truth, name: str, start: date, end: date) -> dict[str, bytes]:
    """Write one report of a period, both days inclusive: the members of its zip."""
    if name in ("age", "gender"):
        return {MEMBERS[truth.account.language][0]: _people(truth, name)}
    return _views(truth, name, start, end)


def ages(truth: Truth) -> dict[str, float]:
    """Give the ages that are listed; their shares are of what is listed."""
    return _listed_only(truth.account.audience.ages)


def genders(truth: Truth) -> dict[str, float]:
    """Give the genders that are listed, and that the language has a word for."""
    told = truth.account.audience.genders
    named = {key: told[key] for key in _GENDERS[truth.account.language]}
    return _listed_only(named, withheld_below=0.001)


def listed(shares: Mapping[Key, float]) -> dict[Key, float]:
    """Give the shares of the places that are listed, most first."""
    ordered = sorted(shares.items(), key=lambda one: -one[1])
    return {key: share for key, share in ordered if share >= WITHHELD_BELOW}


def period_views(truth: Truth, start: date, end: date) -> np.ndarray:
    """Give the channel's views on each day of a period."""
    first, last = ((day - FIRST_DAY).days for day in (start, end))
    return truth.daily.views.sum(axis=1)[first : last + 1]


def _listed_only(
    shares: Mapping[str, float], withheld_below: float = WITHHELD_BELOW
) -> dict[str, float]:
    kept = {key: share for key, share in shares.items() if share >= withheld_below}
    return {key: round(share / sum(kept.values()), 4) for key, share in kept.items()}


def _people(truth: Truth, name: str) -> bytes:
    """Write ages or genders: no Total, and no row for those withheld."""
    language = truth.account.language
    times = _TIMES[language]
    if name == "age":
        template = _AGES[language]
        rows = {
            template.format(_band(band, language)): share for band, share in ages(truth).items()
        }
    else:
        rows = {_GENDERS[language][key]: share for key, share in genders(truth).items()}
    watched = ("0:04:12", "41.3")
    return table(
        [
            [REPORTS[language][name], _VIEWS_SHARE[language], *times],
            *(
                [label, percent := _percent(share), *((*watched, percent) if times else ())]
                for label, share in rows.items()
            ),
        ]
    )


def _band(band: str, language: str) -> str:
    if band.endswith("+"):
        return band
    return band.replace("-", " a " if language == "pt" else "\N{EN DASH}")


def _views(truth: Truth, name: str, start: date, end: date) -> dict[str, bytes]:
    """Write places or sources: the Total counts what the rows leave out."""
    language = truth.account.language
    headers, members = HEADERS[language], MEMBERS[language]
    days = period_views(truth, start, end)
    total = int(days.sum())
    keys = [REPORTS[language][name], *([_CITY_NAME[language]] if name == "city" else [])]
    metrics = [headers[key] for key in ("views", "watch_time", "average_duration")]
    rows = [
        ([TOTAL[language], *[""] * (len(keys) - 1)], total),
        *_entries(truth, name, total),
    ]
    labels = [FIRST_DAY + timedelta(days=day) for day in range((start - FIRST_DAY).days, 181)]
    dated = [day.isoformat() for day in labels[: days.size]]
    return {
        members[0]: table(
            [
                [*keys, *metrics],
                *([*key, str(views), f"{views * 0.03:.4f}", "0:01:48"] for key, views in rows),
            ]
        ),
        members[1]: table(
            [
                [headers["date"], *keys, headers["views"]],
                *(
                    [day, *key, str(int(seen) * views // total)]
                    for key, views in rows[1 : 1 + CHARTED]
                    for day, seen in zip(dated, days, strict=True)
                ),
            ]
        ),
        members[2]: table(
            [
                [headers["date"], headers["views"]],
                *([day, str(seen)] for day, seen in zip(dated, days, strict=True)),
            ]
        ),
    }


def _entries(truth: Truth, name: str, total: int) -> list[tuple[Sequence[str], int]]:
    audience, language = truth.account.audience, truth.account.language
    if name == "country":
        return [([code], int(total * share)) for code, share in listed(audience.countries).items()]
    if name == "city":
        return [
            ([_feature(place), city(*place, language)], int(total * share))
            for place, share in listed(audience.cities).items()
        ]
    shares = zip(_SOURCES[language], _SOURCE_SHARES, strict=True)
    return [([source], int(total * share)) for source, share in shares]


def _feature(place: tuple[str, str]) -> str:
    """Give the feature id by which Studio knows a city."""
    number = crc32("/".join(place).encode())
    return f"0x{number * 2**31 % 2**64:016x}:0x{number * 2_654_435_761 % 2**64:016x}"


def _percent(share: float) -> str:
    return f"{100 * share:.2f}".rstrip("0").rstrip(".")
