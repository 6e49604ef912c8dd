"""What briefs ask of captions, in the spelling in which captions are read."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from schemas.brief import Brief
from transforms.fit.content.terms import folded, is_unspaced_character, words_of

_SUFFIXES = ("", "com", "global", "official")
_PREFIX_LENGTH = 5


@dataclass(frozen=True, kw_only=True)
class Question:
    """What one brief asks of captions.

    Attributes
    ----------
    terms
        Term of topics, hashtags and values to how often the brief has it.
    avoided
        What stands in a caption's `words` where it says what the brief avoids, to how the brief
        writes it.
    wordless_wanted, wordless_avoided
        Entries without any term, which nobody can look for: emoji, numbers.
    competitors
        `@handle` or `#hashtag` to the competitor that it names.
    brand_keys
        Letters and digits of handles of the brief's own brand.
    brand_prefix
        What other handles of the brand begin with; null for a short name.
    """

    terms: Mapping[str, int]
    avoided: Mapping[str, str]
    wordless_wanted: tuple[str, ...]
    wordless_avoided: tuple[str, ...]
    competitors: Mapping[str, str]
    brand_keys: frozenset[str]
    brand_prefix: str | None


def question(brief: Brief) -> Question:
    """Spell what a brief asks of captions as captions are spelled."""
    wanted = [*brief.topics, *brief.hashtags, *brief.values]
    words = dict(zip([*wanted, *brief.avoid], words_of([*wanted, *brief.avoid]), strict=True))
    wordless = {text for text, found in words.items() if not any(map(str.isalpha, found))}
    key = name_key(pl.Series([brief.brand])).item()
    countries = (country.lower() for country in brief.audience.get("country", {}))
    return Question(
        terms=Counter(
            word for text in wanted for word in words[text].split() if any(map(str.isalpha, word))
        ),
        avoided={
            _pattern(words[text]): text for text in reversed(brief.avoid) if text not in wordless
        },
        wordless_wanted=tuple(text for text in wanted if text in wordless),
        wordless_avoided=tuple(text for text in brief.avoid if text in wordless),
        competitors=_competitors(brief.competitors),
        brand_keys=frozenset(key + suffix for suffix in (*_SUFFIXES, *countries) if key),
        brand_prefix=key if len(key) >= _PREFIX_LENGTH else None,
    )


def name_key(names: pl.Series) -> pl.Series:
    """Give the letters and digits of names: `Havre & Co` and `@havre_co` are both `havreco`."""
    return names.to_frame("name").select(
        folded(pl.col("name")).str.replace_all(r"[^\p{L}\p{N}]", "")
    )["name"]


def _pattern(words: str) -> str:
    """Look for a lone character of an unspaced script within any pair."""
    word = words.strip()
    return word if is_unspaced_character(word) else words


def _competitors(handles: Sequence[str]) -> dict[str, str]:
    keys = name_key(pl.Series(handles, dtype=pl.String))
    return {f"@{handle}": handle for handle in handles} | {
        f"#{key}": handle for handle, key in zip(handles, keys, strict=True)
    }
