"""What a deployment adds to the exports that ship: names of a language, and mappings."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from transforms.briefs.problems import did_you_mean
from transforms.export import Export
from transforms.exports import EXPORTS
from transforms.mappings.conflicts import conflict
from transforms.mappings.mapping import read_mapping
from transforms.mappings.overlay import with_overlay
from transforms.mappings.problems import MappingError

HEADERS = "headers"
MAPPINGS = "mappings"
FOLDERS = (HEADERS, MAPPINGS)
"""Folders of a deployment's reference data; the second can build on the first."""

_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Addition:
    """One file: its kind, `headers/<export>` or `mappings/<name>`, and its bytes."""

    kind: str
    content: bytes = field(repr=False)

    @property
    def folder(self) -> str:
        """Give the first part of the kind."""
        return self.kind.partition("/")[0]

    @property
    def name(self) -> str:
        """Give the name of the file without `.toml`."""
        return self.kind.partition("/")[2]


@dataclass(frozen=True)
class Declarations:
    """All exports that a deployment reads by.

    Attributes
    ----------
    exports
        Name to export: those that ship, with the names added, then the mappings.
    problems
        Kind to what is wrong with it; such a file adds nothing.
    """

    exports: Mapping[str, Export]
    problems: Mapping[str, tuple[str, ...]]


def declare(additions: Iterable[Addition], shipped: Mapping[str, Export] = EXPORTS) -> Declarations:
    """Add overlays and mappings to the exports that ship; one that is wrong adds nothing."""
    exports = dict(shipped)
    problems: dict[str, tuple[str, ...]] = {}
    ordered = sorted(additions, key=lambda one: (FOLDERS.index(one.folder), one.name))
    for one in ordered:
        try:
            exports[one.name] = _add(one, exports)
        except MappingError as error:
            problems[one.kind] = tuple(
                f"reference/{one.kind}.toml: {problem}" for problem in error.problems
            )
    return Declarations(exports, problems)


def _add(addition: Addition, exports: Mapping[str, Export]) -> Export:
    try:
        text = addition.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MappingError([f"is not UTF-8: {error.reason} at byte {error.start}"]) from error
    if addition.folder == HEADERS:
        if addition.name not in exports:
            advice = did_you_mean(addition.name, sorted(exports))
            raise MappingError([f"no export is named {addition.name}; {advice}"])
        return with_overlay(exports[addition.name], text)
    if not _NAME.fullmatch(addition.name):
        raise MappingError(["name the file in lower case, as agency_list.toml"])
    mapping = read_mapping(text, addition.name)
    if problem := conflict(mapping, exports):
        raise MappingError([problem])
    return mapping
