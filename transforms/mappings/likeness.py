"""How like a stranger's header is to a name that is known: word by word, not letter by letter.

`Dislikes` shares six letters with `Likes` and means its opposite; `Follower Count`, `followerCount`
and `followers` share one word and mean the same. A header is likely a name only where each word of
the one is a word of the other; what is merely spelled alike is worth asking about, no more.
"""

import re
from functools import cache

from rapidfuzz import fuzz

from transforms.headers import normalise_header

SURE, LIKELY, WORTH_SAYING = 90.0, 75.0, 55.0
"""From what likeness a guess is sure, is taken, and is worth saying; in percent."""

_SPELLED_ALIKE = 88.0
_LETTERS_ALONE = 70.0
_MISSPELLED = SURE - 1.0
_REORDERED = 97.0
_DOUBTFUL = LIKELY - 1.0
_INNER_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WORD = re.compile(r"[^\W_]+|[#%]")
_SHORT = {"avg": "average", "mean": "average", "eng": "engagement", "sub": "subscriber"}
_FILLING = frozenset({"count", "number", "num", "nb", "total", "of", "the", "de", "in"})
_SHORTEST_PLURAL = 4


def likeness(header: str, name: str) -> float:
    """Measure how like a header is to a name, in percent.

    Returns
    -------
    float
        100 where both are the same but for case and signs, 90 to 100 where they have the same
        words, 75 to 90 where each word is spelled like one of the other, less where one has a word
        that the other lacks, 0 where no word is common to both and few letters are.
    """
    if normalise_header(header) == normalise_header(name):
        return 100.0
    mine, theirs = words(header), words(name)
    if sorted(mine) == sorted(theirs) or "".join(mine) == "".join(theirs):
        return _REORDERED
    by_letters = float(fuzz.token_sort_ratio(" ".join(mine), " ".join(theirs)))
    alike = sum(_spelled_alike(word, theirs) for word in mine)
    if not alike and by_letters < _LETTERS_ALONE:
        return 0.0
    return min(by_letters, _MISSPELLED if alike == len(mine) == len(theirs) else _DOUBTFUL)


@cache
def words(header: str) -> tuple[str, ...]:
    """Give the words of a header, each in the singular, without those that say only that it counts.

    Where nothing else stands, they stay.
    """
    spaced = normalise_header(_INNER_CAPITAL.sub(" ", header))
    found = tuple(_SHORT.get(word, word) for word in map(_singular, _WORD.findall(spaced)))
    return tuple(word for word in found if word not in _FILLING) or found


def _singular(word: str) -> str:
    if len(word) < _SHORTEST_PLURAL or word.endswith("ss"):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word.removesuffix("s")


def _spelled_alike(word: str, others: tuple[str, ...]) -> bool:
    return any(
        word == other or (fuzz.ratio(word, other) >= _SPELLED_ALIKE and not _negates(word, other))
        for other in others
    )


def _negates(word: str, other: str) -> bool:
    """Say whether the one is the other with a syllable before it, as `unfollow` is."""
    return word.endswith(other) or other.endswith(word)
