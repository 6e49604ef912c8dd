"""One run of one side of the night of small files, in a process of its own: figures as JSON."""

import json
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from tests.benchmarks.stages import Stages

STAGES = ("collect", "read", "marts", "publish")
AS_OF = date(2025, 6, 30)
_STAGE_OF = {"core": "marts", "mart": "marts"}
_UTF16 = b"\xff\xfe"


def baseline(inbox: Path, home: Path, stages: Stages) -> None:
    """Read every file with DuckDB's `read_csv` into the typed table of its header, unchecked.

    The first file of a header tells the types; those after it are not sniffed.
    """
    import duckdb

    home.mkdir(parents=True)
    with stages.stage("collect"):
        paths = list(_unpacked(inbox, home / "unpacked"))
    with stages.stage("read"), duckdb.connect(home / "warehouse.duckdb") as connection:
        connection.execute("begin")
        tables: dict[bytes, tuple[str, str]] = {}
        for path in paths:
            header, dialect = _dialect(path)
            file = str(path).replace("'", "''")
            if header not in tables:
                tables[header] = _table(connection, f"t{len(tables)}", file, dialect)
            table, columns = tables[header]
            connection.execute(
                f"insert into {table} from read_csv('{file}', {dialect}, columns = {columns},"
                " auto_detect = false)"
            )
        connection.execute("commit")


def ours(inbox: Path, home: Path, stages: Stages) -> None:
    """Run the product's own night."""
    from tests.benchmarks.ours import run

    run(inbox, home, AS_OF, stages, _STAGE_OF)


SIDES = {"ours": ours, "baseline": baseline}


def main(side: str, inbox: Path, home: Path) -> None:
    """Run one side and print what its stages took."""
    stages = Stages(STAGES)
    SIDES[side](inbox, home, stages)
    sys.stdout.write(json.dumps(stages.figures) + "\n")


def _unpacked(inbox: Path, scratch: Path) -> Iterator[Path]:
    for path in sorted(path for path in inbox.rglob("*") if path.is_file()):
        if path.suffix != ".zip":
            yield path
            continue
        folder = scratch / path.relative_to(inbox).with_suffix("")
        with zipfile.ZipFile(path) as archive:
            archive.extractall(folder)
            yield from (folder / name for name in archive.namelist())


def _dialect(path: Path) -> tuple[bytes, str]:
    """Give the lines that tell one kind of table from another, and how to read it."""
    with path.open("rb") as file:
        start = file.read(4096)
    options = (
        "header = true, delim = ',', quote = '\"', nullstr = ['', 'undefined'], "
        "null_padding = true, parallel = false"
    )
    if start.startswith(_UTF16):
        return b"\n".join(start.split(b"\n")[1:3]), f"{options}, encoding = 'utf-16', skip = 2"
    return start.partition(b"\n")[0], options


def _table(connection: Any, name: str, file: str, dialect: str) -> tuple[str, str]:
    """Make the table of a header; give its name and its columns as `read_csv` takes them."""
    sniffed = f"from read_csv('{file}', {dialect}, sample_size = -1) limit 0"
    connection.execute(f"create table {name} as {sniffed}")
    columns = connection.execute(f"describe {name}").fetchall()
    listed = ", ".join(
        "'{}': '{}'".format(column.replace("'", "''"), dtype) for column, dtype, *_ in columns
    )
    return name, f"{{{listed}}}"


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
