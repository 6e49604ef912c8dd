"""Coverage-guided fuzzing of every reader with atheris: `python -m tests.soak.fuzz_readers FOLDER`.

The first byte of an input says in whose place the rest lies: the seed's path, and of a workbook
that the rest is its cells as text (`\\x1c` parts sheets, whose first line is the name; lines rows;
tabs cells), since a damaged zip rarely comes as far as a sheet. FOLDER keeps what reached new
code; what fails is left in the working directory as `crash-*`, and one such file as FOLDER runs
it again. Options of libFuzzer follow, such as `-max_total_time=300`.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["transforms", "schemas"]):
    from tests.transforms.hostile import Seed, Sheets, read, seeds

_SHEET = "\x1c"
_MOST_BYTES = 4096
SEEDS = list(seeds().values())


def inputs() -> Iterator[tuple[str, bytes]]:
    """Give each seed as an input, with a name."""
    for number, seed in enumerate(SEEDS):
        yield f"seed-{number:03}", bytes([number]) + _written(seed)


def _written(seed: Seed) -> bytes:
    if seed.tables is None:
        return seed.content
    sheets = ("\n".join([name, *map("\t".join, rows)]) for name, rows in seed.tables.items())
    return _SHEET.join(sheets).encode()


def _tables(text: str) -> Sheets:
    parts = (part.split("\n") for part in text.split(_SHEET))
    return {name[:31]: [row.split("\t") for row in rows] or [[""]] for name, *rows in parts}


def one_input(data: bytes) -> None:
    """Read one input; whatever it raises is a finding."""
    if not data:
        return
    seed = SEEDS[data[0] % len(SEEDS)]
    if seed.tables is not None:
        seed = seed.with_tables(_tables(data[1:].decode(errors="replace")))
        read([seed.with_content(seed.content)])
        return
    read([seed.with_content(data[1:])])


def main() -> None:
    """Fuzz from the seeds and what earlier runs kept."""
    corpus = Path(sys.argv[1])
    if not corpus.is_file():
        corpus.mkdir(parents=True, exist_ok=True)
        for name, data in inputs():
            (corpus / name).write_bytes(data)
    atheris.Setup([*sys.argv, f"-max_len={_MOST_BYTES}", "-rss_limit_mb=1500"], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
