"""Which network a table is of whose title fits Instagram and Facebook alike.

A title that names the network outranks all else. Then the days decide: one account has one figure
a day, so tables of one figure whose days mostly differ are of two networks. Then the folder, then
the tables beside that are certain.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import combinations

import polars as pl

from transforms.deliveries.evidence import hints
from transforms.deliveries.survey import Surveyed
from transforms.export import Export

_FEWEST_FIGURES = 3
_LEAST_SHARE_EQUAL = 0.5
"""Files of one account repeat all their common days; of the two networks of one creator, 5 of 102
days on which either had a content interaction (real files of 2023 to 2025, read 2026-11-23)."""


def settle_networks(surveyed: Sequence[Surveyed]) -> dict[Surveyed, Surveyed | str]:
    """Give each table of a delivery with its network, or the reason why none can be told."""
    found = list(_pairs(surveyed))
    pairs: dict[Surveyed, list[_Pair]] = defaultdict(list)
    for pair in found:
        pairs[pair.one].append(pair)
        pairs[pair.other].append(replace(pair, one=pair.other, other=pair.one))
    certain = _decide(surveyed, pairs)
    return {entry: _settle(entry, pairs[entry], certain) for entry in surveyed}


@dataclass(frozen=True)
class _Pair:
    """Two tables of one figure that can be compared.

    Attributes
    ----------
    is_dated
        Whether their figures are of days: then what is known of the one tells the other.
    """

    one: Surveyed
    other: Surveyed
    are_equal: bool
    is_dated: bool


def _exports(entry: Surveyed) -> dict[str, Export]:
    exports = (entry.export, *entry.recognition.rivals)
    return {export.platform: export for export in exports if export.platform}


def _pairs(surveyed: Sequence[Surveyed]) -> Iterator[_Pair]:
    groups: dict[Hashable, list[Surveyed]] = defaultdict(list)
    for entry in surveyed:
        if entry.recognition.about:
            groups[_scope(entry)].append(entry)
    for group in groups.values():
        if len(group) > 1 and any(entry.recognition.rivals for entry in group):
            figures = {entry: _figures(entry) for entry in group}
            for one, other in combinations(group, 2):
                yield from _compared(one, other, figures)


def _scope(entry: Surveyed) -> Hashable:
    """Say which tables can be compared: one figure, beside each other or in one creator's folder.

    Shares of an audience change from one download to the next, so only files of one day that a
    browser numbered are compared: the second of one name is mostly that of the other network.
    """
    about = entry.recognition.about
    if entry.export.days_inside is None:
        downloaded_on = entry.file.entry_on or entry.file.modified_on
        return about, entry.container, hints.stem(entry.file.names[0]), downloaded_on
    if entry.file.platform:
        return about, entry.file.platform, entry.file.handle
    return about, entry.container


def _compared(
    one: Surveyed, other: Surveyed, figures: Mapping[Surveyed, Mapping[str, str]]
) -> Iterator[_Pair]:
    ours, theirs = figures[one], figures[other]
    is_dated = one.export.days_inside is not None
    common = ours.keys() & theirs.keys() if is_dated else ours.keys() | theirs.keys()
    told = [(ours.get(key), theirs.get(key)) for key in common]
    told = [pair for pair in told if set(pair) != {"0"}]
    if len(told) >= _FEWEST_FIGURES:
        equal = sum(our == their for our, their in told)
        yield _Pair(one, other, equal >= _LEAST_SHARE_EQUAL * len(told), is_dated)


def _figures(entry: Surveyed) -> dict[str, str]:
    """Give the cell of each day or segment."""
    key = entry.export.key
    figure = next((name for name in entry.recognition.positions if name != key), key)
    cells = entry.data.select(
        pl.col(key).str.strip_chars().str.replace(r"T[\d:]+$", ""), figure=pl.col(figure)
    ).drop_nulls()
    return dict(cells.iter_rows())


def _decide(
    surveyed: Sequence[Surveyed], pairs: Mapping[Surveyed, Sequence[_Pair]]
) -> dict[Surveyed, str]:
    """Tell the network of tables whose title names it, and round by round of those held to them."""
    certain = {
        entry: entry.export.platform
        for entry in surveyed
        if entry.export.platform and not entry.recognition.rivals
    }
    while True:
        left = {entry: _left(entry, pairs[entry], certain) for entry in surveyed
                if entry not in certain}  # fmt: skip
        told = {entry: next(iter(networks)) for entry, networks in left.items()
                if len(networks) == 1}  # fmt: skip
        if not told:
            return certain
        certain |= told


def _left(entry: Surveyed, pairs: Sequence[_Pair], certain: Mapping[Surveyed, str]) -> Set[str]:
    """Say of which networks a table can be, held to the dated tables that are certain."""
    known = [pair for pair in pairs if pair.is_dated and pair.other in certain]
    equals = {certain[pair.other] for pair in known if pair.are_equal}
    differs = {certain[pair.other] for pair in known if not pair.are_equal}
    networks = _exports(entry).keys() - differs
    return networks & equals if equals else networks


def _settle(
    entry: Surveyed, pairs: Sequence[_Pair], certain: Mapping[Surveyed, str]
) -> Surveyed | str:
    if not entry.recognition.rivals:
        return entry
    if entry in certain:
        return _of(entry, certain[entry], "as its days tell, held to those of a table beside it")
    unlike = [pair.other for pair in pairs if not pair.are_equal]
    if unlike := [other for other in unlike if pairs[0].is_dated or other not in certain]:
        return _rivalry(entry, unlike)
    networks = _exports(entry).keys()
    if entry.file.platform in networks:
        return _of(entry, entry.file.platform)
    if network := _lent(entry, networks, certain):
        return _of(entry, network, "as the tables beside it are")
    return (
        f"the title {entry.table.title!r} fits {_listed(sorted(networks))} alike, and neither its "
        f"folder nor a table beside it tells which: move it to {_folders(networks)}"
    )


def _of(entry: Surveyed, network: str, why: str | None = None) -> Surveyed:
    export = _exports(entry)[network]
    notes = (f"its title names no network: taken for {network}, {why}",) if why else ()
    recognition = replace(entry.recognition, export=export, rivals=())
    return replace(entry, export=export, recognition=recognition, notes=(*entry.notes, *notes))


def _lent(entry: Surveyed, networks: Set[str], certain: Mapping[Surveyed, str]) -> str | None:
    """Take the one network that the tables beside it are of, else those of the delivery."""
    beside = {certain[other] for other in certain if other.container == entry.container}
    for found in (beside & networks, set(certain.values()) & networks):
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _rivalry(entry: Surveyed, rivals: Sequence[Surveyed]) -> str:
    names = sorted({other.file.label for other in rivals} - {entry.file.label})
    others = _listed(names) if names else "another table of its file"
    return (
        f"its figures differ from those of {others} under the same title {entry.table.title!r}, "
        "which names no network: they are of two, and nothing tells which is which. Move each to "
        f"{_folders(_exports(entry).keys())}"
    )


def _folders(networks: Set[str]) -> str:
    return " or ".join(f"{network}/<handle>/" for network in sorted(networks))


def _listed(names: Sequence[str]) -> str:
    return " and ".join(names)
