"""Days written as labels: names of months and weekdays of many languages, often without a year.

Notes
-----
TikTok Studio writes its headers in English and its days in the language of the interface,
without a year: `April 12`, `26 August`, `8 de marzo`, `18 января`, `9月13日` (exported files, read
2026-11-23).
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise

import polars as pl

from transforms.cells.calendar_names import (
    LOCALES,
    months,
    normalise_name,
    weekdays,
    without_accents,
    words,
)

Label = tuple[int | None, int, int]
"""Year, where there is one, month and day."""

_FILLERS = frozenset(
    {
        "de", "del", "di", "of", "den", "the", "d", "r", "år", "jaar", "του", "\u0433", "\u0440",
        "рік", "ค", "ศ",
    }
)  # fmt: skip
_YEAR_FIRST = re.compile(r"(\d{4})[-/.] ?(\d{1,2})[-/.] ?(\d{1,2})(?:[t ].*)?")
_EAST_ASIAN = re.compile(r"(?:(\d{4}) ?[年년] ?)?(\d{1,2}) ?[月월] ?(\d{1,2})(?: ?[日일])?")
_VIETNAMESE_DAY_FIRST = re.compile(
    r"(?:ngày )?(\d{1,2}) (?:th[áa]ng|thg) (\d{1,2})(?:(?:,| n[ăa]m)? (\d{4}))?"
)
_VIETNAMESE_MONTH_FIRST = re.compile(
    r"(?:th[áa]ng|thg) (\d{1,2})(?:,| ngày)? (\d{1,2})(?:,? (\d{4}))?"
)
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|re|r|e|:a|:e|-?\u0433\u043e|-?\u0435)?")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_SPREADSHEET = re.compile(r"(\d{1,2})-(?=[^\W\d])|(?<=[^\W\d])-(?=\d{1,2}$)")
"""`12-Apr` is what Excel makes of `April 12` and `12 April`."""
_NUMBERS = re.compile(r"(\d{1,2})(?:[/-]|\. ?)(\d{1,2})\.?(?:[/. -]((?:19|20)\d{2})(?: \u0433)?)?")
_LEAP_YEAR = 2024


def read_day_labels(labels: pl.Series) -> pl.DataFrame:
    """Read the year, where there is one, the month and the day of each label.

    A name that two languages give to different months (Polish and Croatian `listopad`) means
    what it does in the language of the other labels. Which of two bare numbers is the month,
    all labels together tell, or nothing does.

    Returns
    -------
    pl.DataFrame
        year, month, day in the order of `labels`; all null where the label cannot be read.
    """
    texts = [label or "" for label in labels.cast(pl.String)]
    read = [_read_label(text) for text in texts]
    if None in read:
        numbers = [_numbers(text) if found is None else None
                   for text, found in zip(texts, read, strict=True)]  # fmt: skip
        read = [found or bare for found, bare in zip(read, _ordered(numbers), strict=True)]
    if any(isinstance(found, tuple) and found[1] in _ambiguous() for found in read):
        language = _language(found[1] for found in read if found)
    else:
        language = None
    return pl.DataFrame(
        [_meant(found, language) if found else (None, None, None) for found in read],
        schema={"year": pl.Int32, "month": pl.Int32, "day": pl.Int32},
        orient="row",
    )


Read = tuple[int | None, str | int, int]
"""A label as read alone: the month still by its name where a name tells it."""

Numbers = tuple[int, int, int | None]
"""The two numbers of a label that names no month, in its order, and its year."""


@lru_cache(maxsize=10_000)
def _read_label(label: str) -> Read | None:
    text = _SPREADSHEET.sub(r"\1 ", _bare(label), count=1)
    for candidate in _without_weekday(text):
        if match := _YEAR_FIRST.fullmatch(candidate) or _EAST_ASIAN.fullmatch(candidate):
            year, month, day = match.groups()
        elif match := _VIETNAMESE_DAY_FIRST.fullmatch(candidate):
            day, month, year = match.groups()
        elif match := _VIETNAMESE_MONTH_FIRST.fullmatch(candidate):
            month, day, year = match.groups()
        elif read := _read_words(words(candidate)):
            return read
        else:
            continue
        return _valid(int(year) if year else None, int(month), int(day))
    return None


def _bare(label: str) -> str:
    return normalise_name(label).rstrip(" .")


def _without_weekday(text: str) -> Iterable[str]:
    """Give the text, then what is left of it where a weekday begins or ends it.

    As it stands comes first: `mar 3` is a day in March, `mar, 3 ene` a Tuesday in January.
    """
    first, last = _weekday_patterns()
    for spelled in dict.fromkeys((text, without_accents(text))):
        yield spelled
        for pattern in (first, last):
            if match := pattern.fullmatch(spelled):
                yield match.group(1)


@cache
def _weekday_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = "|".join(re.escape(name) for name in sorted(weekdays(), key=len, reverse=True))
    first = rf"(?:{names})(?:ที่)?[\s.,\u060c]+(.+)"
    last = rf"(.+?)(?:[\s.,\u060c(]+|(?<=[日일]))(?:{names})[.)]*"
    return re.compile(first), re.compile(last)


def _read_words(parts: list[str]) -> Read | None:
    years = [int(word) for word in parts if _YEAR.fullmatch(word)]
    days = [int(match.group(1)) for word in parts if (match := _DAY.fullmatch(word))]
    numbers = sum(word[0].isdigit() for word in parts)
    if len(days) != 1 or len(years) > 1 or numbers != len(days) + len(years):
        return None
    name = _month_name([word for word in parts if not word[0].isdigit()])
    if name is None:
        return None
    is_day = any(_valid(None, month, days[0]) for month in months()[name].values())
    return (years[0] if years else None, name, days[0]) if is_day else None


def _month_name(names: list[str]) -> str | None:
    """Find the name of a month, with and without the words that only join."""
    bare = [word for word in names if word not in _FILLERS]
    spellings = (" ".join(names), " ".join(bare))
    return next((spelled for spelled in spellings if spelled in months()), None)


@cache
def _ambiguous() -> frozenset[str]:
    return frozenset(name for name, meant in months().items() if len(set(meant.values())) > 1)


def _language(read: Iterable[str | int]) -> str:
    """Give the language that knows most of the names; of several the first."""
    known = Counter(language for name in set(read) if isinstance(name, str)
                    for language in months()[name])  # fmt: skip
    return max(LOCALES, key=lambda language: known[language])


def _meant(read: Read, language: str | None) -> Label | tuple[None, None, None]:
    year, name, day = read
    if isinstance(name, int):
        return year, name, day
    meant = months()[name]
    month = meant.get(language or "", next(iter(meant.values())))
    return _valid(year, month, day) or (None, None, None)


def _numbers(label: str) -> Numbers | None:
    for candidate in _without_weekday(_bare(label)):
        if match := _NUMBERS.fullmatch(candidate):
            one, two, year = match.groups()
            return int(one), int(two), int(year) if year else None
    return None


def _ordered(numbers: Sequence[Numbers | None]) -> list[Label | None]:
    """Read bare numbers in the one order that makes all of them days, else days in a row."""
    found = [label for label in numbers if label]
    orders = [read for read in (_day_first, _month_first) if found and all(map(read, found))]
    if len(orders) > 1:
        orders = [read for read in orders if _are_in_a_row([read(label) for label in found])]
    if len(orders) != 1:
        return [None] * len(numbers)
    return [orders[0](label) if label else None for label in numbers]


def _day_first(label: Numbers) -> Label | None:
    return _valid(label[2], label[1], label[0])


def _month_first(label: Numbers) -> Label | None:
    return _valid(label[2], label[0], label[1])


def _are_in_a_row(labels: Sequence[Label | None]) -> bool:
    days = [date(year or _LEAP_YEAR, month, day) for year, month, day in filter(None, labels)]
    steps = {abs((later - earlier).days) for earlier, later in pairwise(days)}
    return bool(steps) and steps <= {0, 1, 365}


def _valid(year: int | None, month: int, day: int) -> Label | None:
    try:
        date(_LEAP_YEAR if year is None else year, month, day)
    except ValueError:
        return None
    return year, month, day
