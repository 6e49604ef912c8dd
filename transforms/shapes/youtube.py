"""Reports of YouTube Studio by video, day or audience, told by the keys in their first column.

Studio writes the dimension first, then the metrics a person chose in any order; no metric has days,
age bands, countries or feature ids for cells (files of 2020 to 2026, read 2026-11-23).
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from transforms.cells.parse import NOT_REPORTED
from transforms.exports.youtube.conventions import CAP, DIMENSIONS
from transforms.headers import normalise_header
from transforms.reading.table import TextTable
from transforms.shapes.cells import is_day, is_number
from transforms.statistics.sums import exactly
from transforms.vocabulary import Vocabulary

_PERCENT = re.compile(r"([^()]*)\(%\)")
_OTHER_REPORTS = DIMENSIONS | {"date", "content", "video_title", "published"}
_MOST_RECORDS = CAP + 2
"""A list, its Total row and its footer."""

_GENDERS_WITH_A_WORD, _GENDERS = 2, 3
_LEAST_SUM, _MOST_SUM = 99.9, 100.1


def all_are(is_key: Callable[[str], bool]) -> Callable[[Sequence[str], Vocabulary], bool]:
    """Ask every key whether it is one."""
    return lambda keys, _: all(map(is_key, keys))


def are_days(keys: Sequence[str], _: Vocabulary) -> bool:
    """Say whether every key is a day and none stands twice, as where something else cuts it."""
    return all(map(is_day, keys)) and len(set(keys)) == len(keys)


def are_genders(keys: Sequence[str], names: Vocabulary) -> bool:
    """Say whether women and men are among at most three keys: the third is in other words."""
    words = {normalise_header(key) for key in keys}
    told = [gender for gender in ("female", "male") if words & set(names.words(gender))]
    return len(told) == _GENDERS_WITH_A_WORD and len(keys) <= _GENDERS


@dataclass(frozen=True, kw_only=True)
class ByKey:
    """A report whose first column has keys of one kind, and nothing else but a Total and a footer.

    Attributes
    ----------
    key
        Canonical column of the keys.
    are_keys
        Whether cells are such keys, at least one; of the cells and the names.
    figure
        `views` or `views_share`.
    beside
        Canonical column to what its every cell is, of what stands between the keys and the metrics.
    most_records
        Records that the report never has more of.
    """

    key: str
    are_keys: Callable[[Sequence[str], Vocabulary], bool]
    figure: str
    beside: Mapping[str, Callable[[str], bool]] = field(default_factory=dict)
    most_records: int = _MOST_RECORDS

    def __call__(self, table: TextTable, names: Vocabulary) -> Mapping[str, int] | None:
        """Give the positions of its canonical columns, or null where it is not certain."""
        width, known = 1 + len(self.beside), _known(table.header, names)
        own = {name: at for at, name in enumerate((self.key, *self.beside))}
        is_short = width < len(table.header) and table.rows.height <= self.most_records
        place = known.get(self.figure)
        if not is_short or _contradicts(known, own) or (place is None and self.figure == "views"):
            return None
        if not (self._has_keys(table, names) and self._has_metrics(table, known)):
            return None
        if place is None and self.figure == "views_share":
            place = _share_of_views(table, range(width, len(table.header)), names)
        if place is None:
            return None
        return known | {self.figure: place} | own

    def _has_keys(self, table: TextTable, names: Vocabulary) -> bool:
        keys = list(_keys(table, names.words("total")))
        return bool(keys) and self.are_keys(keys, names)

    def _has_metrics(self, table: TextTable, known: Mapping[str, int]) -> bool:
        """Say whether what stands beside the keys is as it should be, and all else numbers."""
        if known.keys() & _OTHER_REPORTS - {self.key, *self.beside}:
            return False
        numbers = [is_number] * (len(table.header) - 1 - len(self.beside))
        return all(
            all(map(is_own, _reported(table, place)))
            for place, is_own in enumerate([*self.beside.values(), *numbers], start=1)
        )


def _keys(table: TextTable, total: tuple[str, ...]) -> Iterator[str]:
    """Give the cells of the first column, but those of Total rows and of a footer at the end."""
    for number, row in enumerate(_records(table), start=1):
        first, *others = row
        is_footer = number == table.rows.height and not any(others)
        if not is_footer and normalise_header(first or "") not in total:
            yield first or ""


def _records(table: TextTable) -> list[tuple[str | None, ...]]:
    return table.rows.select(str(place) for place in range(len(table.header))).rows()


def _known(header: tuple[str, ...], names: Vocabulary) -> dict[str, int]:
    known: dict[str, int] = {}
    for place, name in enumerate(header):
        if match := names.match(name):
            known.setdefault(match.column, place)
    return known


def _contradicts(known: Mapping[str, int], own: Mapping[str, int]) -> bool:
    """Say whether a header names another column than the one that is told by its place."""
    return any(
        own.get(name, at) != at or (at < len(own) and name not in own) for name, at in known.items()
    )


def _reported(table: TextTable, place: int) -> list[str]:
    cells = table.rows.get_column(str(place)).drop_nulls()
    return [cell for cell in cells if cell.strip().lower() not in NOT_REPORTED]


def _share_of_views(table: TextTable, metrics: range, names: Vocabulary) -> int | None:
    """Find the share of views among percentages: by the word for views, else by its sum of 100.

    `Watch time (hours) (%)` sums to 100 as well and has its unit before the sign; the average
    percentage viewed sums to anything.
    """
    percentages = {
        place: found.group(1)
        for place in metrics
        if (found := _PERCENT.fullmatch(normalise_header(table.header[place])))
    }
    for place, words in percentages.items():
        match = names.match(words)
        if match and match.column == "views":
            return place
    total = names.words("total")
    whole = [place for place in percentages if _sums_to_100(table, place, total)]
    return whole[0] if len(whole) == 1 else None


def _sums_to_100(table: TextTable, place: int, total: tuple[str, ...]) -> bool:
    figures = [
        float(cell.strip().rstrip("%").replace(",", "."))
        for first, cell in table.rows.select("0", str(place)).rows()
        if cell and re.fullmatch(r"\s*\d{1,3}(?:[.,]\d{1,2})?%?\s*", cell)
        and normalise_header(first or "") not in total
    ]  # fmt: skip
    return _LEAST_SUM <= exactly(figures) <= _MOST_SUM
