"""What one cell certainly is, in any language."""

import re

from transforms.places.countries import country_code, is_country

_AGE = re.compile(r"\D*(?:13\D+17|18\D+24|25\D+34|35\D+44|45\D+54|55\D+64|65)\D*")
_FEATURE_ID = re.compile(r"\s*0x[0-9a-f]+:0x[0-9a-f]+\s*")
_NUMBER = re.compile(r"\s*[-+]?(?:\d[\d.,\s\u00a0\u202f]*%?|\d+:\d{2}(?::\d{2})?)\s*")
_DAY = re.compile(r"\s*(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})\s*")
_ENGLISH_DAY = re.compile(r"\s*[A-Z][a-z]{2} \d{1,2}, \d{4}\s*")
_VIDEO_ID = re.compile(r"\s*[A-Za-z0-9_-]{11}\s*")
_UNKNOWN_COUNTRY = "ZZ"


def is_age_band(cell: str) -> bool:
    """Say whether it is one of the seven bands of YouTube and Meta, words around it or not."""
    return bool(_AGE.fullmatch(cell))


def is_country_code(cell: str) -> bool:
    """Say whether it is two capital letters that YouTube writes for a country, or for none."""
    code = cell.strip()
    return code == _UNKNOWN_COUNTRY or is_country(code)


def is_country_name(cell: str) -> bool:
    """Say whether it names one country, in any language."""
    return country_code(cell) is not None


def is_day(cell: str) -> bool:
    """Say whether it is a day in digits, in whatever order."""
    return bool(_DAY.fullmatch(cell))


def is_english_day(cell: str) -> bool:
    """Say whether it is a day as YouTube writes that of a video, `Aug 19, 2011`."""
    return bool(_ENGLISH_DAY.fullmatch(cell))


def is_video_id(cell: str) -> bool:
    """Say whether it is the id of a YouTube video, with the space that guards a leading `-`."""
    return bool(_VIDEO_ID.fullmatch(cell))


def is_words(cell: str) -> bool:
    """Say whether it is no number."""
    return not is_number(cell)


def is_anything(cell: str) -> bool:
    """Say yes: the title of a video can be a number."""
    return bool(cell)


def is_feature_id(cell: str) -> bool:
    """Say whether it is the id that YouTube gives a city."""
    return bool(_FEATURE_ID.fullmatch(cell))


def is_number(cell: str) -> bool:
    """Say whether it is a number, a percentage or a duration."""
    return bool(_NUMBER.fullmatch(cell))
