"""One TOML table of a brief: hands out checked values and notes what is wrong with the others."""

import json
import math
import unicodedata
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from transforms.briefs.problems import NOTHING, Problems, did_you_mean


class TextError(ValueError):
    """A text breaks a rule of its field.

    Attributes
    ----------
    rule, advice
        What it must be, and what to do.
    """

    def __init__(self, rule: str, advice: str) -> None:
        super().__init__(f"{rule}; {advice}")
        self.rule = rule
        self.advice = advice


Spelling = Callable[[str], str]
"""Gives a text as it is kept, or raises TextError."""


def tidy(text: str) -> str:
    """Give a text composed (NFC), with single spaces and none outside.

    Raises
    ------
    TextError
        If it is blank or holds a control character.
    """
    composed = " ".join(unicodedata.normalize("NFC", text).split())
    if not composed:
        raise TextError("must not be blank", "write a word or take it out")
    if any(unicodedata.category(char) == "Cc" for char in composed):
        raise TextError("must hold no control characters", "write it again by hand")
    return composed


def one_of(known: Collection[str]) -> Spelling:
    """Make the spelling of a name that must be known, letter for letter."""

    def spell(text: str) -> str:
        if text not in known:
            raise TextError(f"must be one of {', '.join(known)}", did_you_mean(text, known))
        return text

    return spell


def as_number(value: object) -> float | None:
    """Give a finite number; null for anything else, truth values among it."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


class Table:
    """One table of a brief; a field that is absent is null or empty, one that is wrong is noted."""

    def __init__(self, content: Mapping[str, Any], problems: Problems, name: str = "") -> None:
        self.content = content
        self.name = name
        self._problems = problems

    def refuse(self, key: str, rule: str, advice: str, found: object = NOTHING) -> None:
        """Note that a field breaks a rule."""
        value = self.content.get(key, NOTHING) if found is NOTHING else found
        field = ".".join(part for part in (self.name, key) if part)
        self._problems.add(field, rule, value, advice)

    def text(self, key: str, spell: Spelling = tidy) -> str | None:
        """Read a text."""
        value = self.content.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            self.refuse(key, "must be text", "write it in quotes")
            return None
        return self._spelled(key, value, spell)

    def texts(self, key: str, spell: Spelling = tidy) -> tuple[str, ...]:
        """Read a list of texts, each once."""
        value = self.content.get(key, [])
        if not isinstance(value, list):
            example = f"write {key} = [{_quoted(value)}]" if isinstance(value, str) else ""
            self.refuse(key, "must be a list of text", example or 'write ["one", "two"]')
            return ()
        spelled = [self.item(key, position, one, spell) for position, one in enumerate(value, 1)]
        return tuple(dict.fromkeys(one for one in spelled if one is not None))

    def item(self, key: str, position: int, value: object, spell: Spelling) -> str | None:
        """Read one text of a list, the first at position 1."""
        if not isinstance(value, str):
            self.refuse(key, f"item {position} must be text", "write it in quotes", value)
            return None
        return self._spelled(key, value, spell)

    def day(self, key: str) -> date | None:
        """Read a day; a moment is none."""
        value = self.content.get(key)
        if value is None or type(value) is date:
            return value
        self.refuse(key, "must be a day", f"write {key} = 2026-05-01, without quotes or a time")
        return None

    def number(self, key: str) -> float | None:
        """Read a number above 0."""
        if key not in self.content:
            return None
        number = as_number(self.content[key])
        if number is None or number <= 0:
            self.refuse(key, "must be a number above 0", f"write {key} = 40000, without quotes")
            return None
        return number

    def share(self, key: str) -> float | None:
        """Read a number from 0 to 1."""
        if key not in self.content:
            return None
        number = as_number(self.content[key])
        if number is None or not 0 <= number <= 1:
            percent = number is not None and 1 < number <= 100
            advice = f"write {number / 100:g} for {number:g} %" if percent and number else ""
            self.refuse(key, "must be a number from 0 to 1", advice or f"write {key} = 0.5")
            return None
        return number

    def table(self, key: str) -> "Table":
        """Read a table within; an empty one where it is absent or wrong."""
        value = self.content.get(key, {})
        if not isinstance(value, Mapping):
            self.refuse(key, "must be a table", f"write [{key}] and its fields below it")
            value = {}
        return Table(value, self._problems, ".".join(part for part in (self.name, key) if part))

    def _spelled(self, key: str, value: str, spell: Spelling) -> str | None:
        try:
            return spell(tidy(value))
        except TextError as error:
            self.refuse(key, error.rule, error.advice, value)
            return None


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
