"""What a delivery tells of the records of its tables, beside their cells."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from transforms.cells.upload_ids import upload_id
from transforms.deliveries.lending import Lent
from transforms.deliveries.survey import Surveyed
from transforms.export import Export

_PROVENANCE = {
    "observed_on_source": pl.String,
    "observed_on_is_exact": pl.Boolean,
    "evidence_rank": pl.UInt8,
    "file_id": pl.String,
    "sha256": pl.String,
}
_VALUES = {
    "platform": pl.String,
    "observed_on": pl.Date,
    "period_start": pl.Date,
    "period_end": pl.Date,
    "exported_by": pl.String,
    "account_ref": pl.String,
    "account_handle": pl.String,
    "catalogue": pl.String,
    **_PROVENANCE,
}
_OF_CELLS = ("platform", "observed_on")
"""What the cells of somebody else's list can tell instead."""


@dataclass(frozen=True, eq=False)
class Told:
    """What is told of the records of one table, or of several of one export.

    Attributes
    ----------
    values
        Contract column to what is told of each record.
    row_number
        Number of each record in its own table.
    is_sole
        Whether the cells of its table name one account.
    """

    values: Mapping[str, pl.Expr]
    row_number: pl.Expr
    is_sole: pl.Expr

    @classmethod
    def of_one(cls, entry: Surveyed, lent: Lent) -> "Told":
        """Give what is told of the records of one table, or of any piece of it."""
        values = {
            name: pl.lit(value, _VALUES[name]) for name, value in _values(entry, lent).items()
        }
        return cls(values, pl.col("row_number"), _is_sole(entry, lent))

    @classmethod
    def of_many(
        cls, tables: Iterable[tuple[Surveyed, Lent]], place: pl.Series, row_number: pl.Series
    ) -> "Told":
        """Give what is told of the records of several tables, one below the other.

        Parameters
        ----------
        place
            Of each record, which of the tables is its own.
        row_number
            Its number there.
        """
        each = pl.DataFrame(
            [_values(entry, lent) for entry, lent in tables], schema=_VALUES, orient="row"
        )
        values = {column.name: pl.lit(column) for column in each[place].iter_columns()}
        return cls(values, pl.lit(row_number), _names_one_account().over(pl.lit(place)))

    def given(self, export: Export) -> dict[str, pl.Expr]:
        """Give the contract columns that the delivery tells rather than the cells."""
        columns = export.columns
        given = {name: told for name, told in self.values.items() if name not in _PROVENANCE}
        given |= {column: pl.col(column) for column in _OF_CELLS if column in columns}
        if "day" not in columns:
            given["day"] = given["observed_on"]
        if not export.catalogue:
            del given["catalogue"]
        if "account_ref" in columns:
            own = given["account_ref"]
            found = pl.coalesce(pl.col("account_ref"), pl.when(self.is_sole).then(own))
            given["account_ref"] = found
            given["account_handle"] = pl.when(found == own).then(given["account_handle"])
        if export.ids_within == "account":
            given["post_id"] = upload_id(given["account_ref"], pl.col("post_id"))
        if "account_handle" in columns:
            given["account_handle"] = pl.coalesce("account_handle", given["account_handle"])
        return given

    @property
    def provenance(self) -> list[pl.Expr]:
        """Give the columns that say where a record comes from."""
        return [
            *(self.values[name].alias(name) for name in _PROVENANCE),
            self.row_number.cast(pl.UInt32).alias("row_number"),
        ]


def _values(entry: Surveyed, lent: Lent) -> dict[str, object]:
    account, period, observation = lent.account, lent.period, lent.observation
    catalogue = entry.export.catalogue
    ref = account.ref if account else None
    return {
        "platform": entry.export.platform,
        "observed_on": observation.day,
        "period_start": period.start if period else None,
        "period_end": period.end if period else None,
        "exported_by": ref,
        "account_ref": ref,
        "account_handle": account.handle if account else None,
        "catalogue": "capped" if catalogue == "complete" and lent.is_capped else catalogue,
        "observed_on_source": observation.source,
        "observed_on_is_exact": observation.is_exact,
        "evidence_rank": observation.rank,
        "file_id": entry.file.file_id,
        "sha256": entry.file.sha256,
    }


def _names_one_account() -> pl.Expr:
    return pl.col("account_ref").drop_nulls().n_unique() == 1


def _is_sole(entry: Surveyed, lent: Lent) -> pl.Expr:
    """Tell whether the cells name one account; of pieces, what all of them say together."""
    parsed = entry.export.columns.get("account_ref")
    if entry.pieces is None or parsed is None:
        return _names_one_account()
    ref = parsed.value
    told = lent.data.select(set(ref.meta.root_names())).unique().select(ref).to_series()
    return pl.lit(told.drop_nulls().n_unique() == 1)
