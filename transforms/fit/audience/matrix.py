"""Every account's audience in the segments that briefs ask for, as dense columns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from schemas.audience import OTHERS, UNREPORTED
from schemas.brief import TARGET_DIMENSIONS
from schemas.columns import BASES
from transforms.fit.audience.spoken import FROM_COUNTRIES, spoken
from transforms.fit.audience.wanted import JOINT_DIMENSION, Segments
from transforms.fit.component import Floats
from transforms.fit.labels import Bools, Flags, flag, looked_up
from transforms.statistics.sums import exact_sum

OF_LISTED = "of_listed"
METHODS = ("reported", "resolved", "split", "summed", FROM_COUNTRIES, OF_LISTED)
"""Those of core.audience; FROM_COUNTRIES; OF_LISTED where the file tells no total."""

PLURALS = {
    "country": "countries",
    "city": "cities",
    "age": "ages",
    "gender": "genders",
    "language": "languages",
    "interest": "interests",
}
_NO_INTERESTS = "no platform's export tells interests"
LAST_DAY = np.iinfo(np.int32).max
"""Stands for no day, so that the older of two is the smaller."""

Days = np.ndarray[tuple[int], np.dtype[np.int32]]
_ACCOUNT = ["platform", "account_id"]
_PART = ["place", "dimension"]
_ROW = [*_PART, "basis", "segment", "share", "method", "is_share_of_listed", "observed_on"]
_FEW_VALUES: dict[Any, pl.DataType] = {
    "dimension": pl.Enum((*TARGET_DIMENSIONS, JOINT_DIMENSION)),
    "basis": pl.Enum(BASES),
    "method": pl.Enum(METHODS),
}
"""Text of few values as numbers."""


@dataclass(frozen=True, kw_only=True, eq=False)
class AudienceDimension:
    """What a panel's accounts tell of one dimension of their audience, in the panel's order.

    Attributes
    ----------
    shares
        Segment to the share of each account's audience in it; 0 where it lists none.
    listed
        Share in named segments; 0 where nothing is known.
    hidden
        Share in `others` and `unreported`.
    n_listed
        Named segments.
    is_told
        Whether an export spoke of the dimension at all.
    basis, method
        Bits of schemas.columns.BASES and of METHODS.
    observed_on
        Days since 1970-01-01; LAST_DAY where nothing is told.
    """

    name: str
    shares: Mapping[str, Floats]
    listed: Floats
    hidden: Floats
    n_listed: Floats
    is_told: Bools
    basis: Flags
    method: Flags
    observed_on: Days

    @property
    def is_known(self) -> Bools:
        """Tell which accounts have a share in a named segment."""
        return self.listed > 0

    def has(self, method: str) -> Bools:
        """Tell which accounts' shares came about by a method, all or some."""
        return (self.method & flag(METHODS, method)) > 0

    def share(self, segment: str) -> Floats:
        """Give the share in one segment.

        Raises
        ------
        KeyError
            The panel was built without a brief that asks for the segment.
        """
        if segment not in self.shares:
            raise KeyError(
                f"the panel has no {self.name} {segment}: build it with the brief that asks for it"
            )
        return self.shares[segment]

    def inside(self, segments: Iterable[str]) -> Floats:
        """Give the share in any of some segments."""
        return sum((self.share(segment) for segment in segments), np.zeros(len(self.listed)))

    def unknown_because(self) -> pl.Series:
        """Say why the dimension is not known; null where it is."""
        plural = PLURALS.get(self.name, self.name)
        source = "countries" if self.name == "language" else plural
        told = f"the export lists no {source}"
        untold = f"no recent export tells the {source} of the audience"
        if self.name == "interest":
            untold = _NO_INTERESTS
        state = np.where(self.is_known, 0, np.where(self.is_told, 1, 2))
        return looked_up(state, [None, told, untold])


AudienceMatrix = Mapping[str, AudienceDimension]
"""Dimension to what the accounts tell of it."""


def nothing_known(dimensions: Sequence[str]) -> str:
    """Say that none of some dimensions is known."""
    if not dimensions:
        return "the brief asks nothing of the audience"
    plurals = [PLURALS[name] for name in dimensions if name != "interest"]
    if not plurals:
        return _NO_INTERESTS
    listed = " or ".join([", ".join(plurals[:-1]), plurals[-1]] if plurals[1:] else plurals)
    return f"no recent export tells the audience's {listed}"


def unknown_because(unknown: Mapping[str, Bools], n: int) -> pl.Series:
    """Say of each of `n` accounts which dimensions are not known; null where all are.

    Parameters
    ----------
    unknown
        Dimension to the accounts that do not know it; empty where a brief asks for none.
    """
    if not unknown:
        return pl.repeat(nothing_known([]), n, dtype=pl.String, eager=True)
    names = list(unknown)
    masks = sum(flags.astype(np.int64) << bit for bit, flags in enumerate(unknown.values()))
    subsets = ([n for bit, n in enumerate(names) if m >> bit & 1] for m in range(1 << len(names)))
    return looked_up(np.asarray(masks), [nothing_known(s) if s else None for s in subsets])


def as_dates(days: Days) -> pl.Series:
    """Turn days since 1970-01-01 into dates; LAST_DAY into null."""
    dates = pl.Series(days, dtype=pl.Int32)
    return dates.set(dates == LAST_DAY, None).cast(pl.Date)


def audience_matrix(
    audience_on: pl.LazyFrame, accounts: pl.DataFrame, segments: Segments
) -> AudienceMatrix:
    """Lay the audiences of the accounts out as one column per segment.

    Parameters
    ----------
    audience_on
        Grain (platform, account_id, dimension, segment): what holds on the day, of one basis
        per dimension, as `transforms.audience.on_day` chooses it.
    accounts
        platform, account_id; the order of every column.
    segments
        Dimension to the segments needed.

    Notes
    -----
    Languages are those official in the audience's countries: see
    `transforms.places.languages`.
    """
    rows = _rows(audience_on, accounts, segments)
    if segments["language"]:
        rows = pl.concat([rows, spoken(rows.filter(dimension="country"))])
    described = _described(rows)
    cells = rows.join(_needed(segments), on=["dimension", "segment"], how="semi")
    return {
        name: _dimension(
            name,
            described.filter(dimension=name),
            cells.filter(dimension=name),
            needed,
            accounts.height,
        )
        for name, needed in segments.items()
    }


def _rows(audience_on: pl.LazyFrame, accounts: pl.DataFrame, segments: Segments) -> pl.DataFrame:
    """Collect what is told of the dimensions needed, with the place of the account."""
    needed = {"country" if name == "language" else name for name, of in segments.items() if of}
    numbered = accounts.select(_ACCOUNT).with_row_index("place").lazy()
    return (
        audience_on.filter(pl.col("dimension").is_in(needed))
        .join(numbered, on=_ACCOUNT, how="inner", validate="m:1")
        .select(_ROW)
        .cast(_FEW_VALUES)
        .collect()
    )


def _described(rows: pl.DataFrame) -> pl.DataFrame:
    """Describe each distribution as a whole; grain (place, dimension).

    The order of rows shows in no digit.
    """
    share = pl.col("share")
    is_hidden = pl.col("segment").is_in([OTHERS, UNREPORTED])
    holds = {name: pl.col("method") == name for name in METHODS}
    holds[OF_LISTED] = pl.col("is_share_of_listed")
    return rows.group_by(_PART).agg(
        pl.col("basis").first(),
        listed=exact_sum(share.filter(~is_hidden)),
        hidden=exact_sum(share.filter(is_hidden)),
        n_listed=(~is_hidden).sum(),
        method=pl.sum_horizontal(of.any() * flag(METHODS, name) for name, of in holds.items()),
        observed_on=pl.col("observed_on").min().to_physical(),
    )


def _needed(segments: Segments) -> pl.DataFrame:
    pairs = [(dimension, segment) for dimension, names in segments.items() for segment in names]
    return pl.DataFrame(
        pairs, schema={"dimension": _FEW_VALUES["dimension"], "segment": pl.String}, orient="row"
    )


def _dimension(
    name: str, described: pl.DataFrame, cells: pl.DataFrame, segments: Sequence[str], n: int
) -> AudienceDimension:
    place = described["place"].to_numpy()
    is_told = np.zeros(n, np.bool_)
    is_told[place] = True
    basis = np.zeros(n, np.uint8)
    basis[place] = 1 << described["basis"].to_physical().to_numpy()
    method = np.zeros(n, np.uint8)
    method[place] = described["method"]
    observed_on = np.full(n, LAST_DAY, np.int32)
    observed_on[place] = described["observed_on"]
    return AudienceDimension(
        name=name,
        shares=_columns(cells, segments, n),
        listed=_scattered(place, described["listed"], n),
        hidden=_scattered(place, described["hidden"], n),
        n_listed=_scattered(place, described["n_listed"], n),
        is_told=is_told,
        basis=basis,
        method=method,
        observed_on=observed_on,
    )


def _columns(cells: pl.DataFrame, segments: Sequence[str], n: int) -> dict[str, Floats]:
    by_segment = cells.select("segment", "place", "share").partition_by(
        "segment", as_dict=True, include_key=False
    )
    empty = cells.clear()
    found = {segment: by_segment.get((segment,), empty) for segment in segments}
    return {
        segment: _scattered(rows["place"].to_numpy(), rows["share"], n)
        for segment, rows in found.items()
    }


def _scattered(place: np.ndarray, values: pl.Series, n: int) -> Floats:
    column = np.zeros(n)
    column[place] = values.to_numpy()
    return column
