"""The exports, a package a platform, and TOMLs of names. Adding a module adds its exports."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

from transforms.export import Export


def _of_module(name: str) -> Iterator[Export]:
    """Give the `EXPORT` of a module, or its `EXPORTS` where several reports share one form.

    What the exports of a platform have in common lies beside them and declares none.
    """
    module = import_module(name)
    yield from getattr(module, "EXPORTS", None) or filter(None, [getattr(module, "EXPORT", None)])


EXPORTS: dict[str, Export] = {
    export.name: export
    for module in walk_packages(__path__, f"{__name__}.")
    if not module.ispkg
    for export in _of_module(module.name)
}
