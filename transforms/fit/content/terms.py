"""Words, handles and hashtags of a text: one spelling per word, in any script.

A word is of letters, marks and digits, after NFKC and case folding; a hashtag is its word. Scripts
that put no spaces between words give pairs of neighbouring characters. Addresses, e-mails and
handles are no words. A term is a word with a letter; numbers count within phrases only.
"""

from collections.abc import Sequence

import polars as pl

MAX_CHARACTERS = 5_000
"""Read of a text; Instagram allows 2,200 characters, TikTok 4,000, Facebook 63,206."""

_IGNORED = r"[[\p{Cf}\x{FE00}-\x{FE0F}™℠®©]--\x{200B}]"
_FOLDS = {
    "ß": "ss",
    "\N{GREEK SMALL LETTER FINAL SIGMA}": "\N{GREEK SMALL LETTER SIGMA}",
    "i\N{COMBINING DOT ABOVE}": "i",
    "\N{LATIN SMALL LETTER DOTLESS I}": "i",
}

_CHARACTER = r"[\p{L}\p{Mn}\p{Mc}\p{N}]"
_WORD = rf"[\p{{L}}\p{{N}}]{_CHARACTER}*(?:_+{_CHARACTER}+)*"
_HASHTAG = rf"#(?:{_CHARACTER}|_)+"
_HANDLE = rf"@(?:{_CHARACTER}|_)+(?:\.(?:{_CHARACTER}|_)+)*"
_EMAIL = r"[a-z0-9._%+\-]*[a-z0-9_]@[a-z0-9.\-]+"
_LABELS = rf"(?:{_CHARACTER}|-)+(?:\.(?:{_CHARACTER}|-)+)*"
_ADDRESS = (
    r"(?:https?://|www\.)\S+"
    rf"|{_LABELS}\.[a-z]+/\S*"
    rf"|{_LABELS}\.(?:com|net|org|dk|eu|io)(?-u:\b)"
)
_NO_TERM = rf"{_ADDRESS}|{_EMAIL}|{_HANDLE}"

_SCRIPTS = ("Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar")
_ANY_SCRIPT = "".join(rf"\p{{scx={script}}}" for script in _SCRIPTS)
_UNSPACED = rf"[[{_ANY_SCRIPT}]&&\p{{L}}]\p{{M}}*"


def folded(text: pl.Expr) -> pl.Expr:
    """Spell a text as it is compared: NFKC, folded case, without invisible characters.

    Notes
    -----
    Turkish dotted and dotless i become one, so that capitals need no language.
    """
    return (
        text.str.slice(0, MAX_CHARACTERS)
        .str.replace_all(_IGNORED, "")
        .str.normalize("NFKC")
        .str.to_lowercase()
        .str.replace_many(list(_FOLDS), list(_FOLDS.values()))
        .str.normalize("NFC")
    )


def word_text(folded_text: pl.Expr) -> pl.Expr:
    """Give the words of a folded text in their order, a space before, between and after them."""
    words = _paired(folded_text.str.replace_all(_NO_TERM, " ")).str.extract_all(_WORD)
    return pl.format(" {} ", words.list.join(" ")).str.replace(r"^ +$", " ")


def mention_text(folded_text: pl.Expr) -> pl.Expr:
    """Give the different `@handles` and `#hashtags` of a folded text, spaced as its words are."""
    found = folded_text.str.extract_all(rf"{_NO_TERM}|{_HASHTAG}")
    named = found.list.filter(pl.element().str.contains(r"^[@#]")).list.unique(maintain_order=True)
    return pl.format(" {} ", named.list.join(" ")).str.replace(r"^ +$", " ")


def words_of(texts: Sequence[str]) -> list[str]:
    """Give the words of each text, as `word_text` does; a single space where there are none."""
    frame = pl.DataFrame({"text": texts}, schema={"text": pl.String})
    return frame.select(word_text(folded(pl.col("text")))).to_series().to_list()


def is_term(word: pl.Expr) -> pl.Expr:
    """Tell words with a letter from numbers alone and from nothing."""
    return word.str.contains(r"\p{L}")


def is_unspaced_character(term: str) -> bool:
    """Tell whether a term is one character of a script without spaces."""
    return bool(pl.Series([term]).str.contains(rf"^{_UNSPACED}$").item())


def _paired(text: pl.Expr) -> pl.Expr:
    """Cut runs of unspaced scripts into pairs: abc is doubled, aabbcc, trimmed, abbc: ab bc."""
    unit = f"(?:{_UNSPACED})"
    return (
        text.str.replace_all(f"({unit})", "${1}${1}")
        .str.replace_all(f"{unit}((?:{unit}{unit})+){unit}|({unit}){unit}", " ${1}${2} ")
        .str.replace_all(f"({unit}{unit})", "${1} ")
    )
