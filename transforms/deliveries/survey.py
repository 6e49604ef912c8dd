"""A recognised table before it is read, and the tables that make up one export with it."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath
from typing import Any

import polars as pl

from schemas.files import SourceFile
from transforms.deliveries.evidence import hints
from transforms.deliveries.evidence.hints import Period
from transforms.deliveries.recognition.recognition import Recognition
from transforms.deliveries.records import NOT_DATA
from transforms.export import Export, Part
from transforms.headers import normalise_header
from transforms.reading.pieces import Pieces
from transforms.reading.tables import TextTable


@dataclass(frozen=True, eq=False)
class Surveyed:
    """A recognised table: its records as text under canonical names.

    Attributes
    ----------
    text
        All canonical columns; of a table that is read in pieces, those that decide for the whole,
        and `table` then has its first records.
    pieces
        Where the other columns of a large table are read; null for a table read at once.
    """

    file: SourceFile
    table: TextTable = field(repr=False)
    recognition: Recognition = field(repr=False)
    export: Export = field(repr=False)
    text: pl.DataFrame = field(repr=False)
    notes: tuple[str, ...] = ()
    pieces: Pieces | None = field(default=None, repr=False)

    @cached_property
    def data(self) -> pl.DataFrame:
        """Records that are data."""
        if self.text.get_column(NOT_DATA).null_count() == self.text.height:
            return self.text
        return self.text.filter(pl.col(NOT_DATA).is_null())

    @cached_property
    def part(self) -> Part:
        """Its records that are data, and its Total rows."""
        if self.data is self.text:
            return Part(self.data, self.text.head(0))
        return Part(self.data, self.text.filter(pl.col(NOT_DATA) == "total"))

    @cached_property
    def container(self) -> tuple[str | None, str]:
        """Zip and folder it lies in."""
        if self.file.member:
            return self.file.path, str(PurePath(self.file.member).parent)
        return None, str(PurePath(self.file.path).parent)

    @cached_property
    def named_period(self) -> Period | None:
        """Period that its names tell."""
        if self.export.lists_accounts:
            return hints.month_in_names(self.file.names)
        return hints.period_in_names(self.file.names, self.export.platform)

    @cached_property
    def whole_key(self) -> Hashable:
        """Say which tables make up one export: equal for the parts of a file cut by its rows.

        Meta numbers every export in its name; two numbers are two exports. Tables of one header
        under different titles are, too.
        """
        header = tuple(normalise_header(name) for name in self.table.header)
        number = hints.export_number(self.file.names, self.export.platform)
        about = self.recognition.about
        return self.container, self.export.name, about, header, self.named_period, number

    @property
    def identity(self) -> tuple[str, str | None]:
        """Bytes and sheet: equal tables tell once."""
        return self.file.sha256, self.table.sheet


@dataclass(frozen=True, eq=False)
class Whole:
    """The tables of a delivery that make up one export; mostly one.

    Attributes
    ----------
    members
        Each of other bytes.
    data
        Their records that are data.
    memo
        As `Clues.memo`.
    """

    members: tuple[Surveyed, ...]
    data: pl.DataFrame = field(repr=False)
    memo: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Give the part that each member is."""
        return tuple(member.part for member in self.members)

    @property
    def export(self) -> Export:
        """Export they are."""
        return self.members[0].export

    def place(self, entry: Surveyed) -> int:
        """Say which of the members has the bytes of `entry`."""
        return self._places[entry.identity]

    @cached_property
    def _places(self) -> dict[tuple[str, str | None], int]:
        return {member.identity: place for place, member in enumerate(self.members)}

    @cached_property
    def is_capped(self) -> bool:
        """Whether the platform cut the list: a footer says so, or it is as long as the cap."""
        cap = self.export.cap
        if cap is None:
            return False
        if self.data.get_column(self.export.key).n_unique() == cap:
            return True
        return any(_is_cut(member, cap) for member in self.members)

    @cached_property
    def repeats_keys(self) -> bool:
        """Whether a key stands in two members: then they are several exports after all."""
        keys = self.export.key
        distinct = sum(member.data.get_column(keys).n_unique() for member in self.members)
        return self.data.get_column(keys).n_unique() < distinct


def _is_cut(member: Surveyed, cap: int) -> bool:
    if member.data is member.text:
        return member.text.height == cap
    kind, key = pl.col(NOT_DATA), pl.col(member.export.key)
    footer = (kind == "footer") & key.str.contains(rf"(?:^|\D){cap}(?:\D|$)")
    listed = kind.is_null() | (kind == "ghost")
    return bool(member.text.select_seq((listed.sum() == cap) | footer.any()).item())


def wholes(surveyed: Iterable[Surveyed]) -> dict[Surveyed, Whole]:
    """Find for every table the export that it is part of."""
    parts: dict[Hashable, dict[tuple[str, str | None], Surveyed]] = {}
    entries = list(surveyed)
    for entry in entries:
        parts.setdefault(entry.whole_key, {}).setdefault(entry.identity, entry)
    found = {key: _join(tuple(members.values())) for key, members in parts.items()}
    return {entry: found[entry.whole_key] for entry in entries}


def _join(members: tuple[Surveyed, ...]) -> Whole:
    frames = [member.data for member in members]
    data = frames[0] if len(frames) == 1 else pl.concat(frames, how="diagonal")
    return Whole(members, data)
