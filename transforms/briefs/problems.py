"""What is wrong with a brief, all of it at once."""

import json
from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any

from rapidfuzz import fuzz, process

NOTHING = object()
"""Stands for a field that is not there."""

_LONGEST_SHOWN = 60
_LIKE = 65.0


class BriefError(ValueError):
    """A brief cannot be used.

    Attributes
    ----------
    problems
        One sentence each: name, field, rule, what stands there, what to do.
    """

    def __init__(self, problems: Collection[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class Problems:
    """Gathers what is wrong while a brief is read."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._found: list[str] = []

    def add(self, field: str, rule: str, found: object, advice: str) -> None:
        """Note that a field breaks a rule."""
        said, meant = (" ".join(text.split()) for text in (field, advice))
        self._found.append(f"{self._name}: {said}: {rule}, found {shown(found)}; {meant}")

    def raise_if_any(self) -> None:
        """Raise BriefError with all that was noted."""
        if self._found:
            raise BriefError(self._found)


def likely(word: str, known: Collection[str]) -> str | None:
    """Give the known word that is spelled most like this one, or null."""
    match = process.extractOne(
        word, list(known), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=_LIKE
    )
    return match[0] if match else None


def did_you_mean(word: str, known: Collection[str]) -> str:
    """Advise the word that was likely meant, else all there are."""
    meant = likely(word, known)
    return f"did you mean {meant}?" if meant else f"write one of {', '.join(known)}"


def shown(value: Any) -> str:
    """Write a value as a brief has it, shortened."""
    if value is NOTHING:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        text = value if len(value) <= _LONGEST_SHOWN else f"{value[:_LONGEST_SHOWN]}..."
        return json.dumps(text, ensure_ascii=False)
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    if isinstance(value, dict):
        return f"a table of {len(value)}"
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, int) and value.bit_length() > 4 * _LONGEST_SHOWN:
        return "a number of more than 70 digits"
    return str(value)
