"""A rehearsal: a home like another, in which building a mart changes nothing of the other."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from warehouse.home import Home, remove


@contextmanager
def rehearsal(home: Home) -> Iterator[Home]:
    """Lend a home with the same archive, loads and reference, and partitions of its own.

    It lies under work/ and goes when it is given back. What it has in common is linked: it is
    for building marts, which reads those and writes partitions only. Its partitions are hard
    links, and a partition is never changed in place.
    """
    folder = home.scratch("rehearsal")
    try:
        _link(home, folder_home := Home(folder))
        yield folder_home
    finally:
        remove(folder)


def _link(home: Home, to: Home) -> None:
    pairs = (
        (home.archive, to.archive),
        (home.deliveries, to.deliveries),
        (home.loads, to.loads),
        (home.reference, to.reference),
        (home.withdrawals, to.withdrawals),
        (home.edited_reference, to.edited_reference),
    )
    for source, target in pairs:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.symlink_to(source, target_is_directory=True)
    for source in home.marts.glob("*/as_of=*/*"):
        target = to.marts / source.relative_to(home.marts)
        target.parent.mkdir(parents=True, exist_ok=True)
        os.link(source, target)
    to.marts.mkdir(parents=True, exist_ok=True)
