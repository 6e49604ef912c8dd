"""How a brief's ranking is told in a terminal: a line for each creator, the reason below it."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_INDENT = 5 * " "
_NARROWEST = 40


def ranking_lines(
    brief: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], width: int
) -> Iterator[str]:
    """Say who suits a brief and why.

    Parameters
    ----------
    brief
        Its row of `warehouse.published.query.brief_rows`.
    rows
        Those of `warehouse.published.query.fit_rows` that are to be shown.
    width
        Columns of the terminal.
    """
    ranked, creators = brief["ranked"], brief["creators"]
    yield f"{_plain(brief['brief_id'])}, {_plain(brief['brand'])}: {_count(ranked, creators)}"
    for row in rows:
        yield ""
        yield from _wrapped(_head(row), "", width)
        yield from _wrapped(_plain(row["reason"]), _INDENT, width)
    shown = sum(row["rank"] is not None for row in rows)
    if left := _left(shown, len(rows) - shown, ranked, creators):
        yield ""
        yield left


def _head(row: Mapping[str, Any]) -> str:
    place = "-" if row["rank"] is None else row["rank"]
    score = "    " if row["score"] is None else f"{row['score']:.2f}"
    name = _plain(row["name"] or "")
    creator = _plain(row["creator"])
    who = creator if name in ("", creator) else f"{creator} ({name})"
    standing = (
        row["platforms"].replace("+", " and "),
        row["tier"] or "tier not known",
        f"engagement {row['trend']}".replace("_", " ") if row["trend"] else "trend not known",
    )
    return f"{place:>3}  {score}  {who}: {', '.join(standing)}"


def _count(ranked: int, creators: int) -> str:
    if creators == 0:
        return "nobody has an account on its platforms"
    return f"{ranked} of {creators} creator{'s' if creators > 1 else ''} ranked"


def _left(shown: int, unranked: int, ranked: int, creators: int) -> str:
    said = []
    if shown < ranked:
        said.append(f"{ranked - shown} more ranked: --limit {ranked}")
    if unranked < creators - ranked:
        said.append(f"{creators - ranked - unranked} without a rank: --all")
    return "; ".join(said)


def _wrapped(text: str, indent: str, width: int) -> list[str]:
    return textwrap.wrap(
        text,
        max(width, _NARROWEST),
        initial_indent=indent,
        subsequent_indent=_INDENT,
        break_on_hyphens=False,
    )


def _plain(text: str) -> str:
    """Take out what would move the cursor of a terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
