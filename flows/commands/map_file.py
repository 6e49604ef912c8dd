"""`creator-metrics map`: the first draft of a mapping for a file."""

from pathlib import Path

from flows.settings import Settings
from schemas.columns import PLATFORMS
from transforms.briefs.problems import did_you_mean
from transforms.mappings.declared import KINDS
from transforms.mappings.draft import draft
from transforms.reading.tables import read_tables


def draft_of(file: Path, kinds: tuple[str, ...], settings: Settings) -> str:
    """Draft a mapping for the first table of a file that has records.

    Parameters
    ----------
    kinds
        History tables to fill; guessed when empty.

    Raises
    ------
    ValueError
        For a kind that is none, or a file without a table.
    """
    for kind in kinds:
        if kind not in KINDS:
            raise ValueError(f"--kind {kind!r} is no table to fill; {did_you_mean(kind, KINDS)}")
    tables = read_tables(file, file.name, settings.limits)
    told = [table for table in tables if table.rows.height]
    if not told:
        raise ValueError(f"{file} holds no table with a record: nothing to draft from")
    folders = [part.lower() for part in file.resolve().parts[:-1]]
    platform = next((name for name in reversed(folders) if name in PLATFORMS), None)
    return draft(told[0], kinds, platform, file.stem) + "\n"
