"""Header names made comparable: however a platform, a browser or Excel wrote them."""

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = re.compile(
    "[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe0e\ufe0f\ufeff]"
)
_BEFORE_BRACKET = re.compile(r"\s+\(")
_UNIFIED = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u02b9\u00b4\u0060\u2032\u055a", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63", "-"),
    }
)


_DOTS = {0x0131: "i", 0x0307: None}
"""A Turkish `I` is the capital of a letter without a dot, everybody else's of one with it."""


@lru_cache(maxsize=10_000)
def normalise_header(text: str) -> str:
    """Give the form under which two spellings of one header are equal.

    Notes
    -----
    YouTube hyphenates German headers with U+00AD; French ones carry narrow no-break spaces and
    typographic apostrophes; Japanese ones full-width brackets; Excel leaves newlines and spaces
    at the ends (seen in exported files on 2026-11-23). The acute accent and the prime stand for
    an apostrophe, so they are mapped before NFKC would split them into a space and an accent.
    """
    unified = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text).translate(_UNIFIED))
    folded = unicodedata.normalize("NFKC", unified.translate(_UNIFIED).casefold())
    folded = folded.translate(_DOTS)
    return " ".join(_INVISIBLE.sub("", folded).split())


@lru_cache(maxsize=10_000)
def as_rewritten(header: str) -> str:
    """Give the form in which a normalised header is equal to one that a database rewrote.

    Notes
    -----
    People who load an export into a database write `Watch_time (hours)` for `Watch time (hours)`
    and `Rate(%)` for `Rate (%)` (a public file of 2023, read 2026-11-23). What a header measures,
    its unit in brackets included, stays.
    """
    return _BEFORE_BRACKET.sub("(", " ".join(header.replace("_", " ").split()))
