"""Made-up publications: few tables, few rows, every layer."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import ClassVar

import duckdb
import pandera.polars as pa
import polars as pl

from schemas import columns
from schemas.columns import described
from schemas.contract import polars_schema
from schemas.core import CORE
from schemas.history import HISTORY
from schemas.ops import OPS
from warehouse.published.publish import MartPart, Publication

FIRST_DAY = date(2030, 5, 1)


class Score(pa.DataFrameModel):
    """How an account scores on a day."""

    as_of: pl.Date = columns.as_of()
    platform: str = columns.platform()
    account_id: str = columns.account_id()
    score_share: float = described("Made up, between 0 and 1.", unit="1", nullable=True)

    class Config:
        strict = True
        unique: ClassVar = ["as_of", "platform", "account_id"]


class Word(pa.DataFrameModel):
    """A word, what it's for, and since when."""

    word: str = described("The word; with 'quotes'.")
    valid_from: pl.Date = columns.valid_from()

    class Config:
        strict = True
        unique: ClassVar = ["word", "valid_from"]


TABLES = {
    "history.post_lifetime": HISTORY["post_lifetime"],
    "core.account_ref": CORE["account_ref"],
    "mart.score": Score,
    "ops.delivery": OPS["delivery"],
    "ref.word": Word,
}


def write(frame: pl.DataFrame, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_suffix(".part")
    frame.write_parquet(scratch)
    return scratch.replace(path)


def lifetime(load_id: str, *, rows: int = 3, views: int = 100) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "platform": "instagram",
                "post_id": f"{load_id}-{number}",
                "observed_on": FIRST_DAY,
                "views": views + number,
                "observed_on_source": "file",
                "observed_on_is_exact": True,
                "evidence_rank": 6,
                "load_id": load_id,
                "file_id": f"file-{load_id}",
                "sha256": f"hash-{load_id}",
                "row_number": number + 2,
                "loaded_at": datetime(2030, 5, 1, 23, 30, tzinfo=UTC),
            }
            for number in range(rows)
        ],
        schema=polars_schema(HISTORY["post_lifetime"]),
    )


def refs(names: Iterable[str]) -> pl.DataFrame:
    rows = [("instagram", name, f"id-{name}") for name in names]
    return pl.DataFrame(rows, schema=polars_schema(CORE["account_ref"]), orient="row")


def scores(day: date, values: Iterable[float | None]) -> pl.DataFrame:
    rows = [(day, "instagram", f"id-{place}", value) for place, value in enumerate(values)]
    return pl.DataFrame(rows, schema=polars_schema(Score), orient="row")


def deliveries(count: int) -> pl.DataFrame:
    rows = [
        (f"delivery-{n}", datetime(2030, 5, 1, 23, 30, tzinfo=UTC), "inbox", f"folder-{n}", 1, 9)
        for n in range(count)
    ]
    return pl.DataFrame(rows, schema=polars_schema(OPS["delivery"]), orient="row")


def words(texts: Iterable[str]) -> pl.DataFrame:
    rows = [(text, FIRST_DAY) for text in texts]
    return pl.DataFrame(rows, schema=polars_schema(Word), orient="row")


def publication(
    store: Path,
    *,
    loads: Mapping[str, int] | None = None,
    accounts: Iterable[str] = ("a", "b"),
    days: Mapping[int, Iterable[float | None]] | None = None,
    arrived: int = 1,
    listed: Iterable[str] = ("reklame",),
    rows: int = 3,
) -> Publication:
    """Write a store and say what to publish of it.

    Parameters
    ----------
    loads
        Load id to the views of its first post.
    days
        Days after the first to the scores of that day.
    """
    loads = {"load-1": 100} if loads is None else loads
    days = {0: (0.1, 0.2)} if days is None else days
    return Publication(
        tables=TABLES,
        history={
            "post_lifetime": {
                load_id: [
                    _once(lifetime(load_id, rows=rows, views=views), store / load_id / "l.parquet")
                ]
                for load_id, views in loads.items()
            }
        },
        core={"account_ref": [write(refs(accounts), store / "core" / "account_ref.parquet")]},
        mart={
            "score": {
                day: MartPart(
                    write(scores(day, values), store / "score" / f"as_of={day}" / "part.parquet"),
                    inputs_hash=repr(tuple(values)),
                )
                for day, values in (
                    (FIRST_DAY + timedelta(days=place), values) for place, values in days.items()
                )
            }
        },
        ops={"delivery": deliveries(arrived)},
        ref={"word": words(listed)},
    )


def _once(frame: pl.DataFrame, path: Path) -> Path:
    if path.exists() and pl.read_parquet(path).equals(frame):
        return path
    return write(frame, path)


def content(path: Path) -> dict[str, list[tuple]]:
    """Give every row of every table and view, in the order the file has them."""
    with duckdb.connect(str(path), read_only=True) as connection:
        names = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() union all "
            "select schema_name || '.' || view_name from duckdb_views() where not internal"
        ).fetchall()
        return {name: connection.execute(f"select * from {name}").fetchall() for (name,) in names}
