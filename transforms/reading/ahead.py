"""Work that threads do ahead of who waits for it."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


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


def made_beside(
    make: Callable[[_Item], _Made], items: Iterable[_Item], threads: int = 2
) -> Iterator[_Made]:
    """Give what is made of each item, in their order, while threads make that of the next ones.

    An error is raised in the place of what it was to be.
    """
    coming: deque[Future[_Made]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        for item in items:
            coming.append(pool.submit(make, item))
            if len(coming) > threads:
                yield coming.popleft().result()
        while coming:
            yield coming.popleft().result()
