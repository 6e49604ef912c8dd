"""One form for all spellings of a place's name."""

import re
import unicodedata

_ACCENTS = re.compile("[\u0300-\u036f]+")
_JOINING = re.compile("[.'`\u00b4\u02bb\u02bc\u2018\u2019]+")
_BETWEEN = re.compile(r"[^\w\u0591-\u1aff\u3099\u309a]+")
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "\u0131": "i",
        "ə": "a",
    }
)


def normalised(name: str) -> str:
    """Spell a name without case, accents and punctuation, and without a leading `the`.

    Returns
    -------
    str
        Words with single spaces between; letters without marks, in their own script: `São Paulo`
        is `sao paulo`, `Ελλάδα` is `ελλαδα`, `U.S.` is `us`. Vowel signs of Indic scripts stay:
        without them different names become one.
    """
    text = name.casefold()
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = unicodedata.normalize("NFKC", _ACCENTS.sub("", decomposed)).casefold()
        text = text.translate(_LETTERS)
    joined = _JOINING.sub("", text.replace("&", " and "))
    return _BETWEEN.sub(" ", joined).strip().removeprefix("the ")
