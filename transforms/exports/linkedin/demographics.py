"""LinkedIn member, analytics export: who follows, and who saw the posts, in six dimensions.

One sheet has all dimensions, about ten segments of each, with percentages of the followers
(AUDIENCE DEMOGRAPHICS) or of the members reached (CONTENT DEMOGRAPHICS). `< 1%` is a bound and no
figure: its share is in `unreported`, with that of every segment not listed. Until 2026 there was
one sheet DEMOGRAPHICS with fractions, and nothing in it tells whose they are. Segments stay
LinkedIn's words; a location is a region, `Greater Copenhagen`, and neither city nor country.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from schemas.columns import WORK_DIMENSIONS
from transforms.cells import segments
from transforms.cells.not_data import label
from transforms.export import Export, NotData
from transforms.exports.linkedin.conventions import MEMBER_EXPORT, MEMBER_SOURCE
from transforms.layout import Layout, LayoutError
from transforms.reading.table import TextTable
from transforms.shares import Distribution, share
from transforms.vocabulary import Vocabulary, read_vocabulary

NAMES = read_vocabulary(__name__)

BASES = {"followers": "AUDIENCE DEMOGRAPHICS", "viewers": "CONTENT DEMOGRAPHICS"}
"""Whom the shares are of, to the sheet."""

DIMENSIONS = ("location", *(name for name in WORK_DIMENSIONS if name != "job_function"))
COLUMNS = ("dimension", "segment", "share")

LayOut = Callable[[TextTable, str, Vocabulary], Layout | None]


def _columns(table: TextTable, names: Vocabulary) -> tuple[str, ...] | None:
    found = [names.match(name) for name in table.header]
    columns = tuple(
        match.column if match else f"unnamed_{place}" for place, match in enumerate(found)
    )
    return columns if set(COLUMNS) <= set(columns) else None


def _of(dimension: str) -> LayOut:
    """Lay out the records of one dimension."""

    def lay_out(table: TextTable, _: str, names: Vocabulary) -> Layout | None:
        columns = _columns(table, names)
        if columns is None:
            return None
        cell = label(str(columns.index("dimension")))
        rows = table.rows.filter(cell.is_in(names.words(dimension)))
        return Layout(replace(table, rows=rows), columns) if len(rows) else None

    return lay_out


def _of_others(table: TextTable, about: str, names: Vocabulary) -> Layout | None:
    """Lay out the records of every dimension that has no name here."""
    columns = _columns(table, names)
    if columns is None:
        return None
    place = str(columns.index("dimension"))
    known = [word for dimension in DIMENSIONS for word in names.words(dimension)]
    others = table.rows.filter(~label(place).is_in(known)).get_column(place).unique().sort()
    if others.is_empty():
        return None
    return Layout(replace(table, header=(", ".join(others),)), (about,))


def _of_nobody(table: TextTable, about: str, _: Vocabulary) -> Layout:
    if not table.header:
        raise LayoutError(f"nothing stands under {table.title!r}")
    return Layout(table, (about, *(f"column_{i}" for i in range(2, len(table.header) + 1))))


def _bound(names: Vocabulary) -> NotData:
    cell = label("share")
    is_bound = cell.is_in(names.words("bound")) | cell.str.contains("[<\u2264\uff1c]")
    return NotData(reason="a bound, no figure", rows=is_bound)


def _dimension(names: Vocabulary, basis: str, dimension: str) -> Export:
    return Export(
        name=f"linkedin_{basis}_{dimension}",
        platform="linkedin",
        title=f"LinkedIn member analytics, {BASES[basis]}: {dimension.replace('_', ' ')}",
        vocabulary=names,
        declared=partial(_dimension, basis=basis, dimension=dimension),
        **Distribution(
            basis=basis,
            dimension=dimension,
            segment=segments.place("segment"),
            figure=share("share"),
            not_data=(_bound(names),),
        ).fields(),
        key="segment",
        titles=frozenset({basis}),
        is_sheet=True,
        layout=_of(dimension),
        part=dimension,
        period="posts" if basis == "followers" else "figures",
        source=MEMBER_SOURCE,
        where=MEMBER_EXPORT,
    )


def _kept(name: str, about: str, kept: str, layout: LayOut, part: str | None) -> Export:
    return Export(
        name=name,
        platform="linkedin",
        title=f"LinkedIn member analytics, {name.removeprefix('linkedin_').replace('_', ' ')}",
        vocabulary=NAMES,
        tables=(),
        columns={},
        kept=kept,
        key=about,
        titles=frozenset({about}),
        is_sheet=True,
        layout=layout,
        part=part,
        source=MEMBER_SOURCE,
        where=MEMBER_EXPORT,
    )


_OTHERS = (
    "parted by {key}, which no dimension here is: known, and no table is filled from it; a name of "
    "one of the dimensions goes into [labels] of linkedin_demographics.toml"
)
_NOBODYS = (
    "demographics under {key}, with nothing that tells whether of followers or of viewers: no "
    "table is filled from them. Export again: since 2026 the file says so"
)

EXPORTS = (
    *(_dimension(NAMES, basis, dimension) for basis in BASES for dimension in DIMENSIONS),
    *(
        _kept(f"linkedin_{basis}_others", basis, _OTHERS, _of_others, "other dimensions")
        for basis in BASES
    ),
    _kept("linkedin_demographics", "nobody", _NOBODYS, _of_nobody, None),
)
