"""Names of territories, languages, months and weekdays, as CLDR gives them in each language."""

import pickle
from collections.abc import Iterator, Mapping
from typing import Any, Literal

# fmt: off
LANGUAGES = (
    "en", "am", "ar", "af", "as", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el",
    "es", "es_419", "et", "eu", "fa", "fi", "fil", "fr", "ga", "gl", "gu", "he", "hi", "hr", "hu",
    "hy", "id", "is", "it", "ja", "jv", "ka", "kk", "km", "kn", "ko", "ky", "lo", "lt", "lv", "mk",
    "ml", "mn", "mr", "ms", "my", "ne", "nl", "nn", "no", "or", "pa", "pl", "ps", "pt", "pt_PT",
    "ro", "ru", "sd", "si", "sk", "sl", "so", "sq", "sr", "sr_Latn", "sv", "sw", "ta", "te", "tg",
    "th", "tk", "tr", "tt", "uk", "ur", "uz", "vi", "zh", "zh_Hant", "zh_Hant_HK", "zu",
)
# fmt: on
"""CLDR locales of the languages that YouTube Studio, TikTok and Meta are offered in.

All 1,082 locales of CLDR take twice the time to read and name the same countries.
"""


def own_names(kind: Literal["languages", "territories"], locale: str) -> Mapping[str, str]:
    """Read the names that a locale of CLDR gives itself, without those it inherits.

    Returns
    -------
    Mapping
        Code to name.
    """
    names: Mapping[str, str] = own_data(locale).get(kind, {})
    return names


def own_calendar(kind: Literal["months", "days"], locale: str) -> Iterator[tuple[str, str, int]]:
    """Read what a locale of CLDR calls the months (from 1) or the weekdays (from Monday, 0).

    Yields
    ------
    tuple
        Width (`wide`, `abbreviated`, `narrow`), name and number, in and out of context.
    """
    for widths in own_data(locale).get(kind, {}).values():
        for width, names in widths.items():
            if isinstance(names, Mapping):
                for number, name in names.items():
                    yield width, name, number


def own_data(locale: str) -> Mapping[str, Any]:
    """Read babel's file of a locale: what it says itself, without what it inherits.

    Notes
    -----
    `Locale.parse` keeps every locale whole in memory, which is 87 MB and 0.33 s for LANGUAGES;
    this is 7 MB, given back, and 0.17 s (measured 2026-11-23).
    """
    from babel.localedata import resolve_locale_filename

    with open(resolve_locale_filename(locale), "rb") as file:  # noqa: PTH123
        data: Mapping[str, Any] = pickle.load(file)
    return data
