"""The bare DuckDB script: the same load and tables as the product's, with nothing checked."""

from datetime import date
from pathlib import Path

import duckdb

from tests.benchmarks.stages import Stages

_SQL = Path(__file__).with_suffix(".sql")


def sections() -> dict[str, str]:
    """Read the script, cut at its `-- stage:` lines."""
    _, *parts = _SQL.read_text().split("-- stage: ")
    return {name.strip(): body for name, _, body in (part.partition("\n") for part in parts)}


def run(inbox: Path, home: Path, as_of: date, stages: Stages) -> None:
    """Run the script into a new file, which appears whole under its final name."""
    home.mkdir(parents=True, exist_ok=True)
    work = home / "work.duckdb"
    with duckdb.connect(work) as connection:
        connection.execute(f"set variable inbox = '{inbox}'")
        connection.execute(f"set variable as_of = date '{as_of}'")
        connection.execute("set preserve_insertion_order = false")
        for stage, sql in sections().items():
            with stages.stage(stage):
                connection.execute(sql)
    with stages.stage("publish"):
        work.rename(home / "warehouse.duckdb")
