"""What an input of the fuzzers is: one to three files, each its place in an inbox and its bytes.

The first line of a file is its place as in `tests/data/exports`; the rest its bytes, or of a
workbook the cells as text (`mutation.SHEET`), since a damaged zip rarely comes as far as a sheet.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from random import Random

from schemas.files import SourceFile
from tests.soak.mutation import SHEET, mutated, mutated_place
from tests.transforms.hostile import Seed, Sheets, seeds

_FILE = b"\x1d\x1e\x1f"
_MOST_FILES = 3
_MOST_CHARACTERS_OF_SHEET_NAME = 31
_ZIP = b"PK"


def known() -> list[bytes]:
    """Give each seed as an input."""
    return [of_seed(seed) for seed in seeds().values()]


def of_seed(seed: Seed) -> bytes:
    """Write a file as an input."""
    place = f"{seed.path}!{seed.member}" if seed.member else seed.path
    return place.encode() + b"\n" + (_as_text(seed.tables) if seed.tables else seed.content)


def files(data: bytes) -> list[SourceFile]:
    """Make the files of an input, at most three."""
    parts = data.split(_FILE)[:_MOST_FILES]
    return [replace(_file(part), file_id=str(number)) for number, part in enumerate(parts)]


def changed(data: bytes, others: Sequence[bytes], random: Random) -> bytes:
    """Change one file of an input; sometimes lay one of another beside it, or take one away."""
    parts = data.split(_FILE)
    donor = random.choice(random.choice(others).split(_FILE))
    if random.random() < 0.05:
        parts.insert(random.randrange(len(parts) + 1), donor)
        return _FILE.join(parts[:_MOST_FILES])
    if len(parts) > 1 and random.random() < 0.1:
        parts.pop(random.randrange(len(parts)))
    which = random.randrange(len(parts))
    place, _, content = parts[which].partition(b"\n")
    if random.random() < 0.05:
        place = mutated_place(place.decode("utf-8", "replace"), random).encode("utf-8", "replace")
    else:
        content = mutated(content, donor.partition(b"\n")[2], random)
    parts[which] = place + b"\n" + content
    return _FILE.join(parts)


def _file(part: bytes) -> SourceFile:
    place, _, content = part.partition(b"\n")
    path, _, member = place.decode("utf-8", "replace").partition("!")
    path = path if PurePath(path).name and not path.startswith("/") else "x.csv"
    seed = Seed(path, member or None, content)
    if place.lower().endswith(b".xlsx") and not content.startswith(_ZIP):
        seed = seed.with_tables(_tables(content.decode("utf-8", "replace")))
    return seed.with_content(seed.content)


def _as_text(tables: Sheets) -> bytes:
    sheets = ("\n".join([name, *map("\t".join, rows)]) for name, rows in tables.items())
    return SHEET.join(sheets).encode()


def _tables(text: str) -> Sheets:
    parts = (part.split("\n") for part in text.split(SHEET))
    return {
        name[:_MOST_CHARACTERS_OF_SHEET_NAME]: [row.split("\t") for row in rows] or [[""]]
        for name, *rows in parts
    }
