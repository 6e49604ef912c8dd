"""Markdown that a person reads in the Prefect UI, made of text that nobody vouches for."""

import re
from collections.abc import Iterable, Sequence

WIDTH = 120
"""Characters of a value in a table; what is longer is cut."""

_MARKUP = re.compile(r"([\\`*_\[\]<>|~&@])")
_BARE_LINK = re.compile(r"(?i)(?<=[a-z0-9+.-])(?=://)|(?<=\bwww)(?=\.)")
_BLOCK = re.compile(r"^(?:[#+=-]|\d{1,9}(?=[.)]))")
"""What would begin a heading, a list or a rule at the beginning of a line."""

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def escape(text: str) -> str:
    """Keep text from being read as markup, as a link or as HTML; what is not seen becomes a space.

    Notes
    -----
    A backslash before punctuation makes it a plain sign: https://spec.commonmark.org/0.31.2/ 2.4,
    read 2026-11-23. Bare addresses become links in GitHub's dialect, which the UI renders.
    """
    plain = _MARKUP.sub(r"\\\1", _UNSEEN.sub(" ", text).strip())
    return _BLOCK.sub(_unblock, _BARE_LINK.sub(r"\\", plain))


def _unblock(found: re.Match[str]) -> str:
    """Put the backslash before a sign, but after a number."""
    start = found.group()
    return f"{start}\\" if start[0].isdigit() else f"\\{start}"


def cut(text: str, width: int = WIDTH) -> str:
    """Shorten a text to `width` characters; an ellipsis says that it went on."""
    return text if len(text) <= width else f"{text[: width - 1]}…"


def cell(value: object, width: int = WIDTH) -> str:
    """Write a value for a table: null is empty, a number has its thousands apart."""
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return escape(cut(str(value), width))


def table(head: Sequence[str], rows: Iterable[Sequence[object]], numbers: str = "") -> list[str]:
    """Write a table, each cell escaped and cut.

    Parameters
    ----------
    head
        Titles of the columns, `numbers` those that stand to the right.
    """
    line = (" ---: " if title in numbers.split() else " --- " for title in head)
    return [
        f"| {' | '.join(head)} |",
        f"|{'|'.join(line)}|",
        *(f"| {' | '.join(cell(value) for value in row)} |" for row in rows),
    ]


def section(title: str, items: Sequence[str], most: int = 50) -> list[str]:
    """Write a list under a title, and how many it leaves out; nothing where there are none."""
    if not items:
        return []
    said = [f"- {cell(item, 400)}" for item in items[:most]]
    return ["", f"## {title}", "", *said, *more(len(items) - most, "more")]


def more(count: int, what: str) -> list[str]:
    """Say how many were left out, if any were."""
    return ["", f"And {count:,} {what}."] if count > 0 else []


def link(title: str, url: str | None) -> str:
    """Write a link to a page of ours; its title alone where there is no such page."""
    return f"[{title}]({url})" if url else title
