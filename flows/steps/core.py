"""The step that computes the core of a day: what its marts read."""

from datetime import date, datetime
from pathlib import Path

import polars as pl

from flows.marts import ACCOUNT_STAGE, Inputs
from flows.references.known import known
from flows.settings import Settings
from flows.steps.cutoff import loads_up_to
from schemas.contract import grain
from schemas.core import CORE
from schemas.history import HISTORY
from transforms.core.accounts import roster_level, roster_on
from transforms.core.knowledge import Knowledge, visible
from transforms.core.layer import core_layer
from warehouse.home import Home
from warehouse.loads.load import history
from warehouse.loads.parts import ROW_GROUP_ROWS


def make_core(
    settings: Settings, as_of: date, knowledge: Knowledge, cutoff: datetime, folder: Path
) -> Path:
    """Write every core table, and what else the marts of a day read, as Parquet into `folder`.

    Rows stand in the order of the grain: equal tables are equal bytes, and published once.
    """
    home = Home(settings.home)
    references = known(home, as_of, knowledge, cutoff)
    roster = references.roster.lazy()
    held = loads_up_to(home, cutoff)
    seen = visible(knowledge, as_of=as_of, cutoff=cutoff)
    rows = {table: history(home, table, cutoff, held).filter(seen) for table in HISTORY}
    folder.mkdir(parents=True, exist_ok=True)

    def keep(table: str, frame: pl.LazyFrame) -> pl.LazyFrame:
        path = folder / f"{table}.parquet"
        ordered = frame.sort(grain(CORE[table])) if table in CORE else frame
        ordered.sink_parquet(path, compression="lz4", row_group_size=ROW_GROUP_ROWS)
        return pl.scan_parquet(path, glob=False)

    tables = core_layer(rows, roster_on(roster, as_of), keep)
    keep("roster_level", roster_level(roster, tables["account_ref"]))
    for table, build in ACCOUNT_STAGE.items():
        inputs = Inputs(
            as_of=as_of,
            core=tables_in(folder),
            marts={},
            reference=references.texts,
            settings=settings,
            briefs=references.briefs,
        )
        build(inputs).collect().write_parquet(folder / f"{table}.parquet", compression="lz4")
    return folder


def tables_in(folder: Path) -> dict[str, pl.LazyFrame]:
    """Give the tables that lie in a folder, by name."""
    return {path.stem: pl.scan_parquet(path, glob=False) for path in folder.glob("*.parquet")}
