"""One side reads one large content export in a process of its own: figures as JSON."""

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from schemas.limits import DEFAULT_LIMITS, Limits
from tests.benchmarks.stages import Stages

STAGES = ("read",)
_SQL = Path(__file__).with_name("reading.sql")


def ours(file: Path, home: Path, stages: Stages, limits: Limits = DEFAULT_LIMITS) -> int:
    """Read as a night does: recognised, normalised, parted, and the load's Parquet written."""
    from schemas.files import SourceFile
    from transforms.deliveries.delivery import read_delivery
    from warehouse.home import Home
    from warehouse.loads.writer import LoadWriter

    source = SourceFile(
        file_id="large",
        path="instagram/agency/Posts.csv",
        content=file,
        sha256="0" * 64,
        size_bytes=file.stat().st_size,
        platform="instagram",
        handle="agency",
        modified_on=date(2026, 6, 20),
        arrived_on=date(2026, 6, 30),
    )
    versions = {"program_version": "bench", "reader_version": "bench"}
    with (
        stages.stage("read"),
        LoadWriter(Home(home), "bench", now=datetime.now(UTC), **versions) as writer,
    ):
        (reading,) = read_delivery([source], limits=limits, keep=writer.keep)
        record = writer.add(reading, "bench")
        writer.commit()
    if record.status != "loaded" or record.quarantined:
        raise RuntimeError(f"{record.status}: {record.reason}")
    return record.loaded


def baseline(file: Path, home: Path, stages: Stages, *, is_parallel: bool = False) -> int:
    """Let DuckDB read typed columns into a table of a file, with nothing checked."""
    import duckdb

    home.mkdir(parents=True, exist_ok=True)
    with stages.stage("read"), duckdb.connect(home / "large.duckdb") as connection:
        connection.execute(f"set variable file = '{file}'")
        connection.execute(f"set variable is_parallel = {is_parallel}")
        connection.execute(_SQL.read_text())
        counted = connection.execute("select count(*) from post").fetchone()
        connection.execute("checkpoint")
    return counted[0] if counted else 0


def main(side: str, file: Path, home: Path, is_parallel: bool) -> None:
    """Run one side and print what it took."""
    stages = Stages(STAGES)
    rows = (
        ours(file, home, stages)
        if side == "ours"
        else baseline(file, home, stages, is_parallel=is_parallel)
    )
    sys.stdout.write(json.dumps(stages.figures["read"] | {"rows": rows}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4] == "parallel")
