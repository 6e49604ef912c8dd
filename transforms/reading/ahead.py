"""Work that a thread does ahead of who waits for it."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

_Item = TypeVar("_Item")


def one_ahead(items: Iterable[_Item]) -> Iterator[_Item]:
    """Give the items while a thread makes the next; an error of it is raised in its place."""
    left = iter(items)

    def take() -> tuple[_Item, ...]:
        return tuple(islice(left, 1))

    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(take)
        while taken := coming.result():
            coming = thread.submit(take)
            yield from taken
