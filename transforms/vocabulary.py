"""What the platforms call things: header names and labels per language, kept as TOML."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from typing import Any, Literal

from transforms.headers import as_rewritten, normalise_header

CURRENCY = "{currency}"
"""Stands in a header name for the ISO 4217 code the platform writes there."""

_KINDS = ("headers", "labels", "titles")


class VocabularyError(ValueError):
    """A TOML of names does not have the shape it needs."""


@dataclass(frozen=True)
class Name:
    """One spelling of one thing in one language.

    Attributes
    ----------
    spelled
        As the platform writes it; may hold `{currency}`.
    seen
        Whether a real file had it, or only a page or a program that reads such files.
    meaning
        What the column is of, where its header tells: `traffic_source` of a breakdown.
    """

    spelled: str
    language: str
    seen: Literal["file", "documentation"] = "file"
    meaning: str | None = None


@dataclass(frozen=True)
class Match:
    """A header that a name spells: the canonical column, in which languages, what it tells.

    Attributes
    ----------
    told
        The currency in it, or what the column is of.
    """

    column: str
    languages: frozenset[str]
    told: str | None = None


@dataclass(frozen=True)
class Vocabulary:
    """Names of an export's columns (`headers`), of words in its cells (`labels`) and of `titles`.

    A title stands alone above a table and says what it is about.
    """

    headers: Mapping[str, tuple[Name, ...]]
    labels: Mapping[str, tuple[Name, ...]]
    titles: Mapping[str, tuple[Name, ...]] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[str, ...]:
        """List the languages any header has a name in, sorted."""
        entries = (*self.headers.values(), *self.titles.values())
        return tuple(sorted({name.language for names in entries for name in names}))

    @cached_property
    def telling(self) -> tuple[str, ...]:
        """List the columns whose header tells more than which column it is: a currency, a kind."""
        return tuple(
            column
            for column, names in self.headers.items()
            if column in self.kinds or any(CURRENCY in name.spelled for name in names)
        )

    @cached_property
    def kinds(self) -> frozenset[str]:
        """List the columns of which there are several kinds, told by the header."""
        return frozenset(
            column for column, names in self.headers.items() if any(one.meaning for one in names)
        )

    def spell(self, column: str, language: str) -> str:
        """Give the header a person would look for: in `language`, else in English."""
        names = self.headers[column]
        fitting = [name for name in names if name.language == language]
        english = [name for name in names if name.language == "en"]
        return (fitting or english or list(names))[0].spelled

    def words(self, label: str) -> tuple[str, ...]:
        """Give the words of a label in every language, normalised, and in plain lower case too.

        Cells are mostly compared in lower case alone, which leaves a Turkish i without a dot and
        the sigma at the end of a Greek word.
        """
        names = [name.spelled for name in self.labels.get(label, ())]
        plain = (name.replace("\u00ad", "").strip().lower() for name in names)
        return tuple(dict.fromkeys([*map(normalise_header, names), *plain]))

    def match(self, header: str) -> Match | None:
        """Find the column a header names, or null."""
        normalised = normalise_header(header)
        if exact := self._exact.get(normalised):
            return exact
        for pattern, column, language in self._patterns:
            if found := pattern.fullmatch(normalised):
                return Match(column, frozenset((language,)), found.group(1).upper())
        return self._rewritten.get(as_rewritten(normalised))

    def match_title(self, title: str) -> Match | None:
        """Find what a title says its table is about, or null."""
        return self._exact_titles.get(normalise_header(title))

    def extended(self, text: str) -> "Vocabulary":
        """Add the names of another TOML: how a deployment adds a language."""
        return _joined((self, _read(tomllib.loads(text))))

    @cached_property
    def _exact(self) -> Mapping[str, Match]:
        return _matches(self.headers)

    @cached_property
    def _rewritten(self) -> Mapping[str, Match]:
        """Headers as a database has them, without those that two columns would have."""
        found: dict[str, Match] = {}
        shared = set()
        for name, match in self._exact.items():
            known = found.setdefault(as_rewritten(name), match)
            if known.column != match.column:
                shared.add(as_rewritten(name))
        return {name: match for name, match in found.items() if name not in shared}

    @cached_property
    def _exact_titles(self) -> Mapping[str, Match]:
        return _matches(self.titles)

    @cached_property
    def _patterns(self) -> tuple[tuple[re.Pattern[str], str, str], ...]:
        patterns = []
        for column, name in _flat(self.headers):
            if CURRENCY in name.spelled:
                stand_in = normalise_header(name.spelled.replace(CURRENCY, "qqq"))
                pattern = re.escape(stand_in).replace("qqq", "([A-Za-z]{3})")
                patterns.append((re.compile(pattern), column, name.language))
        return tuple(patterns)


def read_vocabulary(module: str) -> Vocabulary:
    """Read the TOML beside an export's module, and those it includes.

    Parameters
    ----------
    module
        The module's `__name__`: `transforms.exports.youtube.content`.
    """
    package, _, name = module.rpartition(".")
    content = tomllib.loads(_text(package, f"{name}.toml"))
    parts = [_read(tomllib.loads(_text(package, other))) for other in content.pop("include", ())]
    parts.append(_read(content))
    return _joined(parts)


def _text(package: str, name: str) -> str:
    return files(package).joinpath(name).read_text(encoding="utf-8")


def _read(content: Mapping[str, Any]) -> Vocabulary:
    if unknown := set(content) - set(_KINDS):
        holds = ", ".join(f"[{kind}.*]" for kind in _KINDS)
        raise VocabularyError(f"{sorted(unknown)}: a vocabulary holds {holds}")
    headers, labels, titles = (
        {
            key: tuple(
                _name(entry, language)
                for language, entries in languages.items()
                for entry in entries
            )
            for key, languages in content.get(kind, {}).items()
        }
        for kind in _KINDS
    )
    return Vocabulary(headers, labels, titles)


def _name(entry: str | Mapping[str, Any], language: str) -> Name:
    if isinstance(entry, str):
        return Name(entry, language)
    return Name(entry["name"], language, entry.get("seen", "file"), entry.get("is"))


def _joined(parts: Sequence[Vocabulary]) -> Vocabulary:
    return Vocabulary(
        _join(part.headers for part in parts),
        _join(part.labels for part in parts),
        _join(part.titles for part in parts),
    )


def _join(parts: Iterable[Mapping[str, tuple[Name, ...]]]) -> dict[str, tuple[Name, ...]]:
    joined: dict[str, tuple[Name, ...]] = {}
    for part in parts:
        for key, names in part.items():
            joined[key] = joined.get(key, ()) + names
    return joined


def _matches(names: Mapping[str, tuple[Name, ...]]) -> dict[str, Match]:
    found: dict[str, Match] = {}
    meaning = {column for column, name in _flat(names) if name.meaning}
    for column, name in _flat(names):
        if CURRENCY in name.spelled:
            continue
        if column in meaning and not name.meaning:
            raise VocabularyError(f'{name.spelled!r}: say what it is, as in is = "traffic_source"')
        key = normalise_header(name.spelled)
        known = found.setdefault(key, Match(column, frozenset(), name.meaning))
        if known.column != column:
            raise VocabularyError(f"{name.spelled!r} names {known.column} and {column}")
        if known.told != name.meaning:
            raise VocabularyError(f"{name.spelled!r} is {known.told} and {name.meaning}")
        found[key] = Match(column, known.languages | {name.language}, name.meaning)
    return found


def _flat(names: Mapping[str, tuple[Name, ...]]) -> Iterator[tuple[str, Name]]:
    for column, entries in names.items():
        for name in entries:
            yield column, name
