"""An overlay: the names of one more language for an export, as a deployment writes them."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from transforms.briefs.problems import did_you_mean, shown
from transforms.export import Export
from transforms.headers import normalise_header
from transforms.mappings.problems import MappingError
from transforms.vocabulary import Vocabulary, VocabularyError

_KINDS = ("headers", "labels", "titles")
_SEEN = ("file", "documentation")
_LANGUAGE = re.compile(r"[a-z]{2,3}([_-][A-Za-z]{2,4})?")
_KIND = re.compile(r"[a-z][a-z0-9_]*")
_AS_WRITTEN = 'write it as [headers.views] and below it fi = ["Katselukerrat"]'


def with_overlay(export: Export, text: str) -> Export:
    """Give an export with the names of an overlay added.

    Parameters
    ----------
    text
        TOML as beside an export: `[headers.<column>]`, `[labels.<word>]` or `[titles.<column>]`,
        below it a list of names per language.

    Raises
    ------
    MappingError
        With everything that is wrong: an unknown column, a name that two columns would have.
    """
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MappingError([f"is no TOML: {error}"]) from error
    if problems := list(_problems(told, export)):
        raise MappingError(problems)
    extended = export.with_names(text)
    try:
        extended.vocabulary.match("")
        extended.vocabulary.match_title("")
    except VocabularyError as error:
        raise MappingError([f"{error}: a name is one column; take it out of one"]) from error
    return extended


def _problems(told: Mapping[str, Any], export: Export) -> Iterator[str]:
    vocabulary = export.vocabulary
    known = {
        "headers": vocabulary.headers,
        "labels": vocabulary.labels,
        "titles": vocabulary.titles,
    }
    kinds = vocabulary.kinds
    for kind, entries in told.items():
        if kind not in known:
            yield f"{kind}: an overlay holds no such thing; {did_you_mean(kind, _KINDS)}"
        elif not isinstance(entries, dict):
            yield f"{kind}: {shown(entries)} stands where columns should; {_AS_WRITTEN}"
        else:
            for column, languages in entries.items():
                where = f"{kind}.{column}"
                yield from _entry_problems(where, column, languages, known[kind])
                yield from _kind_problems(where, languages, kind == "headers" and column in kinds)
    yield from _shared_words(told.get("labels"), vocabulary)


def _entry_problems(
    where: str, column: str, languages: Any, known: Mapping[str, Any]
) -> Iterator[str]:
    if column not in known:
        yield f"{where}: the export reads no such column; {_advice(column, known)}"
    if not isinstance(languages, dict):
        yield f"{where}: {shown(languages)} stands where languages should; {_AS_WRITTEN}"
        return
    for language, names in languages.items():
        if not _LANGUAGE.fullmatch(language):
            yield f"{where}.{language}: is no code of a language; write it as fi or pt_BR"
        if not (isinstance(names, list) and names and all(_is_name(name) for name in names)):
            yield f'{where}.{language}: {shown(names)} is no list of names; write it as ["Näytöt"]'


def _kind_problems(where: str, languages: Any, has_kinds: bool) -> Iterator[str]:
    """Say of which names it is missing what they are, or told though it is nothing."""
    for language, names in languages.items() if isinstance(languages, dict) else ():
        for name in names if isinstance(names, list) else ():
            has_kind = isinstance(name, dict) and "is" in name
            if has_kinds and not has_kind:
                yield f'{where}.{language}: {shown(name)}: say what it is, as is = "traffic_source"'
            elif has_kind and not has_kinds:
                yield f"{where}.{language}: {shown(name)}: `is` says nothing here, leave it out"


def _shared_words(labels: Any, vocabulary: Vocabulary) -> Iterator[str]:
    """Say which words of cells would be two things."""
    owners = {word: label for label in vocabulary.labels for word in vocabulary.words(label)}
    for label, languages in labels.items() if isinstance(labels, dict) else ():
        for language, names in languages.items() if isinstance(languages, dict) else ():
            for name in names if isinstance(names, list) and all(map(_is_name, names)) else ():
                word = name["name"] if isinstance(name, dict) else name
                owner = owners.setdefault(normalise_header(word), label)
                if owner != label:
                    yield f"labels.{label}.{language}: {shown(word)} is a word of {owner} already"


def _advice(column: str, known: Mapping[str, Any]) -> str:
    return did_you_mean(column, sorted(known)) if known else "it has none of this kind"


def _is_kind(kind: Any) -> bool:
    return kind is None or (isinstance(kind, str) and bool(_KIND.fullmatch(kind)))


def _is_name(name: Any) -> bool:
    if isinstance(name, dict):
        return (
            set(name) <= {"name", "seen", "is"}
            and _is_name(name.get("name"))
            and _is_kind(name.get("is"))
            and name.get("seen", "file") in _SEEN
        )
    return isinstance(name, str) and bool(name.strip())
